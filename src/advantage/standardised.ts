import { mean, standardDeviation } from "../math/statistics.ts";
import type { AdvantageEstimator } from "./advantage.ts";

/**
 * Â ← (Â − mean Â) / std Â over the batch, which makes step sizes independent of the reward's scale.
 *
 * Equal advantages, and a single one, become zeros. Subtracting the mean is a constant baseline; the division rescales
 * the gradient, and leaves natural directions and their KL-normalised steps as they are.
 */
export function standardised(estimator: AdvantageEstimator): AdvantageEstimator {
  return {
    discount: estimator.discount,
    estimate: (batch, baseline, advantages, returns) => {
      estimator.estimate(batch, baseline, advantages, returns);
      const centre = mean(advantages);
      const deviation = standardDeviation(advantages);
      const equal = advantages.length < 2 || deviation === 0;
      for (let i = 0; i < advantages.length; i++) {
        advantages[i] = equal ? 0 : (advantages[i] - centre) / deviation;
      }
    },
  };
}
