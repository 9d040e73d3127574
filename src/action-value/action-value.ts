import type { Resumable } from "../math/resumable.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/**
 * Q(o, a), the return after action a in o, for actions that were not taken too; up to a function of o
 * alone, on which no policy gradient depends, so that an advantage will do.
 */
export interface ActionValue {
  /** outᵢ ← Q(oᵢ, aᵢ) under the present policy. */
  predict(observations: Rows, actions: Rows, out: Vector): void;
  /** Fits Q to the values of actions that were taken; left out where Q is known. */
  fit?(observations: Rows, actions: Rows, values: Vector): void;
  /** What was learnt from earlier fits; left out where nothing is. */
  readonly state?: Resumable;
}
