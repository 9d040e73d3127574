import { requireCount } from "../../math/scalar.ts";
import type { Environment } from "../environment.ts";
import { wrapped } from "./wrapper.ts";

/**
 * The same process cut off after `steps`, whatever its own horizon: such an end is truncation, and the
 * value goes on behind it.
 *
 * @throws RangeError for steps that are not a positive integer.
 */
export function timeLimited(environment: Environment, steps: number): Environment {
  requireCount("timeLimited", "steps", steps);
  return wrapped(environment, { horizon: steps });
}
