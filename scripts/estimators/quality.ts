import { Matrix, pseudoInverse } from "ml-matrix";
import {
  bootstrapInterval,
  cosine,
  dot,
  type GroundTruth,
  type Interval,
  mean,
  norm,
  type Random,
  type Vector,
} from "../../src/index.ts";
import type { Samples } from "./sample.ts";

/** A statistic of the repetitions with its 95 % bootstrap interval. */
export interface Statistic extends Interval {
  readonly value: number;
}

/** How good the estimates of ∇J from M roll-outs are. */
export interface Quality {
  /** Mean of ĝᵀ∇J / ‖∇J‖² − 1, along ∇J: negative where ĝ falls short of it. */
  readonly bias: Statistic;
  /** Mean of ĝ, for the bias in other directions too. */
  readonly meanGradient: readonly number[];
  /** √(tr Cov ĝ) / ‖∇J‖. */
  readonly spread: Statistic;
  /** Mean of cos∠(ĝ, ∇J). */
  readonly cosine: Statistic;
  /** E‖ĝ∥‖² / E‖ĝ⊥‖², parallel and perpendicular to ∇J. */
  readonly snr: Statistic;
  /** Mean of cos∠(F̂⁻¹ĝ, F⁻¹∇J), with the F̂ of the same roll-outs. */
  readonly naturalCosine: Statistic;
  /** Mean of cos∠(F⁻¹ĝ, F⁻¹∇J), with the exact F, where it is known. */
  readonly exactNaturalCosine?: Statistic;
  /** Estimates that were not finite, left out of all this. */
  readonly failures: number;
}

/**
 * The quality of the samples beside the truth.
 *
 * Source of the signal-to-noise ratio: Roberts & Tedrake 2009, NIPS 21, "Signal-to-noise ratio
 * analysis of policy gradient algorithms".
 */
export function qualityOf(
  { gradients, directions }: Pick<Samples, "gradients" | "directions">,
  truth: GroundTruth,
  random: Random,
): Quality {
  const finite = gradients.map((_, i) => i).filter((i) => gradients[i].every(Number.isFinite));
  const g = finite.map((i) => gradients[i]);
  const w = finite.map((i) => directions[i]);
  const all = g.map((_, i) => i);
  const statistic = createStatistic(all, random);
  const average = (values: readonly number[]): Statistic =>
    statistic((chosen) => meanOf(chosen, (i) => values[i]));
  const { gradient, naturalGradient, fisher } = truth;
  const size = norm(gradient);
  const parallel = g.map((one) => (dot(one, gradient) / size) ** 2);
  const rest = g.map((one, i) => dot(one, one) - parallel[i]);
  const solve = fisher && solverOf(fisher);
  const natural = solve && g.map((one) => cosine(solve(one), naturalGradient));
  return {
    bias: average(g.map((one) => dot(one, gradient) / (size * size) - 1)),
    meanGradient: Array.from(meanVector(g, all)),
    spread: statistic((chosen) => spreadOf(g, chosen) / size),
    cosine: average(g.map((one) => cosine(one, gradient))),
    snr: statistic((chosen) => meanOf(chosen, (i) => parallel[i]) / meanOf(chosen, (i) => rest[i])),
    naturalCosine: average(w.map((one) => cosine(one, naturalGradient))),
    ...(natural && { exactNaturalCosine: average(natural) }),
    failures: gradients.length - finite.length,
  };
}

/** Indices of the repetitions that count, some of them more than once. */
type Chosen = ArrayLike<number>;

function createStatistic(
  all: readonly number[],
  random: Random,
): (of: (chosen: Chosen) => number) => Statistic {
  if (all.length < 2) return () => ({ value: NaN, low: NaN, high: NaN });
  return (of) => ({ value: of(all), ...bootstrapInterval([all], of, { random, resamples: 1000 }) });
}

function meanOf(chosen: Chosen, of: (i: number) => number): number {
  let sum = 0;
  for (let k = 0; k < chosen.length; k++) sum += of(chosen[k]);
  return sum / chosen.length;
}

function meanVector(g: readonly Vector[], chosen: Chosen): Vector {
  return Float64Array.from(g[0] ?? [], (_, j) => meanOf(chosen, (i) => g[i][j]));
}

function spreadOf(g: readonly Vector[], chosen: Chosen): number {
  const centre = meanVector(g, chosen);
  const square = meanOf(chosen, (i) => distance(g[i], centre) ** 2);
  return Math.sqrt((square * chosen.length) / (chosen.length - 1));
}

function distance(x: Vector, y: Vector): number {
  return Math.sqrt(mean(x.map((value, j) => (value - y[j]) ** 2)) * x.length);
}

/** Singular values below this share of the largest count as zero. */
const SINGULAR = 1e-10;

/** b ↦ F⁺b, the solution of least norm where F is singular. */
function solverOf(fisher: NonNullable<GroundTruth["fisher"]>): (b: Vector) => Vector {
  const rows = new Matrix(fisher.map((row) => [...row]));
  const inverse = pseudoInverse(rows, SINGULAR * rows.norm("frobenius"));
  return (b) => Float64Array.from(inverse.mmul(Matrix.columnVector(b)).to1DArray());
}
