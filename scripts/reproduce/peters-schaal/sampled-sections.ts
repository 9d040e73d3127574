import { createTable, formatNumber, learningCurves, type Table } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { type Method, methods, sampling } from "./methods.ts";
import type { MethodSummary, SampledComparison, TimeToGap } from "./sampled.ts";

export const methodNames: Readonly<Record<Method, string>> = {
  vanilla: "vanilla",
  natural: "natural",
  trpo: "TRPO",
};

/** The size of a step as the methods call it. */
export function sizeName(method: Method, size: number): string {
  return method === "vanilla" ? `α = ${size}` : `δ = ${size} nats`;
}

const percent = (threshold: number): string => `${formatNumber(threshold * 100)} %`;

/** Median [fastest, slowest] updates, and how many runs failed. */
function timeCell({ median, fastest, slowest, failures }: TimeToGap, runs: number): string {
  if (failures === runs) return `none of ${runs}`;
  const range = `[${formatNumber(fastest)}, ${formatNumber(slowest)}]`;
  return `${formatNumber(median)} ${range}${failures > 0 ? `, ${failures} failed` : ""}`;
}

export function curvesSection(result: SampledComparison): ReproductionSection {
  const { plan, best, curves } = result;
  const sentences = best.map((summary) => {
    const { times, runs, size, method } = summary;
    const one = times[1];
    const reached = runs - one.failures;
    const median = formatNumber(one.median * sampling.stepsPerUpdate);
    const time = one.failures * 2 < runs ? `, ${median} environment steps in the median` : "";
    return `${methodNames[method]} at ${sizeName(method, size)} comes within 1 % of the optimum in ${reached} of ${runs} runs${time}`;
  });
  return {
    heading: "Sampled training, r = −s² − a²",
    sentence: `Each method at the size of one coarse grid, α or δ, that did best on ${plan.tuningSeeds.length} other seeds: ${sentences.join("; ")}.`,
    figure: {
      name: "sampled-curves",
      draw: (document) =>
        learningCurves(document, {
          title: "Gap to the optimum against experience",
          subtitle: `exact relative gap of ${plan.seeds.length} paired seeds: interquartile mean and 95 % bootstrap band`,
          curves: best.map(({ method, size }) => ({
            key: method,
            label: `${methodNames[method]}, ${sizeName(method, size)}`,
            points: curves[method]
              .filter(({ steps, iqm }) => steps > 0 && Number.isFinite(iqm))
              .map(({ steps, iqm, low, high }) => ({ steps, value: iqm, low, high })),
          })),
          labels: { steps: "environment steps", value: "relative gap (J* − J) / |J*|" },
          stepScale: "log",
        }),
    },
    table: timesTable(best, "Updates until the gap: median [fastest, slowest] over all seeds"),
  };
}

export function gridSection({ tuning, plan }: SampledComparison): ReproductionSection {
  return {
    heading: "Every size of the grid",
    sentence:
      `On ${plan.tuningSeeds.length} seeds that the comparison does not use: the size with the fewest failures at 10 %, ` +
      `then at 1 %, then the least median time to 1 % was chosen for each method; a run fails when it diverges or takes more than ${formatNumber(plan.updates)} updates.`,
    table: timesTable(tuning, "Updates until the gap: median [fastest, slowest]"),
  };
}

function timesTable(rows: readonly MethodSummary[], caption: string): Table {
  const thresholds = rows[0].times.map(({ threshold }) => threshold);
  return createTable<MethodSummary>(
    [
      { header: "method", value: ({ method }) => methodNames[method] },
      { header: "size", value: ({ method, size }) => sizeName(method, size) },
      ...thresholds.map((threshold, i) => ({
        header: `to ${percent(threshold)}`,
        value: ({ times, runs }: MethodSummary) => timeCell(times[i], runs),
      })),
      { header: "diverged", value: ({ diverged, runs }) => `${diverged} of ${runs}` },
    ],
    rows,
    `${caption}; ${sampling.stepsPerUpdate} environment steps an update`,
  );
}

export function samplingSettings({ plan, best }: SampledComparison): Record<string, string> {
  const chosen = methods.map((method, i) => `${methodNames[method]} ${best[i].size}`);
  return {
    "sampled: environment": `s′ = s + a, s₀ ~ N(0, 1), horizon ${sampling.horizon}, ${sampling.environments} copies, ${sampling.stepsPerUpdate} steps an update`,
    "sampled: policy": `θ = (k, log σ) from k = ${sampling.start.k}, σ = ${sampling.start.sigma}`,
    "sampled: estimator": `GAE λ = ${sampling.lambda}, quadratic ridge baseline, states weighted by γᵗ; no damping, Cholesky`,
    "sampled: grid": plan.grid.join(", "),
    "sampled: chosen": chosen.join(", "),
    "sampled: seeds": `${plan.seeds[0]}–${plan.seeds[plan.seeds.length - 1]}, tuning ${plan.tuningSeeds[0]}–${plan.tuningSeeds[plan.tuningSeeds.length - 1]}`,
  };
}
