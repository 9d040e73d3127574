import type { Distribution } from "../distribution/distribution.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** outᵢ ← how far the new policy's η′ᵢ is from the old one's ηᵢ, in nats. */
export type Divergence = (distribution: Distribution, old: Rows, moved: Rows, out: Vector) => void;

/** KL(old ‖ new), the constraint of TRPO. Source: Schulman et al. 2015, arXiv 1502.05477, eq. 12. */
export const klOldToNew: Divergence = (distribution, old, moved, out) =>
  distribution.kl(old, moved, out);

/** KL(new ‖ old), which sb3-contrib's TRPO bounds instead; both have the Hessian F at the old θ. */
export const klNewToOld: Divergence = (distribution, old, moved, out) =>
  distribution.kl(moved, old, out);
