import {
  categorical,
  constant,
  diagonalGaussian,
  type Distribution,
  type Network,
  reparametrised,
} from "../../../src/index.ts";
import { parametrisations } from "../gaussian-fisher/parametrisations.ts";

/** Two parameters. */
export type Pair = readonly [first: number, second: number];

/** The dual coordinates of an exponential family p(a; θ) ∝ exp(θᵀT(a) − A(θ)): θ, and m = E T(a) = ∇A(θ). */
export type Coordinates = "natural" | "expectation";

/** Actions whose weighted sums are expectations under a distribution. */
export interface Quadrature {
  readonly actions: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Minimise f = E[c(a)] − τ · entropy over an exponential family of two parameters: a bandit.
 *
 * Everything but the networks and the distribution is written out here by hand, for mirror descent.
 */
export interface Problem {
  readonly id: "gaussian" | "categorical";
  readonly title: string;
  readonly axes: Readonly<Record<Coordinates, readonly [string, string]>>;
  /** m of the start. */
  readonly start: Pair;
  readonly cost: (action: number) => number;
  /** τ. */
  readonly temperature: number;
  /** ∇A and its inverse. */
  readonly toExpectation: (theta: Pair) => Pair;
  readonly toNatural: (m: Pair) => Pair;
  /** f at m, continued to where m belongs to no member. */
  readonly value: (m: Pair) => number;
  /** A polygon around those m as far as figures show them. */
  readonly impossible: readonly Pair[];
  /** ∂f/∂m at m. */
  readonly gradient: (m: Pair) => Pair;
  /** ∇²A = Cov T = ∂m/∂θ at m, for ∂f/∂θ = ∇²A ∂f/∂m. */
  readonly covariance: (m: Pair) => readonly [Pair, Pair];
  readonly distribution: Distribution;
  /** η as a function of θ or of m, started at `at`. */
  readonly network: (coordinates: Coordinates, at: Pair) => Network;
  /** Exact for the products of c, log p and the score. */
  readonly quadrature: (eta: readonly number[]) => Quadrature;
}

/** c(x) = ¼x⁴ − x² + ½x, two wells of which the left is deeper. */
const wells = (x: number): number => x ** 4 / 4 - x * x + x / 2;
const TEMPERATURE = 0.5;

/** θ = (μ/σ², −1/(2σ²)), T = (x, x²). */
const gaussian: Problem = {
  id: "gaussian",
  title: "Gaussians, f = E[¼x⁴ − x² + ½x] − ½ entropy",
  axes: { natural: ["μ/σ²", "−1/(2σ²)"], expectation: ["E x", "E x²"] },
  start: [1, 1.5],
  cost: wells,
  temperature: TEMPERATURE,
  toExpectation: ([first, second]) => {
    const variance = -1 / (2 * second);
    const mu = first * variance;
    return [mu, mu * mu + variance];
  },
  toNatural: ([first, second]) => {
    const variance = second - first * first;
    return [first / variance, -1 / (2 * variance)];
  },
  value: ([first, second]) => {
    const variance = Math.max(second - first * first, 1e-3);
    const entropy = 0.5 * Math.log(2 * Math.PI * Math.E * variance);
    const fourth = 3 * second ** 2 - 2 * first ** 4;
    return fourth / 4 - second + first / 2 - TEMPERATURE * entropy;
  },
  // Below the parabola (E x)².
  impossible: [
    ...Array.from({ length: 81 }, (_, i): Pair => [i / 20 - 2, (i / 20 - 2) ** 2]),
    [2, 0],
    [-2, 0],
  ],
  // E x⁴ = 3m₂² − 2m₁⁴, and the gradient of the entropy over m is −θ.
  gradient: (m) => {
    const [h, l] = gaussian.toNatural(m);
    return [-2 * m[0] ** 3 + 0.5 + TEMPERATURE * h, 1.5 * m[1] - 1 + TEMPERATURE * l];
  },
  covariance: ([first, second]) => {
    const variance = second - first * first;
    const mixed = 2 * first * variance;
    return [
      [variance, mixed],
      [mixed, 2 * variance ** 2 + 4 * first * first * variance],
    ];
  },
  distribution: diagonalGaussian(1),
  network: (coordinates, at) => (coordinates === "natural" ? naturalGaussian : moments)(at),
  // Gauss-Hermite with four points, exact to degree 7.
  quadrature: ([mu, logSigma]) => {
    const sigma = Math.exp(logSigma);
    const root = Math.sqrt(6);
    const [inner, outer] = [Math.sqrt(3 - root), Math.sqrt(3 + root)];
    const [more, less] = [(3 + root) / 12, (3 - root) / 12];
    return {
      actions: [-outer, -inner, inner, outer].map((z) => mu + sigma * z),
      weights: [less, more, more, less],
    };
  },
};

const [, , , { network: moments }] = parametrisations;

const naturalGaussian = (at: Pair): Network =>
  reparametrised(
    constant([0, 0]),
    {
      apply: ([h, l], eta) => eta.set([-h / (2 * l), -0.5 * Math.log(-2 * l)]),
      jacobian: ([h, l], { data }) => {
        data.set([-1 / (2 * l), h / (2 * l * l), 0, -1 / (2 * l)]);
      },
    },
    at,
  );

const costs = [0, 0.3, 1];

/** Three arms; θ = (log p₁/p₃, log p₂/p₃), T the indicators of the first two. */
const bandit: Problem = {
  id: "categorical",
  title: "three arms, f = E[c] with c = 0, 0.3, 1",
  axes: { natural: ["log p₁/p₃", "log p₂/p₃"], expectation: ["p₁", "p₂"] },
  start: [0.05, 0.15],
  cost: (arm) => costs[arm],
  temperature: 0,
  toExpectation: (theta) => {
    const [a, b] = theta.map(Math.exp);
    return [a / (1 + a + b), b / (1 + a + b)];
  },
  toNatural: ([a, b]) => [Math.log(a / (1 - a - b)), Math.log(b / (1 - a - b))],
  value: ([a, b]) => costs[0] * a + costs[1] * b + costs[2] * (1 - a - b),
  impossible: [
    [1, 0],
    [1, 1],
    [0, 1],
  ],
  gradient: () => [costs[0] - costs[2], costs[1] - costs[2]],
  covariance: ([a, b]) => [
    [a * (1 - a), -a * b],
    [-a * b, b * (1 - b)],
  ],
  distribution: categorical(3),
  network: (coordinates, at) => (coordinates === "natural" ? logits : probabilities)(at),
  quadrature: (eta) => {
    const powers = eta.map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    return { actions: [0, 1, 2], weights: powers.map((power) => power / total) };
  },
};

const logits = (at: Pair): Network =>
  reparametrised(
    constant([0, 0, 0]),
    {
      apply: ([a, b], eta) => eta.set([a, b, 0]),
      jacobian: (_, { data }) => data.set([1, 0, 0, 1, 0, 0]),
    },
    at,
  );

const probabilities = (at: Pair): Network =>
  reparametrised(
    constant([0, 0, 0]),
    {
      apply: ([a, b], eta) => eta.set([a, b, 1 - a - b].map(Math.log)),
      jacobian: ([a, b], { data }) => {
        const last = -1 / (1 - a - b);
        data.set([1 / a, 0, 0, 1 / b, last, last]);
      },
    },
    at,
  );

export const problems: readonly Problem[] = [gaussian, bandit];
