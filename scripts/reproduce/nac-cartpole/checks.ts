import { spectralRadius, stationaryValues } from "../../../envs/index.ts";
import { formatNumber, formatScientific } from "../../figures/index.ts";
import { type Check, toNineDigits } from "../comparison.ts";
import { ascentValues, derived, printedGains } from "./check-values.ts";
import { ascend } from "./exact-ascent.ts";
import { exactMethods } from "./run.ts";
import { NEAR } from "./study.ts";
import { best, bounds, GAMMA, problem, stateNames } from "./system.ts";

/** The optimum against derived values. */
export function optimumChecks(): Check[] {
  const { K } = best;
  const price = costOf(K, identity, 0);
  const printedPrice = costOf(printedGains, identity, 0);
  const excess = formatScientific(printedPrice / price - 1, 2);
  const explored = (costOf(K, identity, bounds.low) - price) * (1 - GAMMA);
  const startReturn = -(1 - GAMMA) * costOf(K, problem.S0, 0);
  const gainNote =
    "the source does not state γ; the gains that it prints are those of γ = 0.99 to about half a percent";
  return [
    ...derived.gains.map((gain, i) => ({
      ...toNineDigits(`optimal gain of ${stateNames[i]}`, gain, K[i], gainNote),
      published: formatNumber(printedGains[i]),
    })),
    toNineDigits("tr P, the cost of starts with covariance I, σ = 0", derived.trace, price),
    toNineDigits(
      "tr P of the printed gains",
      derived.printedTrace,
      printedPrice,
      `${excess} more than of K*, relative; 5.71 and −21.6 are not K* rounded`,
    ),
    ...derived.diagonal.map((value, i) =>
      toNineDigits(`P of ${stateNames[i]}, ${stateNames[i]}`, value, costOf(K, unit(i), 0)),
    ),
    toNineDigits("R + γBᵀPB", derived.curvature, explored / (bounds.low * bounds.low)),
    toNineDigits("spectral radius of A + BK*", derived.radius, spectralRadius(problem, { K: [K] })),
    toNineDigits("(1 − γ)J of the starts, σ = 0", derived.startReturn, startReturn),
    toNineDigits("(1 − γ)J of exploring with σ = 0.1", derived.explorationReturn, -explored),
  ];
}

/** Exact ascents from one policy against derived ones. */
export function ascentChecks(): Check[] {
  const start = Float64Array.from(ascentValues.start);
  return exactMethods.flatMap((method): Check[] => {
    const { stepSize, updates, gaps } = ascentValues[method];
    const limits = { minutes: 0, updates: 1000, gap: NEAR };
    const result = ascend({ method, noise: 0, stepSize, seed: 0, limits }, method, start);
    const name = `${method} ascent from K = (${Array.from(start.subarray(0, 4)).join(", ")}), σ = 0.6`;
    return [
      {
        quantity: `${name}, α = ${stepSize}: updates to 1 %`,
        ...{ derived: updates, ours: result.gaps.length - 1, tolerance: 0 },
      },
      ...gaps
        .slice(1)
        .map((gap, i) => toNineDigits(`${name}: gap after ${i + 1}`, gap, result.gaps[i + 1])),
    ];
  });
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
