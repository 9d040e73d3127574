import type { Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";
import type { Surrogate } from "./surrogate.ts";

/** Where g comes from: an estimate of the policy gradient ∇J(θ), up to a factor that it states. */
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
}
