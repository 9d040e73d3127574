import type { Vector } from "../../math/vector.ts";
import { type BoxSpace, type Environment } from "../environment.ts";

/**
 * The environment with some members replaced. What else the object holds, such as a problem whose
 * exact solution is known, is left behind: it tells of the process inside.
 */
export function wrapped(environment: Environment, own: Partial<Environment>): Environment {
  const { name, stateSize, observationSize, actionSpace, horizon } = environment;
  return {
    ...{ name, stateSize, observationSize, actionSpace, horizon },
    reset: (state, random) => environment.reset(state, random),
    step: (state, action, random) => environment.step(state, action, random),
    observe: (state, observation) => environment.observe(state, observation),
    isTerminal: (state) => environment.isTerminal(state),
    ...truncation(environment, (state) => state),
    ...own,
  };
}

/**
 * The environment with `extra` more numbers at the end of its state, zero after a reset, for wrappers
 * that remember something. The process inside sees its own part alone, through `inside`.
 */
export function extended(
  environment: Environment,
  extra: number,
  make: (inside: Inside) => Partial<Environment>,
): Environment {
  const inside = createInside(environment);
  const { load } = inside;
  return wrapped(environment, {
    stateSize: environment.stateSize + extra,
    reset: (state, random) => {
      const own = load(state);
      environment.reset(own, random);
      inside.store(state);
      state.fill(0, own.length);
    },
    step: (state, action, random) => {
      const reward = environment.step(load(state), action, random);
      inside.store(state);
      return reward;
    },
    observe: (state, observation) => environment.observe(load(state), observation),
    isTerminal: (state) => environment.isTerminal(load(state)),
    ...truncation(environment, load),
    ...make(inside),
  });
}

/** The leading numbers of a state as a vector of its own, valid until the next `load`. */
export interface Inside {
  readonly load: (state: Vector) => Vector;
  /** state ← what was loaded, as the process left it. */
  readonly store: (state: Vector) => void;
}

function createInside({ stateSize }: Environment): Inside {
  const own = new Float64Array(stateSize);
  return {
    load: (state) => {
      for (let k = 0; k < stateSize; k++) own[k] = state[k];
      return own;
    },
    store: (state) => {
      for (let k = 0; k < stateSize; k++) state[k] = own[k];
    },
  };
}

function truncation(
  environment: Environment,
  load: (state: Vector) => Vector,
): Pick<Environment, "isTruncated"> {
  if (environment.isTruncated === undefined) return {};
  return { isTruncated: (state) => environment.isTruncated?.(load(state)) === true };
}

/** The box of an environment. @throws RangeError unless it is one with finite bounds. */
export function finiteBoxOf(owner: string, { name, actionSpace }: Environment): BoxSpace {
  if (actionSpace.kind !== "box") {
    throw new RangeError(`${owner}: ${name} must have a box of actions, got ${actionSpace.kind}`);
  }
  const bad = [...actionSpace.low, ...actionSpace.high].find((bound) => !Number.isFinite(bound));
  if (bad === undefined) return actionSpace;
  throw new RangeError(`${owner}: the box of ${name} must have finite bounds, got ${bad}`);
}

/** @throws RangeError where the observation describes the choices, which the wrapper would blur. */
export function requirePlainObservations(owner: string, { name, actionSpace }: Environment): void {
  if (actionSpace.kind !== "discrete" || actionSpace.features === undefined) return;
  throw new RangeError(
    `${owner}: the observation of ${name} must not describe its choices, got ${actionSpace.features} features each; leave ${owner} out`,
  );
}
