import { type Batch, type Episode, rowsFrom } from "../../src/index.ts";

/** One part of a batch made by hand: rewards, how it ended, and the observation after it. */
export interface Part {
  readonly rewards: readonly number[];
  readonly ending: Episode["ending"];
  /** The observations, one number each; 0, 1, 2, … where left out. */
  readonly observations?: readonly number[];
  readonly last?: number;
  readonly elapsed?: number;
}

/** A batch of the parts end to end, one number an observation, actions all zero. */
export function batchOf(parts: readonly Part[]): Batch {
  let start = 0;
  const episodes = parts.map(({ rewards, ending, elapsed = 0 }) => {
    const episode = { start, end: start + rewards.length, ending, elapsed };
    start = episode.end;
    return episode;
  });
  const observations = parts.flatMap(({ rewards, observations: given }) =>
    rewards.map((_, t) => [given ? given[t] : t]),
  );
  return {
    observations: rowsFrom(observations),
    actions: rowsFrom(observations.map(() => [0])),
    rewards: Float64Array.from(parts.flatMap(({ rewards }) => rewards)),
    episodes,
    lastObservations: rowsFrom(parts.map(({ last = 0 }) => [last])),
    finished: [],
  };
}
