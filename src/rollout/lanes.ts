import type { Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { requireVector, type Resumable } from "../math/resumable.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Fault } from "./batch.ts";

/** One copy of the environment and the episode that it is in. */
export interface Lane {
  readonly state: Vector;
  readonly observation: Vector;
  readonly action: Vector;
  /** Row at which the episode began in this batch. */
  start: number;
  /** Steps before that row. */
  elapsed: number;
  /** Steps and reward so far, over all batches. */
  length: number;
  return: number;
  /** Episodes that it has begun. */
  episodes: number;
}

/** The copies, with a row of what they see and of what is chosen each. */
export function createLanes(environment: Environment, seen: Rows, chosen: Rows): Lane[] {
  return Array.from({ length: seen.count }, (_, e) => ({
    state: new Float64Array(environment.stateSize),
    observation: seen.data.subarray(e * seen.width, (e + 1) * seen.width),
    action: chosen.data.subarray(e * chosen.width, (e + 1) * chosen.width),
    start: 0,
    elapsed: 0,
    length: 0,
    return: 0,
    episodes: 0,
  }));
}

/** Begins an episode of which `start` is the first row. */
export function beginEpisode(
  environment: Environment,
  lane: Lane,
  start: number,
  random: Random,
): void {
  environment.reset(lane.state, random);
  environment.observe(lane.state, lane.observation);
  lane.start = start;
  lane.elapsed = 0;
  lane.length = 0;
  lane.return = 0;
  lane.episodes++;
}

/** Looks for the first fault of a batch. */
export interface Watch {
  clear(): void;
  found(): { readonly fault?: Fault };
  /** Looks closely at lane e after a step of its episode, with a reward that its return does not hold yet. */
  examine(e: number, step: number, reward: number): void;
}

/** A watch over lanes that has seen nothing. */
export function createWatch(lanes: readonly Lane[]): Watch {
  const faults: Fault[] = [];
  return {
    clear: () => void (faults.length = 0),
    found: () => (faults.length === 0 ? {} : { fault: faults[0] }),
    examine: (environment, step, reward) => {
      const { observation, state, episodes, return: sum } = lanes[environment];
      const sound = !Number.isNaN(reward) && !observation.some(Number.isNaN);
      // Infinities that were summed before make NaN without any fault of the environment.
      if (sound || faults.length > 0 || !Number.isFinite(sum)) return;
      faults.push({ environment, episode: episodes, step, reward, state: state.slice() });
    },
  };
}

/** Numbers that say where a lane is: its state, length and return of its episode so far, episodes. */
export function laneSize({ stateSize }: Pick<Environment, "stateSize">): number {
  return stateSize + 3;
}

/** The state of lanes between two batches. */
export function lanesState(environment: Environment, lanes: readonly Lane[]): Resumable {
  const size = laneSize(environment);
  return {
    save: () =>
      Float64Array.from(
        lanes.flatMap((lane) => [...lane.state, lane.length, lane.return, lane.episodes]),
      ),
    restore: (saved) => {
      const numbers = requireVector(saved, "lanes", lanes.length * size);
      lanes.forEach((lane, e) => {
        const own = numbers.subarray(e * size, (e + 1) * size);
        lane.state.set(own.subarray(0, environment.stateSize));
        [lane.length, lane.return, lane.episodes] = own.subarray(environment.stateSize);
        environment.observe(lane.state, lane.observation);
      });
    },
  };
}
