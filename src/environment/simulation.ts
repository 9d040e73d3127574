import { createRandom } from "../math/random.ts";
import { firstNonFinite } from "../math/vector.ts";
import { actionSize, choiceCounts, type Environment, isCutOff, isPossible } from "./environment.ts";

export interface SimulationStep {
  readonly observation: Float64Array;
  readonly reward: number;
  /** The process ended in this state: its value is zero. */
  readonly terminated: boolean;
  /** The horizon, or a bound of the experiment, cut the episode off: the state still has a value. */
  readonly truncated: boolean;
}

export interface Simulation {
  /** Begins an episode and returns its first observation. */
  reset(): Float64Array;
  /** Takes one action (one number is an action of one component). */
  step(action: number | ArrayLike<number>): SimulationStep;
}

/**
 * The Gymnasium habit, state inside: `reset()` and `step(action)`, for people and pages.
 *
 * @throws Error when stepped before `reset` or after the end of an episode, RangeError for an
 * action of the wrong length, a number that is not finite, or what is no choice of a discrete space,
 * or none that is possible now.
 */
export function simulation(environment: Environment, seed: number | string): Simulation {
  const random = createRandom(seed);
  const state = new Float64Array(environment.stateSize);
  let steps = 0;
  let running = false;

  const observation = (): Float64Array => {
    const seen = new Float64Array(environment.observationSize);
    environment.observe(state, seen);
    return seen;
  };

  return {
    reset: () => {
      environment.reset(state, random);
      steps = 0;
      running = true;
      return observation();
    },
    step: (action) => {
      if (!running) {
        throw new Error(
          `simulation: ${environment.name} must be reset before a step; call reset() first`,
        );
      }
      const chosen = Float64Array.from(typeof action === "number" ? [action] : action);
      requireAction(environment, chosen);
      requirePossible(environment, chosen, observation);
      const reward = environment.step(state, chosen, random);
      steps++;
      const terminated = environment.isTerminal(state);
      const truncated = !terminated && isCutOff(environment, state, steps);
      running = !terminated && !truncated;
      return { observation: observation(), reward, terminated, truncated };
    },
  };
}

function requireAction({ name, actionSpace }: Environment, action: Float64Array): void {
  const size = actionSize(actionSpace);
  if (action.length !== size) {
    throw new RangeError(
      `simulation: ${name} takes actions of ${size} numbers, got ${action.length}`,
    );
  }
  const counts = choiceCounts(actionSpace);
  counts.forEach((count, k) => {
    const choice = action[k];
    if (Number.isInteger(choice) && choice >= 0 && choice < count) return;
    const component = counts.length > 1 ? ` at index ${k}` : "";
    throw new RangeError(
      `simulation: an action of ${name} must be an integer from 0 to ${count - 1}${component}, got ${choice}; give the index of a choice`,
    );
  });
  const k = firstNonFinite(action);
  if (k >= 0) {
    throw new RangeError(
      `simulation: an action of ${name} must hold finite numbers, got ${action[k]} at index ${k}; look for what made it`,
    );
  }
}

function requirePossible(
  { name, actionSpace }: Environment,
  [choice]: Float64Array,
  observe: () => Float64Array,
): void {
  if (actionSpace.kind !== "discrete" || actionSpace.features === undefined) return;
  if (isPossible(actionSpace, observe(), choice)) return;
  throw new RangeError(
    `simulation: an action of ${name} must be possible in its state, got ${choice}; take one whose row of the observation ends in 1`,
  );
}
