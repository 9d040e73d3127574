import { requireCount } from "../../math/scalar.ts";
import type { Environment } from "../environment.ts";
import { extended, requirePlainObservations } from "./wrapper.ts";

/**
 * The same process seen through its last `frames` observations, the oldest first, so that what one of
 * them does not show, such as a velocity, can be told from several. At the start all are the first.
 *
 * The state ends in all of them but the last. After Gymnasium's `FrameStackObservation`.
 *
 * @throws RangeError for frames that are not a positive integer, or where the observation describes
 * choices.
 */
export function frameStacked(environment: Environment, frames: number): Environment {
  requireCount("frameStacked", "frames", frames);
  requirePlainObservations("frameStacked", environment);
  const { stateSize, observationSize: size } = environment;
  const earlier = (frames - 1) * size;
  const seen = new Float64Array(size);
  return extended(environment, earlier, ({ load, store }) => ({
    observationSize: frames * size,
    reset: (state, random) => {
      const own = load(state);
      environment.reset(own, random);
      store(state);
      environment.observe(own, seen);
      for (let k = 0; k < earlier; k++) state[stateSize + k] = seen[k % size];
    },
    step: (state, action, random) => {
      const own = load(state);
      if (frames > 1) {
        environment.observe(own, seen);
        state.copyWithin(stateSize, stateSize + size, stateSize + earlier);
        state.set(seen, stateSize + earlier - size);
      }
      const reward = environment.step(own, action, random);
      store(state);
      return reward;
    },
    observe: (state, observation) => {
      for (let k = 0; k < earlier; k++) observation[k] = state[stateSize + k];
      environment.observe(load(state), seen);
      observation.set(seen, earlier);
    },
  }));
}
