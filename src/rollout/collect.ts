import { actionSize, type Environment, isCutOff } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { jointly, type Resumable, streamsState } from "../math/resumable.ts";
import { createRows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import { predictorOf } from "../network/predictor.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch, Episode, EpisodeSummary, Fault } from "./batch.ts";
import { beginEpisode, createLanes, faultOf, isFaulty, type Lane, lanesState } from "./lanes.ts";

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

  const begin = (lane: Lane, start: number): void =>
    beginEpisode(environment, lane, start, streams.environment);
  lanes.forEach((lane) => begin(lane, 0));

  const faults: Fault[] = [];
  const stepLane = (e: number, row: number): void => {
    const lane = lanes[e];
    buffers.record(row, lane);
    const reward = environment.step(lane.state, lane.action, streams.environment);
    environment.observe(lane.state, lane.observation);
    buffers.rewards[row] = reward;
    if (faults.length === 0 && isFaulty(lane, reward)) faults.push(faultOf(e, lane, reward));
    lane.return += reward;
    lane.length++;
    const terminated = environment.isTerminal(lane.state);
    if (terminated || isCutOff(environment, lane.state, lane.length)) {
      buffers.close(lane, row + 1, terminated);
      buffers.finished.push({ return: lane.return, length: lane.length });
      begin(lane, row + 1);
    }
  };

  return {
    state: jointly({ streams: streamsState(streams), lanes: lanesState(environment, lanes) }),
    collect: () => {
      buffers.clear();
      faults.length = 0;
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
        if (lane.start < end) buffers.close(lane, end, false);
      });
      const [fault] = faults;
      return { ...buffers.batch(), environments: count, ...(faults.length > 0 && { fault }) };
    },
  };
}

/** The arrays of a batch, and the episodes as they close. */
interface Buffers {
  readonly rewards: Vector;
  readonly finished: EpisodeSummary[];
  clear(): void;
  record(row: number, lane: Lane): void;
  close(lane: Lane, end: number, terminated: boolean): void;
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

  const copy = (from: Vector, to: Vector, offset: number): void => {
    for (let k = 0; k < from.length; k++) to[offset + k] = from[k];
  };

  return {
    rewards,
    finished,
    clear: () => {
      episodes.length = 0;
      finished.length = 0;
    },
    record: (row, lane) => {
      copy(lane.observation, observations.data, row * width);
      copy(lane.action, actions.data, row * actions.width);
    },
    close: ({ start, elapsed, observation }, end, terminated) => {
      const offset = episodes.length * width;
      if (offset + width > last.length) {
        const grown = new Float64Array(2 * last.length);
        grown.set(last);
        last = grown;
      }
      copy(observation, last, offset);
      episodes.push({ start, end, elapsed, ending: terminated ? "terminated" : "truncated" });
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
