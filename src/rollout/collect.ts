import { actionSize, type Environment, isCutOff } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { jointly, type Resumable, streamsState } from "../math/resumable.ts";
import { createRows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import { predictorOf } from "../network/predictor.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch, Episode, EpisodeSummary } from "./batch.ts";
import { beginEpisode, createLanes, createWatch, type Lane, lanesState } from "./lanes.ts";

export interface CollectorOptions {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly random: Random;
  /** Copies of the environment that step side by side. */
  readonly environments: number;
  /** Steps of each copy in a batch: N = environments · stepsPerEnvironment. */
  readonly stepsPerEnvironment: number;
  /** Where the rows of every batch are written; buffers of the collector's own by default. */
  readonly into?: Pick<Batch, "observations" | "actions" | "rewards">;
}

/** Collects batches; an episode that the end of a batch cuts off goes on in the next. */
export interface Collector {
  /** One batch under the policy's present θ, in buffers that the next call overwrites. */
  collect(): Batch;
  /** Where the copies of the environment and the streams are; between batches. */
  readonly state: Resumable;
}

/**
 * A collector of N = environments · stepsPerEnvironment steps a batch, row e·T + t for step t of
 * copy e. All copies share two streams, `environment` and `action`, drawn in a fixed order.
 *
 * @throws RangeError for counts that are not positive integers.
 */
export function createCollector(options: CollectorOptions): Collector {
  const { environment, policy, environments: count, stepsPerEnvironment: horizon } = options;
  requireCount("createCollector", "environments", count);
  requireCount("createCollector", "stepsPerEnvironment", horizon);
  const streams = {
    environment: options.random.split("environment"),
    action: options.random.split("action"),
  };
  const buffers = createBuffers(
    environment,
    options.into ?? createBatchRows(environment, count * horizon),
  );
  const predictor = predictorOf(policy.network, count);
  const seen = createRows(count, environment.observationSize);
  const chosen = createRows(count, actionSize(environment.actionSpace));
  const lanes = createLanes(environment, seen, chosen);
  const watch = createWatch(lanes);

  const begin = (lane: Lane, start: number): void =>
    beginEpisode(environment, lane, start, streams.environment);
  lanes.forEach((lane) => begin(lane, 0));

  const stepLane = (e: number, row: number): void => {
    const lane = lanes[e];
    if (Number.isNaN(buffers.record(row, lane))) watch.examine(e, lane.length, 0);
    const reward = environment.step(lane.state, lane.action, streams.environment);
    environment.observe(lane.state, lane.observation);
    buffers.rewards[row] = reward;
    if (Number.isNaN(reward)) watch.examine(e, lane.length + 1, reward);
    lane.return += reward;
    lane.length++;
    const terminated = environment.isTerminal(lane.state);
    if (terminated || isCutOff(environment, lane.state, lane.length)) {
      if (Number.isNaN(buffers.close(lane, row + 1, terminated))) watch.examine(e, lane.length, 0);
      buffers.finished.push({ return: lane.return, length: lane.length });
      begin(lane, row + 1);
    }
  };

  return {
    state: jointly({ streams: streamsState(streams), lanes: lanesState(environment, lanes) }),
    collect: () => {
      buffers.clear();
      watch.clear();
      lanes.forEach((lane, e) => {
        lane.elapsed = lane.length;
        lane.start = e * horizon;
      });
      predictor.at(policy.theta);
      for (let t = 0; t < horizon; t++) {
        predictor.predict(seen);
        policy.distribution.sample(predictor.outputs, streams.action, chosen);
        for (let e = 0; e < count; e++) stepLane(e, e * horizon + t);
      }
      lanes.forEach((lane, e) => {
        const end = (e + 1) * horizon;
        const sum = lane.start < end ? buffers.close(lane, end, false) : 0;
        if (Number.isNaN(sum)) watch.examine(e, lane.length, 0);
      });
      return { ...buffers.batch(), environments: count, ...watch.found() };
    },
  };
}

/** The arrays of a batch, and the episodes as they close. */
interface Buffers {
  readonly rewards: Vector;
  readonly finished: EpisodeSummary[];
  clear(): void;
  /** Returns the sum of the observation, NaN where a part of it is. */
  record(row: number, lane: Lane): number;
  /** Returns the sum of the last observation. */
  close(lane: Lane, end: number, terminated: boolean): number;
  batch(): Batch;
}

type BatchRows = NonNullable<CollectorOptions["into"]>;

function createBatchRows(environment: Environment, n: number): BatchRows {
  return {
    observations: createRows(n, environment.observationSize),
    actions: createRows(n, actionSize(environment.actionSpace)),
    rewards: new Float64Array(n),
  };
}

function createBuffers(environment: Environment, rows: BatchRows): Buffers {
  const { observations, actions, rewards } = rows;
  const width = environment.observationSize;
  const episodes: Episode[] = [];
  const finished: EpisodeSummary[] = [];
  let last = new Float64Array(64 * width);

  /** Returns the sum of what it copies. */
  const copy = (from: Vector, to: Vector, offset: number): number => {
    let sum = 0;
    for (let k = 0; k < from.length; k++) {
      const value = from[k];
      to[offset + k] = value;
      sum += value;
    }
    return sum;
  };

  return {
    rewards,
    finished,
    clear: () => {
      episodes.length = 0;
      finished.length = 0;
    },
    record: (row, lane) => {
      copy(lane.action, actions.data, row * actions.width);
      return copy(lane.observation, observations.data, row * width);
    },
    close: ({ start, elapsed, observation }, end, terminated) => {
      const offset = episodes.length * width;
      if (offset + width > last.length) {
        const grown = new Float64Array(2 * last.length);
        grown.set(last);
        last = grown;
      }
      episodes.push({ start, end, elapsed, ending: terminated ? "terminated" : "truncated" });
      return copy(observation, last, offset);
    },
    batch: () => ({
      observations,
      actions,
      rewards,
      episodes,
      finished,
      lastObservations: { count: episodes.length, width, data: last },
    }),
  };
}
