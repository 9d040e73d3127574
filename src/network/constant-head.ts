import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation, Network, Predictor } from "./network.ts";
import { predictorOf } from "./predictor.ts";

/** The linearisation of a constant head, which still shows that of its body. */
export interface ConstantHeadLinearisation extends Linearisation {
  readonly body: Linearisation;
}

/**
 * η = (f(x; θ₁), c) with θ = (θ₁, c): appends outputs that are parameters themselves, such as log σ.
 *
 * With it policy = distribution ∘ network holds without exceptions. `initial` gives c at the start.
 */
export function constantHead(body: Network, initial: readonly number[]): Network {
  const parameterCount = body.parameterCount + initial.length;
  return {
    inputSize: body.inputSize,
    outputSize: body.outputSize + initial.length,
    parameterCount,
    initialise: (theta, random) => {
      body.initialise(theta, random);
      theta.set(initial, body.parameterCount);
    },
    linearisation: (rows) => linearisation(body, body.linearisation(rows), initial.length),
    predictor: (rows) => predictor(body, rows, initial.length),
  };
}

function linearisation(
  body: Network,
  inner: Linearisation,
  constants: number,
): ConstantHeadLinearisation {
  const rows = inner.outputs.count;
  const outputs = createRows(rows, body.outputSize + constants);
  const scratch = createRows(rows, body.outputSize);
  const offset = body.parameterCount;
  return {
    body: inner,
    parameterCount: offset + constants,
    outputs,
    at: (theta, inputs) => {
      inner.at(theta, inputs);
      append(inner.outputs, theta, offset, outputs);
    },
    jvp: (v, out) => {
      inner.jvp(v, scratch);
      append(scratch, v, offset, out);
    },
    vjp: (u, out) => {
      split(u, scratch, out, offset);
      inner.vjp(scratch, out);
    },
  };
}

function predictor(body: Network, rows: number, constants: number): Predictor {
  const inner = predictorOf(body, rows);
  const outputs = createRows(rows, body.outputSize + constants);
  const head = new Float64Array(constants);
  return {
    outputs,
    at: (theta) => {
      inner.at(theta);
      for (let k = 0; k < constants; k++) head[k] = theta[body.parameterCount + k];
    },
    predict: (inputs) => {
      inner.predict(inputs);
      append(inner.outputs, head, 0, outputs);
    },
  };
}

/** outᵢ ← (bodyᵢ, v from `offset` on). */
function append(body: Rows, v: Vector, offset: number, out: Rows): void {
  const { width: m } = body;
  const { width } = out;
  for (let i = 0; i < out.count; i++) {
    for (let k = 0; k < m; k++) out.data[i * width + k] = body.data[i * m + k];
    for (let k = m; k < width; k++) out.data[i * width + k] = v[offset + k - m];
  }
}

/** bodyᵢ ← the leading part of uᵢ; out from `offset` on ← Σᵢ of the rest. */
function split(u: Rows, body: Rows, out: Vector, offset: number): void {
  const { width: m } = body;
  const { width } = u;
  out.fill(0, offset, offset + width - m);
  for (let i = 0; i < u.count; i++) {
    for (let k = 0; k < m; k++) body.data[i * m + k] = u.data[i * width + k];
    for (let k = m; k < width; k++) out[offset + k - m] += u.data[i * width + k];
  }
}
