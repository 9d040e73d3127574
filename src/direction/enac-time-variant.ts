import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { createStepScores } from "../gradient/step-scores.ts";
import type { Surrogate } from "../gradient/surrogate.ts";
import { createRows, type Rows } from "../math/rows.ts";
import { requireUnitInterval } from "../math/scalar.ts";
import { addScaled, type Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";
import { requireWholeEpisodes } from "../rollout/whole-episodes.ts";
import type { DirectionSource } from "./direction.ts";
import type { EpisodicOptions } from "./enac.ts";
import {
  addOuter,
  addSquares,
  clearRegression,
  createRegression,
  type Regression,
  solveRegression,
  tooFewEpisodes,
  unsolvable,
} from "./regression.ts";

/**
 * The episodic natural actor-critic with a baseline for each time: F w + Φb = g, Φᵀw + Mb = r̄ with the
 * **sums** over M whole episodes of at most K steps
 * F = Σ Σₖ zₖ γᵏψₖᵀ, g = Σ Σₖ zₖ γᵏrₖ, Φ = [φ₀ … φ_{K−1}] with φₖ = Σ zₖ, r̄ₖ = Σ γᵏrₖ,
 * where ψₖ = ∇log π(aₖ | oₖ; θ) and zₖ = ψ₀ + … + ψₖ: a reward is credited to the actions before it.
 *
 * Eliminating b, (F − ΦΦᵀ/M) w = g − Φr̄/M, P equations instead of K: the same w as by
 * Q = (M I − ΦᵀF⁻¹Φ)⁻¹ = M⁻¹(I + Φᵀ(MF − ΦΦᵀ)⁻¹Φ) of table 6, again for sums. An episode that is over
 * goes on with r = 0 and its last z. λ is added to F per step, F/Σγᵏ; the weights γᵏ of the scores are
 * those of eq. 38.
 *
 * It needs many episodes: E[ΦΦᵀ]/M counts the Fisher matrix of step k K − k times and E[F] counts it
 * γᵏM times, so that for M not well above K the difference is no Fisher matrix. Where its symmetric part
 * is not positive definite, and for M < P + 1, the report is `not-positive-definite`.
 *
 * Source: Peters & Schaal 2008, Neural Networks 21:682-697, table 6.
 *
 * @throws RangeError for γ outside [0, 1], and for a batch of episodes in parts.
 */
export function enacTimeVariant({
  discount,
  discountScores = true,
}: EpisodicOptions): DirectionSource {
  requireUnitInterval("enacTimeVariant", "discount", discount);
  const sums = createTimedSums(discount, discountScores ? discount : 1);
  return {
    discount,
    at: (batch, surrogate) => {
      requireWholeEpisodes("enacTimeVariant", batch);
      const regression = sums(batch, surrogate);
      const episodes = batch.episodes.length;
      const unknowns = surrogate.point.parameterCount + 1;
      return {
        find: (_, damping, w) => {
          const owner = "eNAC with a baseline for each time";
          const few = tooFewEpisodes(owner, { episodes, unknowns }, w);
          if (few !== undefined) return few;
          if (isPositive(regression, damping)) {
            return solveRegression(owner, regression, damping, w);
          }
          return unsolvable(
            `the matrix of ${owner} is not positive definite for ${episodes} episodes at λ = ${damping}: take more episodes than steps in one`,
            w,
          );
        },
      };
    },
  };
}

/** Gives F − ΦΦᵀ/M and g − Φr̄/M of a batch. */
function createTimedSums(
  discount: number,
  decay: number,
): (batch: Batch, surrogate: Surrogate) => Regression {
  const scoresOf = createStepScores();
  let regression = createRegression(0);
  let phi = createRows(0, 0);
  let rewards = new Float64Array(0);

  return (batch, surrogate) => {
    const { episodes } = batch;
    const parameters = surrogate.point.parameterCount;
    const steps = episodes.reduce((most, { start, end }) => Math.max(most, end - start), 0);
    if (regression.right.length !== parameters) regression = createRegression(parameters);
    if (phi.count !== steps || phi.width !== parameters) {
      phi = createRows(steps, parameters);
      rewards = new Float64Array(steps);
    }
    clearRegression(regression);
    phi.data.fill(0);
    rewards.fill(0);
    const scores = scoresOf(batch, surrogate);
    const psi = new Float64Array(parameters);
    const z = new Float64Array(parameters);
    for (const { start, end } of episodes) {
      z.fill(0);
      for (let k = 0; k < steps; k++) {
        if (start + k < end) {
          psi.fill(0);
          scores.add(start + k, psi, 0);
          addScaled(1, psi, z);
          const reward = Math.pow(discount, k) * batch.rewards[start + k];
          addStep(regression, { psi, z, reward, weight: Math.pow(decay, k) });
          rewards[k] += reward;
        }
        addScaled(1, z, phi.data.subarray(k * parameters, (k + 1) * parameters));
      }
    }
    eliminate(regression, { phi, rewards, episodes: episodes.length });
    return regression;
  };
}

interface TimedStep {
  readonly psi: Vector;
  readonly z: Vector;
  /** γᵏrₖ. */
  readonly reward: number;
  /** The weight of ψₖ. */
  readonly weight: number;
}

/** F ← F + z weight·ψᵀ, g ← g + z γᵏrₖ. */
function addStep(regression: Regression, { psi, z, reward, weight }: TimedStep): void {
  for (let j = 0; j < psi.length; j++) psi[j] *= weight;
  addOuter(z, psi, regression.matrix);
  addScaled(reward, z, regression.right);
  addSquares(psi, regression.squares);
  regression.steps += weight;
}

/** A ← F − ΦΦᵀ/M, b ← g − Φr̄/M. */
function eliminate(
  { matrix, right }: Regression,
  {
    phi,
    rewards,
    episodes,
  }: { readonly phi: Rows; readonly rewards: Vector; readonly episodes: number },
): void {
  const negative = new Float64Array(phi.width);
  for (let k = 0; k < phi.count; k++) {
    const row = phi.data.subarray(k * phi.width, (k + 1) * phi.width);
    for (let j = 0; j < row.length; j++) negative[j] = -row[j] / episodes;
    addOuter(negative, row, matrix);
    addScaled(rewards[k], negative, right);
  }
}

/** Whether the symmetric part of A + λ·steps·I is positive definite. */
function isPositive({ matrix: { data, width }, steps }: Regression, damping: number): boolean {
  if (!data.every(Number.isFinite)) return false;
  const full = Matrix.from1DArray(width, width, data);
  const symmetric = Matrix.add(full, full.transpose()).mul(0.5);
  return new CholeskyDecomposition(
    symmetric.add(Matrix.eye(width, width).mul(damping * steps)),
  ).isPositiveDefinite();
}
