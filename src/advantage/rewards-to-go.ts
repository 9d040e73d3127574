import { requireUnitInterval } from "../math/scalar.ts";
import { type AdvantageEstimator, createValues } from "./advantage.ts";

export interface RewardsToGoOptions {
  /** γ ∈ [0, 1]. */
  readonly discount: number;
}

/**
 * Ât = Rt − V(ot) with Rt = rt + γ Rt₊₁; after a truncated episode R = V(o_last), after a
 * terminated one R = 0.
 *
 * With the zero baseline, and steps weighted by γᵗ, its policy gradient is an unbiased estimate of
 * that of the finite-horizon discounted return.
 */
export function rewardsToGo({ discount }: RewardsToGoOptions): AdvantageEstimator {
  requireUnitInterval("rewardsToGo", "discount", discount);
  const valuesOf = createValues();
  return {
    discount,
    estimate: (batch, baseline, advantages, returns) => {
      const values = valuesOf(batch, baseline);
      batch.episodes.forEach(({ start, end }, e) => {
        let toGo = values.after[e];
        for (let t = end - 1; t >= start; t--) {
          toGo = batch.rewards[t] + discount * toGo;
          returns[t] = toGo;
          advantages[t] = toGo - values.at[t];
        }
      });
    },
  };
}
