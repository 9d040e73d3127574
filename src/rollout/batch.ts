import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** A run of consecutive steps in a batch: a whole episode, or a part of one. */
export interface Episode {
  /** First row. */
  readonly start: number;
  /** One past the last row. */
  readonly end: number;
  /** Terminated: the process ended. Truncated: the horizon, a bound, or the end of the batch cut it off. */
  readonly ending: "terminated" | "truncated";
  /** Steps that the episode had taken before row `start`, in an earlier batch. */
  readonly elapsed: number;
}

/** A whole episode that ended in this batch, wherever it began. */
export interface EpisodeSummary {
  /** Undiscounted Σ rₜ. */
  readonly return: number;
  /** Steps. */
  readonly length: number;
}

/** The first number that an environment returned and that is none. */
export interface Fault {
  /** Which copy of the environment, from 0. */
  readonly environment: number;
  /** Which episode of that copy, from 1, over all batches. */
  readonly episode: number;
  /** After which step of the episode; 0 for its start. */
  readonly step: number;
  /** The reward that is NaN; 0 where the observation is. */
  readonly reward: number;
  /** The state after the step. */
  readonly state: Vector;
}

/** N steps under one policy, or one and its perturbations, as parallel arrays, tiled by episodes. Valid until the next `collect`. */
export interface Batch {
  /** N × observationSize. */
  readonly observations: Rows;
  /** N × actionSize, as sampled (not clipped to the box). */
  readonly actions: Rows;
  /** N. */
  readonly rewards: Vector;
  /** Copies of the environment, 1 if left out: row e·N/copies + t is step t of copy e. */
  readonly environments?: number;
  /** In the order in which they ended. */
  readonly episodes: readonly Episode[];
  /** Row e is the observation after the last step of episode e: bootstrap from it if truncated. */
  readonly lastObservations: Rows;
  readonly finished: readonly EpisodeSummary[];
  /** Row e is δ where episode e was played under θ + δ and not θ; left out where all were under θ. */
  readonly perturbations?: Rows;
  /** A reward or observation of NaN, where a collector saw one; not after an overflow, which is no fault. */
  readonly fault?: Fault;
}
