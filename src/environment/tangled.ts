import { createRandom } from "../math/random.ts";
import type { Vector } from "../math/vector.ts";
import { chooseAction } from "./choose-action.ts";
import { actionSize, type Environment, isCutOff } from "./environment.ts";

/** One copy of an environment with buffers and streams of its own. */
interface Copy {
  step(): { readonly state: Vector; readonly observation: Vector; readonly reward: number };
}

/**
 * The first step at which a copy of the environment moves otherwise when another one steps between
 * its steps, −1 for none: what shows state that is not in the vector, or a vector that was kept.
 */
export function tangledAt(
  environment: Environment,
  { seed, steps }: { readonly seed: number | string; readonly steps: number },
): number {
  const alone = createCopy(environment, `${seed}/one`);
  const trace = Array.from({ length: steps }, () => {
    const { state, observation, reward } = alone.step();
    return { state: state.slice(), observation: observation.slice(), reward };
  });
  const [one, other] = ["one", "other"].map((name) => createCopy(environment, `${seed}/${name}`));
  return trace.findIndex((expected) => {
    other.step();
    const { state, observation, reward } = one.step();
    return !(
      Object.is(reward, expected.reward) &&
      state.every((value, k) => Object.is(value, expected.state[k])) &&
      observation.every((value, k) => Object.is(value, expected.observation[k]))
    );
  });
}

function createCopy(environment: Environment, seed: string): Copy {
  const random = createRandom(seed);
  const [dynamics, choices] = [random.split("environment"), random.split("action")];
  const state = new Float64Array(environment.stateSize);
  const observation = new Float64Array(environment.observationSize);
  const action = new Float64Array(actionSize(environment.actionSpace));
  let length = Infinity;
  return {
    step: () => {
      if (isCutOff(environment, state, length) || environment.isTerminal(state)) {
        environment.reset(state, dynamics);
        environment.observe(state, observation);
        length = 0;
      }
      chooseAction(environment, choices, { observation, inside: true }, action);
      const reward = environment.step(state, action, dynamics);
      environment.observe(state, observation);
      length++;
      return { state, observation, reward };
    },
  };
}
