import { categorical, constant, diagonalGaussian, type Distribution } from "../../../src/index.ts";
import { fisherOf, form, klOf } from "../pointwise.ts";

/** Which of the two comes first in KL; the mean of both is what Ang's eq. 11 calls symmetrised. */
export const directions = ["forward", "reverse", "symmetrised"] as const;
export type Direction = (typeof directions)[number];

/** The first term that ½δᵀFδ leaves out of KL: coefficient · tᵏ for δ = t · unit vector. */
export interface LeadingTerm {
  readonly order: number;
  readonly coefficient: number;
}

/** A distribution and a direction to move its parameters in. */
export interface ExpansionCase {
  readonly name: string;
  readonly distribution: Distribution;
  readonly theta: readonly number[];
  /** Of length 1. */
  readonly unit: readonly number[];
  /** From the closed form of KL, by hand. */
  readonly leading: Readonly<Record<Direction, LeadingTerm>>;
}

/** The third and fourth cumulant of the entries of `unit` under the probabilities. */
function cumulants(probabilities: readonly number[], unit: readonly number[]): [number, number] {
  const mean = (f: (u: number) => number): number =>
    probabilities.reduce((sum, p, k) => sum + p * f(unit[k]), 0);
  const centre = mean((u) => u);
  const moment = (k: number): number => mean((u) => (u - centre) ** k);
  return [moment(3), moment(4) - 3 * moment(2) ** 2];
}

/**
 * In natural parameters KL(θ ‖ θ + δ) = ½κ₂ + κ₃/6 + κ₄/24 + … and KL(θ + δ ‖ θ) = ½κ₂ + κ₃/3 + κ₄/8 + …,
 * with the cumulants of δᵀT(a) under θ; the odd ones vanish where that is distributed symmetrically.
 */
function exponentialFamily(
  probabilities: readonly number[],
  unit: readonly number[],
): ExpansionCase["leading"] {
  const [third, fourth] = cumulants(probabilities, unit);
  const term = (ofThird: number, ofFourth: number): LeadingTerm =>
    Math.abs(third) > 1e-12
      ? { order: 3, coefficient: ofThird * third }
      : { order: 4, coefficient: ofFourth * fourth };
  return {
    forward: term(1 / 6, 1 / 24),
    reverse: term(1 / 3, 1 / 8),
    symmetrised: term(1 / 4, 1 / 12),
  };
}

const half = Math.SQRT1_2;
const probabilities = [0.5, 0.3, 0.15, 0.05];
const fair = [0.25, 0.25, 0.25, 0.25];
const logits = (values: readonly number[]): number[] => values.map(Math.log);

/** δ over (μ, log σ) for Gaussians at μ = 0, σ = 1, and over logits for categorical distributions. */
export const expansionCases: readonly ExpansionCase[] = [
  {
    name: "Gaussian, δ along (μ, log σ) = (1, 1)",
    distribution: diagonalGaussian(1),
    theta: [0, 0],
    unit: [half, half],
    // KL(θ ‖ θ + δ) = d + ½(exp(−2d) − 1) + ½m² exp(−2d) and KL(θ + δ ‖ θ) = −d + ½(exp(2d) − 1) + ½m²
    // for δ = (m, d) = (t, t)/√2.
    leading: {
      forward: { order: 3, coefficient: -((2 / 3) * half ** 3 + half ** 3) },
      reverse: { order: 3, coefficient: (2 / 3) * half ** 3 },
      symmetrised: { order: 3, coefficient: -(half ** 3) / 2 },
    },
  },
  {
    name: "Gaussian, δ along log σ",
    distribution: diagonalGaussian(1),
    theta: [0, 0],
    unit: [0, 1],
    leading: {
      forward: { order: 3, coefficient: -2 / 3 },
      reverse: { order: 3, coefficient: 2 / 3 },
      symmetrised: { order: 4, coefficient: 1 / 3 },
    },
  },
  {
    name: "categorical (0.5, 0.3, 0.15, 0.05)",
    distribution: categorical(4),
    theta: logits(probabilities),
    unit: [half, -half, 0, 0],
    leading: exponentialFamily(probabilities, [half, -half, 0, 0]),
  },
  {
    name: "categorical, uniform",
    distribution: categorical(4),
    theta: logits(fair),
    unit: [half, -half, 0, 0],
    leading: exponentialFamily(fair, [half, -half, 0, 0]),
  },
];

/** ‖δ‖ from 10⁻³, below which rounding shows, to 1: eight a decade. */
export const distances: readonly number[] = Array.from(
  { length: 25 },
  (_, i) => 10 ** (-3 + i / 8),
);

/** KL(θ, θ + tu) − ½t²uᵀFu at each distance, and what it is like near 0. */
export interface ExpansionError {
  readonly direction: Direction;
  readonly errors: readonly number[];
  /** Least-squares slope of log |error| over log t for t ≤ 10⁻². */
  readonly slope: number;
  /** error / tᵏ at the smallest t, k the order derived. */
  readonly coefficient: number;
}

export interface Expansion {
  readonly name: string;
  readonly leading: ExpansionCase["leading"];
  readonly results: readonly ExpansionError[];
}

/** Measures the expansion of a case in all directions, with F = JᵀMJ of `exactFisher`. */
export function expand({ name, distribution, theta, unit, leading }: ExpansionCase): Expansion {
  const curvature = form(fisherOf(constant(theta), distribution, theta), unit);
  const divergence = (t: number, direction: Direction): number => {
    const moved = theta.map((value, k) => value + t * unit[k]);
    if (direction === "forward") return klOf(distribution, theta, moved);
    if (direction === "reverse") return klOf(distribution, moved, theta);
    return 0.5 * (klOf(distribution, theta, moved) + klOf(distribution, moved, theta));
  };
  const results = directions.map((direction) => {
    const errors = distances.map((t) => divergence(t, direction) - 0.5 * t * t * curvature);
    const coefficient = errors[0] / distances[0] ** leading[direction].order;
    return { direction, errors, slope: slopeOf(errors), coefficient };
  });
  return { name, leading, results };
}

/** The least-squares slope of log |error| over log t on the first nine distances. */
function slopeOf(errors: readonly number[]): number {
  const x = distances.slice(0, 9).map(Math.log);
  const y = errors.slice(0, 9).map((error) => Math.log(Math.abs(error)));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [centreX, centreY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - centreX) * (y[i] - centreY)));
  return covariance / mean(x.map((value) => (value - centreX) ** 2));
}
