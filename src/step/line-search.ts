import { klNormalised, requirePositiveKl } from "./kl-normalised.ts";
import type { StepRule } from "./step-rule.ts";

export interface LineSearchOptions {
  /** δ, the largest mean KL(old ‖ new) in nats, or of the divergence that the agent measures. */
  readonly kl: number;
  /** By what a rejected step is multiplied, in (0, 1). */
  readonly factor?: number;
  /** How often a step may be shortened. */
  readonly backtracks?: number;
}

/**
 * The first of αⱼ = factorʲ √(2δ / wᵀFw) whose measured KL is at most δ and whose surrogate rises;
 * 0 if none is.
 *
 * Source: Schulman et al. 2015, arXiv 1502.05477, appendix C. Says what the paper leaves open with
 * the values of Spinning Up: factor 0.8, 10 backtracks.
 *
 * @throws RangeError for a factor outside (0, 1), a δ that is not positive or a negative count.
 */
export function lineSearch({ kl, factor = 0.8, backtracks = 10 }: LineSearchOptions): StepRule {
  requirePositiveKl("lineSearch", kl);
  if (!(factor > 0 && factor < 1)) {
    throw new RangeError(`lineSearch: factor must lie between 0 and 1, got ${factor}`);
  }
  if (!Number.isInteger(backtracks) || backtracks < 0) {
    throw new RangeError(
      `lineSearch: backtracks must be an integer of at least 0, got ${backtracks}`,
    );
  }
  const longest = klNormalised(kl);
  return (proposal) => {
    let alpha = longest(proposal);
    for (let j = 0; j <= backtracks; j++) {
      const trial = proposal.trial(alpha);
      if (trial.kl <= kl && trial.gain > 0) return alpha;
      alpha *= factor;
    }
    return 0;
  };
}
