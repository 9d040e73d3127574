/**
 * The posterior, the evidence and two divergences in closed form, computed with numpy by
 * `test/fixtures/textbook_values.py` on the same data.
 */
export const derived = {
  /** (h₀, h₁, Λ₀₀, Λ₁₀, Λ₁₁). */
  posterior: [-29.5468612, -99.9618487, 80.25, 219.573158, 657.717676],
  /** log p(y), nats. */
  evidence: -23.5947748,
  /** KL(prior ‖ posterior), nats. */
  priorKl: 1477.9844,
  /** ½(log Λ₀₀Λ₁₁ − log |Λ|): what no product of two Gaussians gets below. */
  meanFieldKl: 1.22338482,
} as const;
