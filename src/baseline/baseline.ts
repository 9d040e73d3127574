import type { Resumable } from "../math/resumable.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** V(o) ≈ E[Σ γᵏ rₜ₊ₖ | oₜ = o], subtracted from returns to reduce variance and used to bootstrap. */
export interface Baseline {
  /** outᵢ ← V(oᵢ). */
  predict(observations: Rows, out: Vector): void;
  /** Fits V to the returns seen from the observations. */
  fit(observations: Rows, returns: Vector): void;
  /** What was learnt from earlier fits; left out where nothing is. */
  readonly state?: Resumable;
}
