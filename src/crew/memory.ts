import { actionSize, type Environment } from "../environment/environment.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { laneSize } from "../rollout/lanes.ts";
import type { Policy } from "../policy/policy.ts";
import type { Recipe } from "./recipe.ts";
import { rolloutShards, rowShards, type Span } from "./shards.ts";

/** The sizes that decide where everything lies, none of which knows the number of threads. */
export interface Shape {
  /** N. */
  readonly rows: number;
  readonly stepsPerEnvironment: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly stateSize: number;
  /** Numbers that say where a copy of the environment is. */
  readonly laneSize: number;
  /** Width of η. */
  readonly outputSize: number;
  /** P. */
  readonly parameterCount: number;
  /** Environments of each shard of the roll-out. */
  readonly rollout: readonly Span[];
  /** Rows of each shard of the batch. */
  readonly batch: readonly Span[];
}

/** The same in every thread. @throws RangeError for counts that are not positive integers. */
export function shapeOf(recipe: Recipe, environment: Environment, policy: Policy): Shape {
  const { environments, stepsPerEnvironment } = recipe;
  for (const [name, value] of Object.entries({ environments, stepsPerEnvironment })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(`recipe: ${name} must be a positive integer, got ${value}`);
  }
  const rows = environments * stepsPerEnvironment;
  const { parameterCount, outputSize } = policy.network;
  return {
    rows,
    stepsPerEnvironment,
    observationSize: environment.observationSize,
    actionSize: actionSize(environment.actionSpace),
    stateSize: environment.stateSize,
    laneSize: laneSize(environment),
    outputSize,
    parameterCount,
    rollout: rolloutShards(environments),
    batch: rowShards(rows, parameterCount),
  };
}

/** What the threads exchange; between two barriers each number has one writer. */
export interface Exchange {
  readonly theta: Vector;
  /** Statistics of the observations, where the policy normalises them. */
  readonly statistics: Vector;
  /** θ′ or v, P numbers. */
  readonly argument: Vector;
  /** A vector of P numbers from each shard of the batch. */
  readonly partials: Rows;
  /** Gain, KL, sum of the ratios and of their squares of each shard of the batch. */
  readonly measurements: Rows;
  readonly observations: Rows;
  readonly actions: Rows;
  readonly rewards: Vector;
  readonly advantages: Vector;
  readonly weights: Vector;
  /** η. */
  readonly outputs: Rows;
  /** Tangents J v, or cotangents u. */
  readonly tangents: Rows;
  /** Episodes and finished episodes of each shard of the roll-out. */
  readonly counts: Rows;
  /** Start, end, steps before, and 1 where it terminated; those of a shard begin at its first row. */
  readonly episodes: Rows;
  readonly lastObservations: Rows;
  /** Return and length; those of a shard begin at its first row. */
  readonly finished: Rows;
  /** Where each copy of the environment is. */
  readonly lanes: Rows;
  /** The fault of each shard of the roll-out: 1 where there is one, then its numbers. */
  readonly faults: Rows;
  /** Where the two streams of each shard of the roll-out are. */
  readonly streams: Rows;
}

export interface Memory extends Exchange {
  /** Words of the protocol. */
  readonly control: Int32Array;
  /** Room for the error of each thread. */
  readonly errors: readonly Uint8Array[];
}

/** Numbers of a fault without its state. */
export const FAULT_SIZE = 5;
/** Numbers that say where a stream is. */
export const STREAM_SIZE = 4;

const CONTROL_WORDS = 16;
const ERROR_BYTES = 2048;

/** Bytes of the memory of a shape and a number of threads. */
export function memorySize(shape: Shape, workers: number): number {
  let numbers = 0;
  const nowhere = new Float64Array(0);
  exchange(shape, (count, width) => {
    numbers += count * width;
    return { count, width, data: nowhere };
  });
  return headSize(workers) + 8 * numbers;
}

/** Views of a buffer of `memorySize` bytes, which may be shared. */
export function openMemory(shape: Shape, workers: number, buffer: ArrayBufferLike): Memory {
  let offset = headSize(workers);
  const take = (count: number, width: number): Rows => {
    const data = new Float64Array(buffer, offset, count * width);
    offset += data.byteLength;
    return { count, width, data };
  };
  const errorAt = (_: unknown, i: number): Uint8Array =>
    new Uint8Array(buffer, 4 * CONTROL_WORDS + i * ERROR_BYTES, ERROR_BYTES);
  return {
    control: new Int32Array(buffer, 0, CONTROL_WORDS),
    errors: Array.from({ length: workers }, errorAt),
    ...exchange(shape, take),
  };
}

function headSize(workers: number): number {
  return 4 * CONTROL_WORDS + workers * ERROR_BYTES;
}

function exchange(shape: Shape, take: (count: number, width: number) => Rows): Exchange {
  const { rows, parameterCount, observationSize, outputSize, batch } = shape;
  return {
    theta: take(1, parameterCount).data,
    statistics: take(1, 2 * observationSize).data,
    argument: take(1, parameterCount).data,
    partials: take(batch.length, parameterCount),
    measurements: take(batch.length, 4),
    observations: take(rows, observationSize),
    actions: take(rows, shape.actionSize),
    rewards: take(1, rows).data,
    advantages: take(1, rows).data,
    weights: take(1, rows).data,
    outputs: take(rows, outputSize),
    tangents: take(rows, outputSize),
    counts: take(shape.rollout.length, 2),
    episodes: take(rows, 4),
    lastObservations: take(rows, observationSize),
    finished: take(rows, 2),
    lanes: take(rows / shape.stepsPerEnvironment, shape.laneSize),
    faults: take(shape.rollout.length, FAULT_SIZE + shape.stateSize),
    streams: take(shape.rollout.length, 2 * STREAM_SIZE),
  };
}

/** Rows `start` to `end` − 1, as a view. */
export function rowsAt({ width, data }: Rows, { start, end }: Span): Rows {
  return { count: end - start, width, data: data.subarray(start * width, end * width) };
}
