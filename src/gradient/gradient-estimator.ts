import type { Resumable } from "../math/resumable.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";
import type { Surrogate } from "./surrogate.ts";

/**
 * Where g comes from: an estimate of ∇J(θ)/D for the return J = E Σₜ γᵗ rₜ of whole episodes, D their
 * mean Σₜ γᵗ.
 *
 * Divided by D it is the gradient of an average a step: that of the surrogate, and for long episodes
 * of the normalised return (1 − γ)J of the literature. All estimators share it, so that any of them
 * can stand in a sentence with the same step.
 */
export interface GradientEstimator {
  /** γ of the J whose gradient it estimates, where it is fixed here and not by the advantages. */
  readonly discount?: number;
  /**
   * g ← an estimate of ∇J at the θ of the surrogate, which is at `batch`, its advantages and weights
   * filled.
   *
   * @throws RangeError for a batch that it cannot use, such as one of episodes in parts.
   */
  estimate(batch: Batch, surrogate: Surrogate, g: Vector): void;
  /** What is remembered of earlier batches; left out where nothing is. */
  readonly state?: Resumable;
}
