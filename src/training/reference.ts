import type { Vector } from "../math/vector.ts";
import type { Policy } from "../policy/policy.ts";

/** What is exactly true of a policy, where the environment is simple enough to know. */
export interface GroundTruth {
  /** J(θ); −∞ where it diverges. */
  readonly return: number;
  /** The largest J that any policy reaches. */
  readonly optimalReturn: number;
  /** ∇J(θ); NaN where J is −∞. */
  readonly gradient: Vector;
  /** F⁻¹∇J(θ); NaN where J is −∞. */
  readonly naturalGradient: Vector;
  /** F at [j][k], over the normalised state distribution; left out where it is not told. */
  readonly fisher?: readonly (readonly number[])[];
}

/**
 * Gives the ground truth of a policy for returns discounted by γ, where it knows it: of returns
 * without end, or of those of the first `horizon` steps.
 */
export type Reference = (
  policy: Policy,
  discount: number,
  horizon?: number,
) => GroundTruth | undefined;

/** An estimate beside the truth. */
export interface Comparison {
  /** J(θ) of the policy that collected the batch. */
  readonly exactReturn: number;
  /** J* − J(θ). */
  readonly gap: number;
  /** (J* − J(θ)) / |J*|. */
  readonly relativeGap: number;
  /** cos∠(g, ∇J). */
  readonly gradientCosine: number;
  /** cos∠(w, F⁻¹∇J). */
  readonly naturalCosine: number;
}
