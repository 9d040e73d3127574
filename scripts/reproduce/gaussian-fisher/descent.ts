import {
  createPolicy,
  createRandom,
  createRows,
  diagonalGaussian,
  oneStepBatch,
  rowsFrom,
} from "../../../src/index.ts";
import { learner, type Method, pathOf } from "../likelihood-path.ts";
import { klOf } from "../pointwise.ts";
import type { Pair, Parametrisation } from "./parametrisations.ts";

/** Where the fits start, and the Gaussian they are fitted to. */
export const fit = { start: [-1, 1.5], target: [1, 0.5] } as const satisfies Record<string, Pair>;

/** Two labels with the mean and the variance of the target, whose likelihood is all that matters. */
const [targetMean, targetSigma] = fit.target;
const labels = rowsFrom([[targetMean - targetSigma], [targetMean + targetSigma]]);
const batch = oneStepBatch(createRows(2, 0), labels);

/** Maximum likelihood by `updates` steps of size `stepSize` in one parametrisation; (μ, σ) after each. */
export function descend(
  { of, moments, network }: Parametrisation,
  method: Method,
  { stepSize, updates }: { readonly stepSize: number; readonly updates: number },
): Pair[] {
  const start = of(...fit.start);
  const policy = createPolicy(network(start), diagonalGaussian(1), createRandom(0));
  const path = pathOf(learner(policy, method, stepSize), batch, { updates });
  return path.map(([first, second]) => moments([first, second]));
}

/**
 * (μ, σ) at time t of the flow that natural-gradient steps follow as their size goes to 0, the same in all
 * parametrisations: the moments m = (E x, E x²) go straight to those of the target, m(t) = m* + e⁻ᵗ(m₀ − m*).
 */
export function flowAt(time: number): Pair {
  return between(Math.exp(-time));
}

/** (μ, σ) whose moments are `share` of the way back from the target to the start. */
export function between(share: number): Pair {
  const moment = ([mu, sigma]: Pair): Pair => [mu, mu * mu + sigma * sigma];
  const [from, to] = [moment(fit.start), moment(fit.target)];
  const first = to[0] + share * (from[0] - to[0]);
  const second = to[1] + share * (from[1] - to[1]);
  return [first, Math.sqrt(second - first * first)];
}

/** √(2 KL(p ‖ q)), which is the length of a small step in the Fisher metric. */
export function fisherDistance([m, s]: Pair, [n, r]: Pair): number {
  return Math.sqrt(2 * klOf(diagonalGaussian(1), [m, Math.log(s)], [n, Math.log(r)]));
}

/** Step sizes whose multiples all reach t = 1. */
export const stepSizes: readonly number[] = Array.from({ length: 8 }, (_, i) => 2 ** -(2 + i));

/** Distance at t = 1 from where a flow goes, by step size. */
export interface Deviation {
  readonly parametrisation: Parametrisation["id"];
  readonly method: Method;
  readonly distances: readonly number[];
}

/**
 * How far the steps of each method end from one common flow: that of the natural gradient, and for
 * vanilla that of (μ, log σ), by steps of 2⁻¹².
 */
export function deviations(all: readonly Parametrisation[]): Deviation[] {
  const vanillaFlow = endOf(all[0], "vanilla", 2 ** -12);
  return (["natural", "vanilla"] as const).flatMap((method) => {
    const common = method === "natural" ? flowAt(1) : vanillaFlow;
    return all.map((one): Deviation => ({
      ...{ parametrisation: one.id, method },
      distances: stepSizes.map((size) => fisherDistance(common, endOf(one, method, size))),
    }));
  });
}

function endOf(one: Parametrisation, method: Method, stepSize: number): Pair {
  const updates = Math.round(1 / stepSize);
  return descend(one, method, { stepSize, updates })[updates];
}
