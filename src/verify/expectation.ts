import type { Distribution } from "../distribution/distribution.ts";
import { exp } from "../math/elementary.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { repeated } from "./samples.ts";

/** Actions and weights whose weighted sums are expectations under π(·; η). */
export interface ActionRule {
  readonly actions: Rows;
  readonly weights: Vector;
  /** Whether the weights are π itself, by enumeration or integration, so that they must sum to 1. */
  readonly fromDensity: boolean;
  /** How far its sums may be off, relative to what is summed. */
  readonly error: number;
}

/** The most actions of a rule. */
export const MOST = 100_000;

/** π(a; η) at each action. */
export function densities(distribution: Distribution, eta: Vector, actions: Rows): Vector {
  return logProbs(distribution, eta, actions).map((logProb) => exp(logProb));
}

/** The score at each action. */
export function scoresAt(distribution: Distribution, eta: Vector, actions: Rows): Rows {
  const scores = createRows(actions.count, eta.length);
  distribution.score(repeated(eta, actions.count), actions, scores);
  return scores;
}

/** Σᵢ wᵢ sᵢsᵢᵀ, row-major. */
export function secondMoments({ count, width, data }: Rows, weights: Vector): Vector {
  const sum = new Float64Array(width * width);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) {
      const scaled = weights[i] * data[i * width + j];
      for (let k = 0; k < width; k++) sum[j * width + k] += scaled * data[i * width + k];
    }
  }
  return sum;
}

/** Σᵢ wᵢ fᵢ. */
export function weightedSum(weights: Vector, values: Vector): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * values[i];
  return sum;
}

/** log π at each action. */
export function logProbs(distribution: Distribution, eta: Vector, actions: Rows): Vector {
  const out = new Float64Array(actions.count);
  distribution.logProb(repeated(eta, actions.count), actions, out);
  return out;
}

/** The actions that count: the others may lie outside the support, where log π is −∞ and the score undefined. */
export function weighty(
  { width, data }: Rows,
  weights: Vector,
): { readonly actions: Rows; readonly weights: Vector } {
  const count = weights.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0);
  const actions = createRows(count, width);
  const kept = new Float64Array(count);
  for (let n = 0, i = 0; n < weights.length; n++) {
    if (weights[n] === 0) continue;
    for (let k = 0; k < width; k++) actions.data[i * width + k] = data[n * width + k];
    kept[i++] = weights[n];
  }
  return { actions, weights: kept };
}
