import { requireUnitInterval } from "../math/scalar.ts";
import { type AdvantageEstimator, createValues } from "./advantage.ts";

export interface GaeOptions {
  /** γ ∈ [0, 1]. */
  readonly discount: number;
  /** λ ∈ [0, 1]: 0 trusts the baseline, 1 the rewards. */
  readonly lambda: number;
}

/**
 * Generalised advantage estimation: Ât = δt + γλ Ât₊₁ with δt = rt + γ V(ot₊₁) − V(ot).
 *
 * V after a truncated episode is the baseline's, after a terminated one 0. The returns are Â + V.
 * Source: Schulman et al. 2016, arXiv 1506.02438, eq. 16.
 */
export function gae({ discount, lambda }: GaeOptions): AdvantageEstimator {
  requireUnitInterval("gae", "discount", discount);
  requireUnitInterval("gae", "lambda", lambda);
  const valuesOf = createValues();
  return {
    discount,
    estimate: (batch, baseline, advantages, returns) => {
      const values = valuesOf(batch, baseline);
      batch.episodes.forEach(({ start, end }, e) => {
        let advantage = 0;
        let next = values.after[e];
        for (let t = end - 1; t >= start; t--) {
          const delta = batch.rewards[t] + discount * next - values.at[t];
          advantage = delta + discount * lambda * advantage;
          advantages[t] = advantage;
          returns[t] = advantage + values.at[t];
          next = values.at[t];
        }
      });
    },
  };
}
