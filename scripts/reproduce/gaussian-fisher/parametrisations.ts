import {
  type ChangeOfParameters,
  constant,
  type Network,
  reparametrised,
} from "../../../src/index.ts";

/** A pair of numbers, such as the parameters of a Gaussian. */
export type Pair = readonly [first: number, second: number];

/** Parameters ξ of the Gaussians on the line. */
export interface Parametrisation {
  readonly id: "log-sigma" | "sigma" | "canonical" | "expectation";
  /** Such as "(μ, log σ)". */
  readonly name: string;
  /** ξ of N(μ, σ²). */
  readonly of: (mu: number, sigma: number) => Pair;
  /** μ and σ of ξ; NaN where there is no such Gaussian. */
  readonly moments: (xi: Pair) => Pair;
  /** (μ, log σ) as a network without inputs whose parameters are ξ, started at ξ. */
  readonly network: (xi: Pair) => Network;
  /** F by the textbook formula for these parameters. */
  readonly fisher: (mu: number, sigma: number) => number[][];
}

const changed =
  (change: ChangeOfParameters): Parametrisation["network"] =>
  (xi) =>
    reparametrised(constant([0, 0]), change, xi);

/** The name by which figures and tables know a parametrisation. */
export function nameOf(id: Parametrisation["id"]): string {
  return parametrisations.find((one) => one.id === id)?.name ?? id;
}

/** All four; a change of parameters goes from ξ to (μ, log σ). */
export const parametrisations: readonly Parametrisation[] = [
  {
    ...{ id: "log-sigma", name: "(μ, log σ)" },
    of: (mu, sigma) => [mu, Math.log(sigma)],
    moments: ([mu, logSigma]) => [mu, Math.exp(logSigma)],
    network: constant,
    fisher: (_, sigma) => [
      [1 / sigma ** 2, 0],
      [0, 2],
    ],
  },
  {
    ...{ id: "sigma", name: "(μ, σ)" },
    of: (mu, sigma) => [mu, sigma],
    moments: (xi) => xi,
    network: changed({
      apply: ([mu, sigma], theta) => theta.set([mu, Math.log(sigma)]),
      jacobian: ([, sigma], { data }) => data.set([1, 0, 0, 1 / sigma]),
    }),
    fisher: (_, sigma) => [
      [1 / sigma ** 2, 0],
      [0, 2 / sigma ** 2],
    ],
  },
  {
    // p(x) ∝ exp(hx − ½λx²), h = μ/σ², λ = 1/σ²; F is the covariance of (x, −½x²).
    ...{ id: "canonical", name: "(h, λ)" },
    of: (mu, sigma) => [mu / sigma ** 2, 1 / sigma ** 2],
    moments: ([h, lambda]) => [h / lambda, 1 / Math.sqrt(lambda)],
    network: changed({
      apply: ([h, lambda], theta) => theta.set([h / lambda, -0.5 * Math.log(lambda)]),
      jacobian: ([h, lambda], { data }) => {
        data.set([1 / lambda, -h / lambda ** 2, 0, -1 / (2 * lambda)]);
      },
    }),
    fisher: (mu, sigma) => [
      [sigma ** 2, -mu * sigma ** 2],
      [-mu * sigma ** 2, sigma ** 4 / 2 + mu ** 2 * sigma ** 2],
    ],
  },
  {
    // F is the inverse of the covariance of (x, x²).
    ...{ id: "expectation", name: "(E x, E x²)" },
    of: (mu, sigma) => [mu, mu ** 2 + sigma ** 2],
    moments: ([first, second]) => [first, Math.sqrt(second - first ** 2)],
    network: changed({
      apply: ([first, second], theta) => theta.set([first, 0.5 * Math.log(second - first ** 2)]),
      jacobian: ([first, second], { data }) => {
        const variance = second - first ** 2;
        data.set([1, 0, -first / variance, 1 / (2 * variance)]);
      },
    }),
    fisher: (mu, sigma) => [
      [1 / sigma ** 2 + (2 * mu ** 2) / sigma ** 4, -mu / sigma ** 4],
      [-mu / sigma ** 4, 1 / (2 * sigma ** 4)],
    ],
  },
];
