import type { GradientEstimator } from "./gradient-estimator.ts";

/**
 * g = Jᵀ(ρ ⊙ Â ⊙ score) = Σᵢ ρᵢ Âᵢ ∇log π(aᵢ | oᵢ; θ), the gradient of the surrogate: whatever Â and
 * the weights ρ were estimated by, and in as many threads as the surrogate has.
 *
 * Unbiased for ∇J / Σₜγᵗ where Â is, over discounted states, and the batch is of whole episodes of
 * one length.
 *
 * Source: the policy gradient theorem with advantages, Sutton et al. 2000, eq. 2.
 */
export function policyGradientTheorem(): GradientEstimator {
  return { estimate: (_, surrogate, g) => surrogate.gradient(g) };
}
