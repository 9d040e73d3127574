import type { Environment } from "../environment.ts";
import { wrapped } from "./wrapper.ts";

/**
 * The same process with rewards in other units: r ← factor · r. Every return is that multiple too, and
 * a step of a given KL is the same; what it suits is the fit of a baseline by a network.
 *
 * @throws RangeError for a factor that is not a positive number.
 */
export function rewardScaled(environment: Environment, factor: number): Environment {
  if (!(factor > 0 && factor < Infinity)) {
    throw new RangeError(`rewardScaled: factor must be a positive number, got ${factor}`);
  }
  return wrapped(environment, {
    step: (state, action, random) => factor * environment.step(state, action, random),
  });
}
