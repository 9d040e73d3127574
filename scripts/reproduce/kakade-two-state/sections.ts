import { createTable, formatNumber, formatScientific, lines, plane } from "../../figures/index.ts";
import type { LineSeries, Point } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import type { Flows } from "./checks.ts";
import type { Flow, FlowPoint } from "./flows.ts";
import { settings, valuesAt } from "./system.ts";

const labels = { vanilla: "vanilla gradient", natural: "natural gradient, F + 10⁻³I" };

/** η and ρ(j) over time, the first as in Fig. 1C. */
export function timesSection({ vanilla, natural }: Flows): ReproductionSection {
  const series = (value: (point: FlowPoint) => number): LineSeries[] =>
    ([vanilla, natural] as const).map((flow) => ({
      key: flow.name,
      label: flow.name === "vanilla" ? labels.vanilla : labels.natural,
      points: flow.points
        .filter(({ time }) => time > 0)
        .map((point) => ({ x: point.time, y: value(point) })),
    }));
  return {
    heading: "Average reward over time",
    sentence:
      `The vanilla gradient first learns to stay in i, which pays 1 at once. State j then all but vanishes from its ` +
      `average, ρ(j) ≥ ${formatScientific(vanilla.leastRare)}, and with it the gradient: the reward rises to 2 only at ` +
      `t = ${timeOf(vanilla)}. The natural gradient undoes the weight of ρ and gets there at t = ${timeOf(natural)}.`,
    figure: {
      name: "reward",
      draw: (document) =>
        lines(document, {
          title: "Average reward along the gradient flows",
          subtitle:
            "Kakade's two states, exact gradients followed in continuous time from one start",
          x: { label: "time t", type: "log", domain: [0.1, 1e8] },
          y: { label: "", domain: [0, 1] },
          panels: [
            {
              title: "average reward η",
              y: {
                label: "η, reward per step",
                domain: [0.6, 2.1],
                ticks: [0.8, 1, 1.2, 1.4, 1.6, 1.8, 2],
              },
              series: series(({ reward }) => reward),
            },
            {
              title: "how rare state j becomes",
              y: { label: "ρ(j), share of time in j", type: "log", domain: [1e-7, 2] },
              series: series(({ rare }) => rare),
            },
          ],
        }),
    },
  };
}

/** The paths over θ, as in Fig. 1D. */
export function pathsSection({ vanilla, natural }: Flows): ReproductionSection {
  const points = ({ points: all }: Flow): Point[] => all.map(({ theta }) => theta);
  return {
    heading: "Paths over θ",
    sentence:
      `The vanilla path runs along the plateau to θ(i) = ${formatNumber(vanilla.largestTheta)}, where i is left once in ` +
      `${formatScientific(1 + Math.exp(vanilla.largestTheta), 2)} steps, before it turns to j.`,
    figure: {
      name: "paths",
      draw: (document) =>
        plane(document, {
          title: "Where the two gradients go",
          subtitle:
            "levels of the average reward η; π(1 | s) = 1/(1 + exp(−θ(s))) is the probability of staying",
          x: { label: "θ(i)", domain: [-4, 16] },
          y: { label: "θ(j)", domain: [-3, 9] },
          levels: {
            values: [0.25, 0.5, 0.75, 0.9, 0.99, 1.01, 1.1, 1.25, 1.5, 1.75, 1.9],
            label: "average reward η",
          },
          panels: [
            {
              surface: (i, j) => valuesAt([i, j]).return,
              paths: [
                { key: "vanilla", label: labels.vanilla, points: points(vanilla) },
                { key: "natural", label: labels.natural, points: points(natural) },
              ],
            },
          ],
        }),
    },
  };
}

/** How much the jump of the vanilla flow depends on digits that the paper does not print. */
export function startsSection(flows: readonly Flow[]): ReproductionSection {
  const [first, last] = [0, flows.length - 1].map(
    (i) => [...flows].sort((a, b) => (a.reachedAt ?? Infinity) - (b.reachedAt ?? Infinity))[i],
  );
  return {
    heading: "How much the start decides",
    sentence:
      `The paper prints the start in one digit. Among these starts, which round to it, the vanilla flow jumps from ` +
      `t = ${timeOf(first)} to t = ${timeOf(last)}; the paper draws 1.75 × 10⁷, with ρ(j) near 10⁻⁷ and θ(i) up to 16.`,
    table: createTable<Flow>(
      [
        { header: "π(1; i)", value: ({ start }) => start[0] },
        { header: "π(1; j)", value: ({ start }) => start[1] },
        { header: "time until η ≥ 1.9", value: timeOf, align: "right" },
        {
          header: "least ρ(j)",
          value: ({ leastRare }) => formatScientific(leastRare),
          align: "right",
        },
        { header: "largest θ(i)", value: ({ largestTheta }) => largestTheta },
      ],
      [...flows].sort((a, b) => a.start[0] - b.start[0] || a.start[1] - b.start[1]),
    ),
  };
}

/** When η ≥ 1.9, in words. */
export function timeOf({ reachedAt }: Flow): string {
  if (reachedAt === undefined) return "not reached";
  return reachedAt < 1e4 ? formatNumber(reachedAt) : formatScientific(reachedAt, 4);
}

export const stated = {
  start: `π(1; i) = ${settings.start[0]}, π(1; j) = ${settings.start[1]}`,
  "added to F": settings.damping,
  "reached at": `η ≥ ${settings.reached} (ours; the paper shows curves)`,
  integration: `Dormand–Prince 5(4), error of a step ${formatScientific(settings.tolerance)} relative and absolute (ours; the paper names none)`,
};
