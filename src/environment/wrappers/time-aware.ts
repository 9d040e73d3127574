import type { Environment } from "../environment.ts";
import { extended, requirePlainObservations } from "./wrapper.ts";

/**
 * The task of the first `horizon` steps as a Markov process: the observation ends in the share of
 * time that is left, 1 − t/horizon, and the episode terminates where none is. Returns are then those
 * of the horizon, and no value lies behind it.
 *
 * The state ends in t. Source: Pardo et al. 2018, arXiv 1712.00378, section 3.
 *
 * @throws RangeError where the observation describes choices.
 */
export function timeAware(environment: Environment): Environment {
  requirePlainObservations("timeAware", environment);
  const { stateSize: t, observationSize: size, horizon } = environment;
  const seen = new Float64Array(size);
  return extended(environment, 1, ({ load, store }) => ({
    observationSize: size + 1,
    step: (state, action, random) => {
      const reward = environment.step(load(state), action, random);
      store(state);
      state[t]++;
      return reward;
    },
    observe: (state, observation) => {
      environment.observe(load(state), seen);
      observation.set(seen);
      observation[size] = 1 - state[t] / horizon;
    },
    isTerminal: (state) => state[t] >= horizon || environment.isTerminal(load(state)),
  }));
}
