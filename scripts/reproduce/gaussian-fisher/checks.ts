import { constant, diagonalGaussian, naturalGaussian } from "../../../src/index.ts";
import { type Check, decided } from "../comparison.ts";
import { fisherOf } from "../pointwise.ts";
import type { Comparison } from "../reproduction.ts";
import { between, descend, type Deviation, stepSizes } from "./descent.ts";
import { nameOf, type Parametrisation, parametrisations } from "./parametrisations.ts";
import { type Moment, points, type ThreeWays } from "./three-ways.ts";

/** Rounding of a few operations on numbers that cancel to a tenth at most. */
const ROUNDING = 1e-13;

/** The printed matrix, entry by entry, at the first point of the table. */
export function printedChecks([{ sigma, closedForm, exact }]: readonly ThreeWays[]): Check[] {
  const entry = (quantity: string, published: string, i: 0 | 1 | 2): Check => ({
    quantity: `F over (μ, log σ) at σ = ${sigma}, entry ${quantity}`,
    ...{ published, derived: closedForm[i], ours: exact[i], tolerance: ROUNDING * closedForm[0] },
  });
  return [entry("μ, μ", "1/σ²", 0), entry("μ, log σ", "0", 1), entry("log σ, log σ", "2", 2)];
}

/** The two other ways to the same matrix, over all entries of the table. */
export function waysChecks(results: readonly ThreeWays[]): Check[] {
  const largest = (f: (result: ThreeWays, i: number) => number): number =>
    Math.max(...results.flatMap((result) => [0, 1, 2].map((i) => Math.abs(f(result, i)))));
  return [
    {
      quantity: "covariance of the score, largest distance from F in standard errors",
      derived: 0,
      ours: largest((r, i) => (r.covariance[i] - r.closedForm[i]) / r.standardErrors[i]),
      tolerance: 5,
      note: "nine entries from independent samples",
    },
    {
      quantity: "−E[Hessian of log π], largest difference from F",
      derived: 0,
      ours: largest((r, i) => r.negativeHessian[i] - r.closedForm[i]),
      tolerance: 1e-6,
      note: "central differences err by (8/3)h² = 2.4·10⁻⁷ in log σ",
    },
  ];
}

/** Fourth moment and not third: sampled, in standard errors from 1, 0 and 3. */
export function momentChecks(moments: readonly Moment[]): Check[] {
  return moments.map(({ order, sampled, standardError, exact }) => ({
    quantity: `E[(x − μ)${["", "", "²", "³", "⁴"][order]}] at σ = 1`,
    ...(order === 3 && { published: "3σ⁴", note: "a slip: it is the fourth moment that is 3σ⁴" }),
    ...{ derived: exact, ours: sampled, tolerance: 5 * standardError },
  }));
}

const largestDifference = (ours: readonly number[][], derived: readonly number[][]): number => {
  const scale = Math.max(...derived.flat().map(Math.abs));
  const differences = ours.flatMap((row, i) => row.map((value, j) => value - derived[i][j]));
  return Math.max(...differences.map(Math.abs)) / scale;
};

/** F_ξ = ΦᵀFΦ against the textbook's matrices, and against a distribution written in (h, λ). */
export function invarianceChecks(): Check[] {
  const gaussian = diagonalGaussian(1);
  const worst = (f: (mu: number, sigma: number) => number): number =>
    Math.max(...points.map(({ mu, sigma }) => f(mu, sigma)));
  const checks = parametrisations.map(({ name, of, network, fisher }): Check => ({
    quantity: `F over ${name} by change of parameters, largest relative difference`,
    derived: 0,
    ours: worst((mu, sigma) => {
      const xi = of(mu, sigma);
      return largestDifference(fisherOf(network(xi), gaussian, xi), fisher(mu, sigma));
    }),
    tolerance: ROUNDING,
  }));
  const [, , canonical] = parametrisations;
  const direct = worst((mu, sigma) => {
    const xi = canonical.of(mu, sigma);
    return largestDifference(
      fisherOf(constant(xi), naturalGaussian(1), xi),
      fisherOf(canonical.network(xi), gaussian, xi),
    );
  });
  const quantity = "F over (h, λ): naturalGaussian against diagonalGaussian, the same";
  return [...checks, { quantity, derived: 0, ours: direct, tolerance: ROUNDING }];
}

/** Natural steps in (E x, E x²) are m ← m + α(m* − m): the largest distance from (1 − α)ᵏ after k of them. */
export function momentPathCheck(all: readonly Parametrisation[]): Check {
  const [, , , expectation] = all;
  const stepSize = 0.1;
  const path = descend(expectation, "natural", { stepSize, updates: 60 });
  const errors = path.flatMap(([mu, sigma], k) => {
    const [derivedMu, derivedSigma] = between((1 - stepSize) ** k);
    return [Math.abs(mu - derivedMu), Math.abs(sigma - derivedSigma)];
  });
  return {
    quantity: "natural steps in (E x, E x²), largest distance from m* + (1 − α)ᵏ(m₀ − m*)",
    ...{ derived: 0, ours: Math.max(...errors), tolerance: 1e-12 },
  };
}

/** The order of the natural gradient's deviation in the step size, from the two smallest. */
export function orderChecks(all: readonly Deviation[]): Check[] {
  const last = stepSizes.length - 1;
  return all
    .filter(({ method }) => method === "natural")
    .map(({ parametrisation, distances }) => ({
      quantity: `order of the deviation of natural steps in ${nameOf(parametrisation)}`,
      derived: 1,
      ours: Math.log2(distances[last - 1] / distances[last]),
      tolerance: 0.02,
    }));
}

/** What remains between parametrisations as vanilla steps get small; no source gives a number. */
export function vanillaComparison(all: readonly Deviation[]): Comparison {
  const ends = all
    .filter(
      ({ method, parametrisation }) => method === "vanilla" && parametrisation !== "log-sigma",
    )
    .map(({ distances }) => distances[distances.length - 1]);
  return {
    quantity: "distance between vanilla flows at t = 1, smallest and largest",
    ours: `${Math.min(...ends).toFixed(3)} and ${Math.max(...ends).toFixed(3)}`,
    verdict: "qualitative",
  };
}

export interface Findings {
  readonly ways: readonly ThreeWays[];
  readonly moments: readonly Moment[];
  readonly deviations: readonly Deviation[];
}

export function comparisonsOf({ ways, moments, deviations }: Findings): Comparison[] {
  const checks = [
    ...printedChecks(ways),
    ...waysChecks(ways),
    ...invarianceChecks(),
    momentPathCheck(parametrisations),
    ...orderChecks(deviations),
    ...momentChecks(moments),
  ];
  return [...checks.map(decided), vanillaComparison(deviations)];
}
