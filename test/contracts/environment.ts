import { describe, expect, it } from "vitest";
import {
  actionSize,
  checkEnvironment,
  createRandom,
  type Environment,
  isPossible,
} from "../../src/index.ts";
import { typedArraysMade } from "../support/allocations.ts";

const STEPS = 150;

/** What every environment promises. */
export function describeEnvironment(name: string, make: () => Environment): void {
  describe(`${name} as an environment`, () => {
    it("breaks no rule that checkEnvironment knows", () => {
      for (const seed of [0, 1, "another"]) {
        expect(checkEnvironment(make(), { seed, steps: 400 })).toEqual([]);
      }
    });

    it("gives the same trajectory for the same seed, from one instance or from two", () => {
      const environment = make();
      const first = trajectory(environment, 3);
      expect(trajectory(environment, 3)).toEqual(first);
      expect(trajectory(make(), 3)).toEqual(first);
      expect(trajectory(make(), 4)).not.toEqual(first);
    });

    it("holds no state: two episodes taken in turns are the two taken one after the other", () => {
      const alone = [1, 2].map((seed) => trajectory(make(), seed));
      const environment = make();
      const lanes = [1, 2].map((seed) => createLane(environment, seed));
      for (let t = 0; t < STEPS; t++) lanes.forEach((lane) => lane.step());
      expect(lanes.map(({ visits }) => visits)).toEqual(alone);
    });

    it("resets every entry of the state, whatever it held", () => {
      const environment = make();
      const [clean, dirty] = [0, NaN].map((value) => {
        const state = new Float64Array(environment.stateSize).fill(value);
        environment.reset(state, createRandom("reset"));
        return state;
      });
      expect(dirty).toEqual(clean);
    });

    it("steps, observes and asks for the end without making an array", () => {
      const environment = make();
      const lane = createLane(environment, 5);
      lane.step();
      const work = (): void => {
        for (let t = 0; t < 5; t++) {
          environment.observe(lane.state, lane.observation);
          lane.choose();
          environment.step(lane.state, lane.action, lane.random);
          if (environment.isTerminal(lane.state)) environment.reset(lane.state, lane.random);
        }
      };
      expect(typedArraysMade(work)).toBe(0);
    });
  });
}

/** An episode after another under random possible actions. */
function createLane(environment: Environment, seed: number) {
  const random = createRandom(seed);
  const state = new Float64Array(environment.stateSize);
  const action = new Float64Array(actionSize(environment.actionSpace));
  const observation = new Float64Array(environment.observationSize);
  const visits: { state: number[]; reward: number }[] = [];
  let length = 0;
  environment.reset(state, random);
  const choose = (): void => {
    const space = environment.actionSpace;
    if (space.kind === "discrete") {
      for (let tries = 0; tries < 1000; tries++) {
        action[0] = Math.floor(random.uniform(0, space.count));
        if (isPossible(space, observation, action[0])) return;
      }
      throw new Error(`${environment.name}: hardly a choice is possible`);
    } else if (space.kind === "multi-discrete") {
      space.counts.forEach((count, k) => {
        action[k] = Math.floor(random.uniform(0, count));
      });
    } else {
      for (let k = 0; k < action.length; k++) action[k] = 0.3 * random.normal();
    }
  };
  const step = (): void => {
    environment.observe(state, observation);
    choose();
    const reward = environment.step(state, action, random);
    visits.push({ state: [...state], reward });
    length++;
    if (environment.isTerminal(state) || length >= environment.horizon) {
      environment.reset(state, random);
      length = 0;
    }
  };
  return { state, observation, action, random, visits, choose, step };
}

function trajectory(environment: Environment, seed: number): unknown {
  const lane = createLane(environment, seed);
  for (let t = 0; t < STEPS; t++) lane.step();
  return lane.visits;
}
