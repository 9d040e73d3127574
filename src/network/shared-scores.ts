import { createRows, type Rows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation, Network, Origin, Predictor } from "./network.ts";
import { predictorOf } from "./predictor.ts";

/**
 * η_a = f(φ_a; θ) for each of `count` choices: one network, with one output, scores them all from
 * what describes them, x = (φ₀ … φ_{count−1}). With f linear and a softmax behind it,
 * π(a | s; θ) ∝ exp(θᵀφ_sa).
 *
 * The last number of φ_a is 1 where choice a is possible; where it is 0, η_a = −∞ whatever θ is, and
 * its derivative 0. Source: Bertsekas & Tsitsiklis 1996 and Kakade 2002 for Tetris.
 *
 * @throws RangeError for a count that is not a positive integer, or a network with more outputs.
 */
export function sharedScores(count: number, score: Network): Network {
  requireCount("sharedScores", "count", count);
  if (score.outputSize !== 1) {
    throw new RangeError(
      `sharedScores: the network must have one output, the score of a choice, got ${score.outputSize}`,
    );
  }
  const network: Network = {
    inputSize: count * score.inputSize,
    outputSize: count,
    parameterCount: score.parameterCount,
    initialise: (theta, random) => score.initialise(theta, random),
    linearisation: (rows) => linearisation(network, score.linearisation(rows * count), rows),
    predictor: (rows) => predictor(network, predictorOf(score, rows * count), rows),
  };
  return network;
}

function linearisation(network: Network, inner: Linearisation, rows: number): Linearisation {
  const { outputSize: count } = network;
  const outputs = createRows(rows, count);
  const scores = createRows(rows * count, 1);
  const possible = new Uint8Array(rows * count);
  let origin: Origin = { network, theta: new Float64Array(0), inputs: createRows(rows, 0) };
  return {
    parameterCount: inner.parameterCount,
    outputs,
    get origin() {
      return origin;
    },
    at: (theta, inputs) => {
      origin = { network, theta, inputs };
      const described = byChoice(inputs, count);
      inner.at(theta, described);
      findPossible(described, possible);
      keepPossible(inner.outputs.data, possible, -Infinity, outputs.data);
    },
    jvp: (v, out) => {
      inner.jvp(v, scores);
      keepPossible(scores.data, possible, 0, out.data);
    },
    vjp: (u, out) => {
      keepPossible(u.data, possible, 0, scores.data);
      inner.vjp(scores, out);
    },
  };
}

function predictor({ outputSize: count }: Network, inner: Predictor, rows: number): Predictor {
  const outputs = createRows(rows, count);
  const possible = new Uint8Array(rows * count);
  return {
    outputs,
    at: (theta) => inner.at(theta),
    predict: (inputs) => {
      const described = byChoice(inputs, count);
      inner.predict(described);
      findPossible(described, possible);
      keepPossible(inner.outputs.data, possible, -Infinity, outputs.data);
    },
  };
}

/** The same numbers as a row for each choice. */
function byChoice({ count: rows, width, data }: Rows, count: number): Rows {
  return { count: rows * count, width: width / count, data };
}

/** out ← whether the last number of each choice is other than 0. */
function findPossible({ width, data }: Rows, out: Uint8Array): void {
  for (let i = 0; i < out.length; i++) out[i] = data[i * width + width - 1] === 0 ? 0 : 1;
}

/** out ← the values of possible choices, and `otherwise` for the others. */
function keepPossible(values: Vector, possible: Uint8Array, otherwise: number, out: Vector): void {
  for (let i = 0; i < possible.length; i++) out[i] = possible[i] === 0 ? otherwise : values[i];
}
