import { formatNumber, stepSizeWindow, unitInvariance } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { type AscentResult, ascentSettings, type ExactMethod } from "./exact-ascent.ts";
import { type Method, methods } from "./methods.ts";
import { methodNames } from "./sampled-sections.ts";
import { optimumOf, trainingSystem } from "./systems.ts";
import { unitDeviation, type UnitPath, units, unitSettings } from "./units.ts";

/** All sizes of one method by exact gradients. */
export interface Sweep {
  readonly method: ExactMethod["id"];
  readonly results: readonly AscentResult[];
}

const sweepNames: Readonly<Record<ExactMethod["id"], string>> = {
  vanilla: "vanilla, α",
  "natural-fixed": "natural, fixed α",
  natural: "natural, KL δ",
  trpo: "TRPO, KL δ",
};

export function stepSizeSection(sweeps: readonly Sweep[]): ReproductionSection {
  const phrases = sweeps.map(({ method, results }) => {
    const reached = results.filter(({ outcome }) => outcome === "reached");
    if (reached.length === 0) return `${sweepNames[method]} never`;
    const sizes = reached.map(({ size }) => size);
    const fastest = Math.min(...reached.map(({ updates }) => updates));
    const lowest = edge(Math.min(...sizes), results[0].size, "at most");
    const highest = edge(Math.max(...sizes), results[results.length - 1].size, "at least");
    return `${sweepNames[method]} from ${lowest} to ${highest}, at best in ${formatNumber(fastest)} updates`;
  });
  return {
    heading: "How wide the window of good step sizes is",
    sentence:
      `With exact gradients over (k, log σ), these sizes reach 1 % within ${formatNumber(ascentSettings.budget)} updates: ${phrases.join("; ")}. ` +
      `Below its window a method crawls; above it, where the sweep shows an end, it diverges.`,
    figure: {
      name: "step-sizes",
      draw: (document) =>
        stepSizeWindow(document, {
          title: "Updates to a gap of 1 % against the step size",
          subtitle:
            "exact gradients, r = −s² − a²; α multiplies a gradient, δ is a KL divergence in nats",
          sweeps: sweeps.map(({ method, results }) => ({
            key: method,
            label: sweepNames[method],
            trials: results.map(({ size, outcome, updates }) =>
              outcome === "reached"
                ? { stepSize: size, outcome, updates: Math.max(updates, 1) }
                : { stepSize: size, outcome },
            ),
          })),
          budget: ascentSettings.budget,
          labels: { stepSize: "step size, α or δ (nats)", updates: "updates to a gap of 1 %" },
        }),
    },
  };
}

/** The end of a window, which may lie beyond the sizes that were tried. */
function edge(size: number, lastTried: number, beyond: string): string {
  return size === lastTried ? `${beyond} ${formatNumber(size, 2)}` : formatNumber(size, 2);
}

export function unitsSection(paths: readonly UnitPath[]): ReproductionSection {
  const deviation = (method: Method): string => formatNumber(unitDeviation(paths, method), 2);
  const best = optimumOf(trainingSystem).k;
  const longest = unitSettings.updates + 1;
  return {
    heading: "Metres, centimetres, kilometres",
    sentence:
      `The same seeded training with the state in three units: the gains of natural and TRPO, converted back, differ by at most ` +
      `${deviation("natural")} and ${deviation("trpo")} of their size. Starting from k = −0.1, vanilla ${fates(paths).join(", ")}.`,
    figure: {
      name: "units",
      draw: (document) =>
        unitInvariance(document, {
          title: "Training does not depend on the unit of length, unless the method makes it",
          subtitle: `sampled training, seed ${unitSettings.seed}; ${methods.map((m) => `${methodNames[m]} ${m === "vanilla" ? "α" : "δ"} = ${unitSettings.sizes[m]}`).join(", ")}`,
          panels: methods.map((method) => ({
            key: method,
            label: methodNames[method],
            runs: units.map(({ name }) => {
              const gains =
                paths.find((path) => path.method === method && path.unit === name)?.gains ?? [];
              return { unit: name, values: gains, diverged: gains.length < longest };
            }),
          })),
          quantity: { label: "gain k, actions per metre", domain: [-1.2, 0.2] },
          reference: { label: `optimal gain ${formatNumber(best, 3)}`, value: best },
        }),
    },
  };
}

/** Where vanilla ends in each unit. */
function fates(paths: readonly UnitPath[]): string[] {
  return paths
    .filter(({ method }) => method === "vanilla")
    .map(({ unit, gains }) =>
      gains.length > unitSettings.updates
        ? `ends at ${formatNumber(gains[gains.length - 1], 3)} in ${unit}s`
        : `diverges in ${unit}s at update ${formatNumber(gains.length - 1)}`,
    );
}
