import { spectralRadius, stationaryValues } from "../../../envs/index.ts";
import { formatNumber, formatScientific } from "../../figures/index.ts";
import type { Check } from "../comparison.ts";
import { best, bounds, GAMMA, problem } from "./system.ts";

/** The gains that the source prints, for its state (x, ẋ, θ, θ̇). */
export const printedGains = [5.71, 11.3, -82.1, -21.6] as const;

/** By an independent Riccati iteration for γ = 0.99, to the digits given. */
const derived = {
  gains: [5.74, 11.313, -82.113, -21.669],
  curvature: 0.0136983,
  trace: 1025.64,
  diagonal: [79.866, 68.213, 822.172, 55.39],
  radius: 0.9817,
  start: -0.102564,
  exploration: -1.37e-4,
  printedTrace: 1025.6517,
} as const;

/** What the states are called. */
export const stateNames = ["x", "ẋ", "θ", "θ̇"] as const;

/** The exact optimum against derived values, to half of the last digit that they have. */
export function exactChecks(): Check[] {
  const { K } = best;
  const price = costOf(K, identity, 0);
  const printedPrice = costOf(printedGains, identity, 0);
  const excess = formatScientific(printedPrice / price - 1, 2);
  const explored = (costOf(K, identity, bounds.low) - price) * (1 - GAMMA);
  return [
    ...derived.gains.map((value, i): Check => ({
      quantity: `optimal gain of ${stateNames[i]}`,
      published: formatNumber(printedGains[i]),
      ...{ derived: value, ours: K[i], tolerance: 5e-4 },
      note: "the source does not state γ; its gains are those of γ = 0.99 to about half a percent",
    })),
    {
      quantity: "tr P, the cost of starts with covariance I, σ = 0",
      ...{ derived: derived.trace, ours: price, tolerance: 5e-4 },
    },
    {
      quantity: "tr P of the printed gains",
      ...{ derived: derived.printedTrace, tolerance: 5e-5 },
      ours: printedPrice,
      note: `${excess} more than of K*, relative: the first and last printed gain are not K* rounded`,
    },
    ...derived.diagonal.map((value, i): Check => ({
      quantity: `P of ${stateNames[i]}, ${stateNames[i]}`,
      ...{ derived: value, ours: costOf(K, unit(i), 0), tolerance: 5e-4 },
    })),
    {
      quantity: "R + γBᵀPB",
      ...{ derived: derived.curvature, tolerance: 5e-8 },
      ours: explored / (bounds.low * bounds.low),
    },
    {
      quantity: "spectral radius of A + BK*",
      ...{ derived: derived.radius, ours: spectralRadius(problem, { K: [K] }), tolerance: 5e-5 },
    },
    {
      quantity: "(1 − γ)J of starts from N(0, 0.1² I), σ = 0",
      ...{ derived: derived.start, tolerance: 5e-7 },
      ours: -(1 - GAMMA) * costOf(K, problem.S0, 0),
    },
    {
      quantity: "(1 − γ)J of exploration with σ = 0.1",
      ...{ derived: derived.exploration, ours: -explored, tolerance: 5e-8 },
    },
  ];
}

type Square = typeof problem.S0;

const square = (entry: (i: number, j: number) => number): Square =>
  stateNames.map((_, i) => stateNames.map((_, j) => entry(i, j)));
const identity = square((i, j) => (i === j ? 1 : 0));
const unit = (k: number): Square => square((i, j) => (i === k && j === k ? 1 : 0));

/** −J of a gain for starts with the second moments S₀. */
function costOf(K: readonly number[], S0: Square, sigma: number): number {
  return -stationaryValues({ ...problem, S0 }, { K: [K], sigma: [sigma] }, GAMMA).return;
}
