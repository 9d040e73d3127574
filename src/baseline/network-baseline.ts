import type { Random } from "../math/random.ts";
import {
  jointly,
  requireVector,
  type Resumable,
  streamsState,
  vectorState,
} from "../math/resumable.ts";
import { copyRow, createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation, Network } from "../network/network.ts";
import { createAdam } from "./adam.ts";
import type { Baseline } from "./baseline.ts";

export interface NetworkBaselineOptions {
  /** V; it must have one output. */
  readonly network: Network;
  /** Gives the first parameters and the order of the mini-batches. */
  readonly random: Random;
  readonly learningRate?: number;
  /** Passes over the batch in each fit. */
  readonly passes?: number;
  /** Rows of one step of Adam, or Infinity for all; the last of a pass may have fewer. */
  readonly minibatch?: number;
}

/** ε of Adam, as Stable-Baselines3 sets it for its actor-critic policies. */
const EPSILON = 1e-5;

/** Rows of one prediction where a step of Adam takes all. */
const CHUNK = 128;

/**
 * V(o) = network(o; θ), fitted by Adam on (1/n) Σ (V(oᵢ) − Rᵢ)² over shuffled mini-batches, going on
 * from the last fit.
 *
 * The defaults are the critic's of sb3-contrib TRPO: learning rate 10⁻³, 10 passes, mini-batches of
 * 128. Returns are not rescaled, so V learns slowly where they are large.
 *
 * @throws RangeError for a network with more than one output, counts that are not positive integers,
 * or observations of another size than the network takes.
 */
export function networkBaseline({
  network,
  random,
  learningRate = 1e-3,
  passes = 10,
  minibatch = 128,
}: NetworkBaselineOptions): Baseline {
  requireOptions(network, passes, minibatch);
  const theta = new Float64Array(network.parameterCount);
  network.initialise(theta, random.split("network"));
  const streams = { shuffling: random.split("shuffle") };
  const adam = createAdam({ size: theta.length, learningRate, epsilon: EPSILON });
  const predicting = createWork(network, minibatch === Infinity ? CHUNK : minibatch);
  let fitting = predicting;
  const g = new Float64Array(theta.length);
  const order = { rows: new Int32Array(0) };

  /** One step of Adam on the rows order[start] … order[end − 1]. */
  const descend = (observations: Rows, returns: Vector, start: number, end: number): void => {
    const { point, inputs, cotangent } = fitting;
    for (let i = start; i < end; i++) copyRow(observations, order.rows[i], inputs, i - start);
    point.at(theta, inputs);
    // ∂L/∂V = (2/n)(V − R); rows beyond a short mini-batch count for nothing
    cotangent.data.fill(0);
    for (let i = start; i < end; i++) {
      const error = point.outputs.data[i - start] - returns[order.rows[i]];
      cotangent.data[i - start] = (2 / (end - start)) * error;
    }
    point.vjp(cotangent, g);
    adam.descend(g, theta);
  };

  return {
    state: jointly({
      theta: vectorState("theta of the baseline", theta),
      adam: adam.state,
      streams: streamsState(streams),
      order: orderState(order),
    }),
    predict: (observations, out) => {
      requireWidth(observations, network);
      predictWith(predicting, theta, observations, out);
    },
    fit: (observations, returns) => {
      requireWidth(observations, network);
      const { count } = observations;
      const rows = Number.isFinite(minibatch) ? minibatch : count;
      if (fitting.inputs.count !== rows) fitting = createWork(network, rows);
      if (order.rows.length !== count) order.rows = Int32Array.from({ length: count }, (_, i) => i);
      for (let pass = 0; pass < passes; pass++) {
        shuffle(order.rows, streams.shuffling);
        for (let start = 0; start < count; start += rows) {
          descend(observations, returns, start, Math.min(start + rows, count));
        }
      }
    },
  };
}

/** V linearised at some rows, and what goes in and comes back. */
interface Work {
  readonly point: Linearisation;
  readonly inputs: Rows;
  readonly cotangent: Rows;
}

function createWork(network: Network, rows: number): Work {
  return {
    point: network.linearisation(rows),
    inputs: createRows(rows, network.inputSize),
    cotangent: createRows(rows, 1),
  };
}

/** outᵢ ← V(oᵢ; θ), as many rows at a time as the work holds. */
function predictWith(
  { point, inputs }: Work,
  theta: Vector,
  observations: Rows,
  out: Vector,
): void {
  for (let start = 0; start < observations.count; start += inputs.count) {
    const count = Math.min(inputs.count, observations.count - start);
    for (let i = 0; i < count; i++) copyRow(observations, start + i, inputs, i);
    point.at(theta, inputs);
    for (let i = 0; i < count; i++) out[start + i] = point.outputs.data[i];
  }
}

/** The order of the mini-batches, in which each shuffle goes on from the one before. */
function orderState(order: { rows: Int32Array }): Resumable {
  return {
    save: () => Float64Array.from(order.rows),
    restore: (saved) => void (order.rows = Int32Array.from(requireVector(saved, "order"))),
  };
}

/** Puts the numbers in a uniformly random order. Source: Fisher & Yates, as Durstenfeld 1964. */
function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform(0, i + 1));
    const swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
}

function requireWidth({ width }: Rows, { inputSize }: Network): void {
  if (width === inputSize) return;
  throw new RangeError(
    `networkBaseline: observations must have the ${inputSize} numbers that the network takes, got ${width}`,
  );
}

function requireOptions(network: Network, passes: number, minibatch: number): void {
  if (network.outputSize !== 1) {
    throw new RangeError(
      `networkBaseline: the network must have one output, got ${network.outputSize}`,
    );
  }
  for (const [name, count] of Object.entries({ passes, minibatch })) {
    if ((Number.isInteger(count) || (name === "minibatch" && count === Infinity)) && count > 0) {
      continue;
    }
    throw new RangeError(`networkBaseline: ${name} must be a positive integer, got ${count}`);
  }
}
