import type { StepRule } from "./step-rule.ts";

/**
 * α = √(2δ / wᵀFw), the step whose predicted KL is δ nats. @throws RangeError unless δ > 0.
 *
 * Differs from mjrl and Duan et al. 2016, whose √(δ / gᵀF⁻¹g) has a predicted KL of δ/2.
 */
export function klNormalised(kl: number): StepRule {
  requirePositiveKl("klNormalised", kl);
  return ({ curvature }) => Math.sqrt((2 * kl) / curvature);
}

/** @throws RangeError unless δ is a positive number. */
export function requirePositiveKl(owner: string, kl: number): void {
  if (kl > 0 && kl < Infinity) return;
  throw new RangeError(`${owner}: kl must be a positive number of nats, got ${kl}`);
}
