import { actionSize, type Environment } from "../environment/environment.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch, Episode, EpisodeSummary } from "./batch.ts";

/** A batch of whole episodes as it comes into being, in buffers that double when they are full. */
export interface GrowingBatch {
  /** Forgets all episodes. */
  clear(): void;
  /** Adds a step to the present episode. */
  add(observation: Vector, action: Vector, reward: number): void;
  /** Ends the present episode, after which came `observation`. */
  close(observation: Vector, terminated: boolean): void;
  /** All episodes since `clear`. Valid until the next step. */
  batch(): Batch;
}

export function createGrowingBatch({ observationSize, actionSpace }: Environment): GrowingBatch {
  const observations = createColumn(observationSize);
  const actions = createColumn(actionSize(actionSpace));
  const rewards = createColumn(1);
  const lastObservations = createColumn(observationSize);
  const episodes: Episode[] = [];
  const finished: EpisodeSummary[] = [];
  const one = new Float64Array(1);
  let start = 0;
  let steps = 0;
  let sum = 0;

  return {
    clear: () => {
      start = 0;
      steps = 0;
      sum = 0;
      episodes.length = 0;
      finished.length = 0;
    },
    add: (observation, action, reward) => {
      observations.put(steps, observation);
      actions.put(steps, action);
      one[0] = reward;
      rewards.put(steps, one);
      sum += reward;
      steps++;
    },
    close: (observation, terminated) => {
      lastObservations.put(episodes.length, observation);
      finished.push({ return: sum, length: steps - start });
      const ending = terminated ? "terminated" : "truncated";
      episodes.push({ start, end: steps, elapsed: 0, ending });
      start = steps;
      sum = 0;
    },
    batch: () => ({
      observations: observations.rows(steps),
      actions: actions.rows(steps),
      rewards: rewards.rows(steps).data,
      episodes,
      finished,
      lastObservations: lastObservations.rows(episodes.length),
    }),
  };
}

/** Rows in a buffer that doubles when it is full. */
interface Column {
  put(row: number, values: Vector): void;
  /** The first rows, in place. */
  rows(count: number): Batch["observations"];
}

function createColumn(width: number): Column {
  let data = new Float64Array(256 * width);
  return {
    put: (row, values) => {
      if ((row + 1) * width > data.length) {
        const grown = new Float64Array(2 * data.length);
        grown.set(data);
        data = grown;
      }
      for (let k = 0; k < width; k++) data[row * width + k] = values[k];
    },
    rows: (count) => ({ count, width, data: data.subarray(0, count * width) }),
  };
}
