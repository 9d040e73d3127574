import { requireUnitInterval } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";

/** Writes the weight of each step of a batch, Σ ρᵢ = 1: which state distribution the sums run over. */
export type StateWeighting = (batch: Batch, weights: Vector) => void;

/** ρᵢ = 1/N: the states as visited, which is what most implementations use. */
export function uniformStates(): StateWeighting {
  return (_, weights) => void weights.fill(1 / weights.length);
}

/**
 * ρᵢ ∝ γᵗ for a step t steps into its episode: the discounted state distribution, for which the
 * policy gradient theorem is exact. Source: Sutton et al. 2000; Thomas 2014, "Bias in natural
 * actor-critic algorithms".
 *
 * All weights are 0, and so is the gradient, where γᵗ underflows for every step of a batch.
 *
 * @throws RangeError unless γ lies in [0, 1].
 */
export function discountedStates(discount: number): StateWeighting {
  requireUnitInterval("discountedStates", "discount", discount);
  return (batch, weights) => {
    let sum = 0;
    for (const { start, end, elapsed } of batch.episodes) {
      let weight = Math.pow(discount, elapsed);
      for (let t = start; t < end; t++) {
        weights[t] = weight;
        sum += weight;
        weight *= discount;
      }
    }
    for (let i = 0; i < weights.length; i++) weights[i] = sum > 0 ? weights[i] / sum : 0;
  };
}
