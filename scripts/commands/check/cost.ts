import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  actionSize,
  createCollector,
  createRandom,
  type Environment,
  isCutOff,
  isPossible,
  policyFor,
} from "../../../src/index.ts";

/** What stepping costs on this machine, once warm. */
export interface Cost {
  readonly stepsPerSecond: number;
  /** Bytes of heap that `step` and `observe` allocate. */
  readonly bytesPerStep: number;
}

/** Times about half a second of steps, and counts the heap over a stretch without collection. */
export function measureCost(environment: Environment, seed: number): Cost {
  const walk = createWalk(environment, seed);
  walk(2000);
  let steps = 1000;
  let seconds = 0;
  for (; seconds < 0.2; steps *= 2) {
    const began = performance.now();
    walk(steps);
    seconds = (performance.now() - began) / 1000;
  }
  return { stepsPerSecond: steps / 2 / seconds, bytesPerStep: allocation(walk) };
}

/** The least of several stretches, since what else runs in the process allocates too. */
function allocation(walk: (steps: number) => void): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const stretches = Array.from({ length: 5 }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    walk(2000);
    return (process.memoryUsage().heapUsed - before) / 2000;
  });
  return Math.max(0, Math.min(...stretches));
}

/** Steps with the actions of one random batch, drawn beforehand, so that only the environment works. */
function createWalk(environment: Environment, seed: number): (steps: number) => void {
  const random = createRandom(seed);
  const actions = randomActions(environment, seed);
  const state = new Float64Array(environment.stateSize);
  const observation = new Float64Array(environment.observationSize);
  let [length, next] = [Infinity, 0];
  return (steps) => {
    for (let t = 0; t < steps; t++) {
      if (isCutOff(environment, state, length) || environment.isTerminal(state)) {
        environment.reset(state, random);
        length = 0;
      }
      environment.observe(state, observation);
      toPossible(environment, observation, actions[next]);
      environment.step(state, actions[next], random);
      next = (next + 1) % actions.length;
      length++;
    }
  };
}

/** Moves on to the next choice that is possible. */
function toPossible(
  { actionSpace: space }: Environment,
  observation: Float64Array,
  action: Float64Array,
): void {
  if (space.kind !== "discrete" || space.features === undefined) return;
  while (!isPossible(space, observation, action[0])) action[0] = (action[0] + 1) % space.count;
}

function randomActions(environment: Environment, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const policy = policyFor(environment, random);
  const collector = createCollector({
    ...{ environment, policy, random, environments: 1, stepsPerEnvironment: 256 },
  });
  const { actions } = collector.collect();
  const width = actionSize(environment.actionSpace);
  return Array.from({ length: actions.count }, (_, i) =>
    actions.data.slice(i * width, (i + 1) * width),
  );
}
