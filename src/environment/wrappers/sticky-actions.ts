import { requireUnitInterval } from "../../math/scalar.ts";
import { actionSize, type Environment } from "../environment.ts";
import { extended, requirePlainObservations } from "./wrapper.ts";

/**
 * The same process with a will of its own: with the given probability a step repeats the action taken
 * before, whatever the agent chose. The first of an episode is always the agent's.
 *
 * The state ends in the action taken before, and in 1 where there was one. Source: Machado et al.
 * 2018, JAIR 61:523-562, section 5.2, with a probability of 0.25.
 *
 * @throws RangeError for what is no probability, or where the observation describes choices, of which
 * the one taken before may no longer be possible.
 */
export function stickyActions(environment: Environment, probability: number): Environment {
  requireUnitInterval("stickyActions", "probability", probability);
  requirePlainObservations("stickyActions", environment);
  const { stateSize: before } = environment;
  const size = actionSize(environment.actionSpace);
  const taken = new Float64Array(size);
  return extended(environment, size + 1, ({ load, store }) => ({
    step: (state, action, random) => {
      const sticks = random.uniform(0, 1) < probability && state[before + size] === 1;
      for (let k = 0; k < size; k++) {
        taken[k] = sticks ? state[before + k] : action[k];
        state[before + k] = taken[k];
      }
      state[before + size] = 1;
      const reward = environment.step(load(state), taken, random);
      store(state);
      return reward;
    },
  }));
}
