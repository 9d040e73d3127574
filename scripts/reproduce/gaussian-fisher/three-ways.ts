import {
  constant,
  createRandom,
  createRows,
  diagonalGaussian,
  mean,
  type Rows,
  rowsFrom,
  standardDeviation,
} from "../../../src/index.ts";
import { fisherOf } from "../pointwise.ts";

const gaussian = diagonalGaussian(1);

/** Steps of the second differences, in units of σ and of log σ. */
const HESSIAN_STEP = 3e-4;

/** Points of the table; the mean must not matter. */
export const points: readonly { readonly mu: number; readonly sigma: number }[] = [
  { mu: 0.3, sigma: 0.5 },
  { mu: -1, sigma: 1 },
  { mu: 2, sigma: 3 },
];

/** The entries (1, 1), (1, 2), (2, 2) of a symmetric matrix. */
export type Entries = readonly [number, number, number];
export const entryNames = ["μ, μ", "μ, log σ", "log σ, log σ"] as const;

/** F over (μ, log σ) at one Gaussian, computed in three ways and by natgrad. */
export interface ThreeWays {
  readonly mu: number;
  readonly sigma: number;
  /** diag(1/σ², 2). */
  readonly closedForm: Entries;
  /** JᵀMJ of `exactFisher`. */
  readonly exact: Entries;
  /** Mean of score scoreᵀ over sampled actions, and its standard errors. */
  readonly covariance: Entries;
  readonly standardErrors: Entries;
  /** −E[∇² log π] by finite differences. */
  readonly negativeHessian: Entries;
}

/** Computes F at (μ, σ) from `count` samples, and without any. */
export function threeWays(mu: number, sigma: number, count: number): ThreeWays {
  const eta = [mu, Math.log(sigma)];
  const [[f11, f12], [, f22]] = fisherOf(constant(eta), gaussian, eta);
  const products = scoreProducts(eta, count);
  const error = (values: number[]): number => standardDeviation(values) / Math.sqrt(count);
  return {
    ...{ mu, sigma },
    closedForm: [1 / sigma ** 2, 0, 2],
    exact: [f11, f12, f22],
    covariance: map(products, mean),
    standardErrors: map(products, error),
    negativeHessian: negativeExpectedHessian(eta),
  };
}

function map<T>(entries: readonly [T, T, T], f: (value: T) => number): Entries {
  return [f(entries[0]), f(entries[1]), f(entries[2])];
}

/** Actions sampled at η, and their scores. */
export function sampleScores(
  eta: readonly number[],
  count: number,
): { readonly actions: Rows; readonly scores: Rows } {
  const etas = rowsFrom(Array.from({ length: count }, () => eta));
  const actions = createRows(count, 1);
  const scores = createRows(count, 2);
  gaussian.sample(etas, createRandom(`gaussian-fisher/${eta.join("/")}`), actions);
  gaussian.score(etas, actions, scores);
  return { actions, scores };
}

/** s₁², s₁s₂ and s₂² of the scores of samples. */
function scoreProducts(eta: readonly number[], count: number): [number[], number[], number[]] {
  const { data } = sampleScores(eta, count).scores;
  const product = (j: number, k: number): number[] =>
    Array.from({ length: count }, (_, i) => data[2 * i + j] * data[2 * i + k]);
  return [product(0, 0), product(0, 1), product(1, 1)];
}

/**
 * −E[∂² log π/∂ηⱼ∂ηₖ]: four values of log π a second difference, and the expectation by Gauss-Hermite
 * quadrature of three points, exact since the derivatives are of degree 2 in the action.
 */
function negativeExpectedHessian([mu, logSigma]: readonly number[]): Entries {
  const sigma = Math.exp(logSigma);
  const nodes = [
    { a: mu - Math.sqrt(3) * sigma, weight: 1 / 6 },
    { a: mu, weight: 2 / 3 },
    { a: mu + Math.sqrt(3) * sigma, weight: 1 / 6 },
  ];
  const steps = [HESSIAN_STEP * sigma, HESSIAN_STEP];
  const logDensity = (m: number, l: number, a: number): number => {
    const out = new Float64Array(1);
    gaussian.logProb(rowsFrom([[m, l]]), rowsFrom([[a]]), out);
    return out[0];
  };
  const second = (j: number, k: number): number => {
    const at = (p: number, q: number, a: number): number => {
      const moved = [mu, logSigma];
      moved[j] += p * steps[j];
      moved[k] += q * steps[k];
      return logDensity(moved[0], moved[1], a);
    };
    const difference = (a: number): number =>
      (at(1, 1, a) - at(1, -1, a) - at(-1, 1, a) + at(-1, -1, a)) / (4 * steps[j] * steps[k]);
    return nodes.reduce((sum, { a, weight }) => sum + weight * difference(a), 0);
  };
  return [-second(0, 0), -second(0, 1), -second(1, 1)];
}

/** A central moment of N(0, 1) from samples, in units of σ. */
export interface Moment {
  readonly order: number;
  readonly sampled: number;
  readonly standardError: number;
  readonly exact: number;
}

/** E[z²], E[z³] and E[z⁴] of z = (a − μ)/σ, on which the closed form of F rests. */
export function centralMoments(count: number): Moment[] {
  const random = createRandom("gaussian-fisher/moments");
  const samples = Array.from({ length: count }, () => random.normal());
  return [
    { order: 2, exact: 1 },
    { order: 3, exact: 0 },
    { order: 4, exact: 3 },
  ].map(({ order, exact }) => {
    const powers = samples.map((z) => z ** order);
    const standardError = standardDeviation(powers) / Math.sqrt(count);
    return { order, sampled: mean(powers), standardError, exact };
  });
}
