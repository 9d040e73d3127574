import type { Distribution } from "../distribution/distribution.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation } from "../network/network.ts";

/** What the policy gradient is estimated from, one entry per step. */
export interface GradientSample {
  readonly actions: Rows;
  /** Â. */
  readonly advantages: Vector;
  /** w, Σ ρᵢ = 1. */
  readonly weights: Vector;
}

/**
 * g ← Jᵀ(ρ ⊙ Â ⊙ score) = Σᵢ ρᵢ Âᵢ ∇log π(aᵢ | oᵢ; θ); `scratch` has the shape of the outputs.
 *
 * Source: the policy gradient theorem, Sutton et al. 2000.
 */
export function policyGradient(
  point: Linearisation,
  distribution: Distribution,
  { actions, advantages, weights }: GradientSample,
  scratch: Rows,
  g: Vector,
): void {
  distribution.score(point.outputs, actions, scratch);
  scaleRows(scratch, weights, advantages);
  point.vjp(scratch, g);
}

/** roρᵢ ← aᵢ bᵢ roρᵢ. */
function scaleRows(rows: Rows, a: Vector, b: Vector): void {
  const { count, width, data } = rows;
  for (let i = 0; i < count; i++) {
    const factor = a[i] * b[i];
    for (let k = 0; k < width; k++) data[i * width + k] *= factor;
  }
}
