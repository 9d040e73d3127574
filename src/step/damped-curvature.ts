import type { StepRule } from "./step-rule.ts";

/**
 * The rule, shown the damped curvature wᵀ(F + λI)w in place of wᵀFw: its steps are shorter, and the
 * KL it predicts too large by ½α²λ‖w‖².
 *
 * What TRPO in sb3-contrib, Spinning Up and OpenAI's baselines does, since there the damping is a
 * part of the Fisher product.
 */
export function dampedCurvature(rule: StepRule): StepRule {
  return (proposal) => rule({ ...proposal, curvature: proposal.dampedCurvature });
}
