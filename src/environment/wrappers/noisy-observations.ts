import type { Random } from "../../math/random.ts";
import type { Vector } from "../../math/vector.ts";
import type { Environment } from "../environment.ts";
import { extended, requirePlainObservations } from "./wrapper.ts";

/**
 * The same process seen through a noisy sensor: o ← o + ε, ε ~ N(0, σ²) anew after each step and for
 * each component.
 *
 * The state ends in ε, so that a state is seen alike however often it is looked at.
 *
 * @throws RangeError for a σ that is negative or not finite, or where the observation describes choices.
 */
export function noisyObservations(environment: Environment, sigma: number): Environment {
  if (!(sigma >= 0 && sigma < Infinity)) {
    throw new RangeError(
      `noisyObservations: sigma must be a standard deviation of at least 0, got ${sigma}`,
    );
  }
  requirePlainObservations("noisyObservations", environment);
  const { stateSize: first, observationSize: size } = environment;
  const draw = (state: Vector, random: Random): void => {
    for (let k = 0; k < size; k++) state[first + k] = sigma * random.normal();
  };
  const seen = new Float64Array(size);
  return extended(environment, size, ({ load, store }) => ({
    reset: (state, random) => {
      environment.reset(load(state), random);
      store(state);
      draw(state, random);
    },
    step: (state, action, random) => {
      const reward = environment.step(load(state), action, random);
      store(state);
      draw(state, random);
      return reward;
    },
    observe: (state, observation) => {
      environment.observe(load(state), seen);
      for (let k = 0; k < size; k++) observation[k] = seen[k] + state[first + k];
    },
  }));
}
