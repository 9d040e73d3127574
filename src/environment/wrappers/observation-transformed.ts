import { requireCount } from "../../math/scalar.ts";
import type { Vector } from "../../math/vector.ts";
import type { Environment } from "../environment.ts";
import { wrapped } from "./wrapper.ts";

export interface ObservationTransform {
  /** Length of the new observation. */
  readonly size: number;
  /** out ← the new observation; without a memory, and `observation` is left alone. */
  readonly transform: (observation: Vector, out: Vector) => void;
}

/**
 * The same process seen otherwise: o ← transform(o), such as features, a picture of fewer cells, or a
 * part of what can be seen.
 *
 * After Gymnasium's `TransformObservation`.
 *
 * @throws RangeError for a size that is not a positive integer.
 */
export function observationTransformed(
  environment: Environment,
  { size, transform }: ObservationTransform,
): Environment {
  requireCount("observationTransformed", "size", size);
  const seen = new Float64Array(environment.observationSize);
  return wrapped(environment, {
    observationSize: size,
    observe: (state, observation) => {
      environment.observe(state, seen);
      transform(seen, observation);
    },
  });
}
