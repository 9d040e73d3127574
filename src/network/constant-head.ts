import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { DenseLayer } from "./dense.ts";
import type { LayerTrace, Linearisation, Network, Origin, Predictor } from "./network.ts";
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
  const network: Network = {
    inputSize: body.inputSize,
    outputSize: body.outputSize + initial.length,
    parameterCount,
    initialise: (theta, random) => {
      body.initialise(theta, random);
      theta.set(initial, body.parameterCount);
    },
    linearisation: (rows) => linearisation(network, body, body.linearisation(rows)),
    predictor: (rows) => predictor(body, rows, initial.length),
  };
  return network;
}

function linearisation(
  network: Network,
  body: Network,
  inner: Linearisation,
): ConstantHeadLinearisation {
  const rows = inner.outputs.count;
  const constants = network.outputSize - body.outputSize;
  const outputs = createRows(rows, body.outputSize + constants);
  const scratch = createRows(rows, body.outputSize);
  const offset = body.parameterCount;
  let origin: Origin = { network, theta: new Float64Array(0), inputs: createRows(0, 0) };
  return {
    body: inner,
    parameterCount: network.parameterCount,
    outputs,
    get origin() {
      return origin;
    },
    at: (theta, inputs) => {
      origin = { network, theta, inputs };
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
    ...(inner.layers && { layers: headLayers(body, inner, scratch, constants) }),
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

/** The layers of the body, then the constants as a layer c = b without inputs. */
function headLayers(
  body: Network,
  inner: Linearisation,
  scratch: Rows,
  constants: number,
): (u: Rows) => readonly LayerTrace[] {
  const { count, width } = scratch;
  const layer: DenseLayer = {
    offset: body.parameterCount,
    inputs: 0,
    outputs: constants,
    bias: true,
  };
  const inputs = createRows(count, 0);
  const cotangents = createRows(count, constants);
  return (u) => {
    copyColumns(u, 0, scratch);
    copyColumns(u, width, cotangents);
    return [...(inner.layers?.(scratch) ?? []), { layer, inputs, cotangents }];
  };
}

/** outᵢ ← the numbers of uᵢ from column `from` on. */
function copyColumns(u: Rows, from: number, out: Rows): void {
  const { width } = out;
  for (let i = 0; i < out.count; i++) {
    for (let k = 0; k < width; k++) out.data[i * width + k] = u.data[i * u.width + from + k];
  }
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
