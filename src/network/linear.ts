import { createRows, type Rows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import { affine, type DenseLayer, layerSize, outerSum } from "./dense.ts";
import type { Linearisation, Network, Predictor } from "./network.ts";

export interface LinearOptions {
  /** Whether to add b; without it f(0) = 0. */
  readonly bias?: boolean;
  /** W at the start, row-major; none for zero. */
  readonly initial?: readonly number[];
}

/**
 * f(x; θ) = W x + b with θ = (W row-major, b), started at zero unless told otherwise.
 *
 * J v = V x + v_b, and Jᵀu = (Σᵢ uᵢ xᵢᵀ, Σᵢ uᵢ).
 *
 * @throws RangeError for a size that is not a positive integer, or a W at the start of another size.
 */
export function linear(
  inputSize: number,
  outputSize: number,
  { bias = true, initial = [] }: LinearOptions = {},
): Network {
  requireCount("linear", "inputSize", inputSize);
  requireCount("linear", "outputSize", outputSize);
  requireInitial(initial, inputSize * outputSize);
  const layer: DenseLayer = { offset: 0, inputs: inputSize, outputs: outputSize, bias };
  const parameterCount = layerSize(layer);
  const network: Network = {
    inputSize,
    outputSize,
    parameterCount,
    initialise: (theta) => {
      theta.fill(0, 0, parameterCount);
      theta.set(initial);
    },
    linearisation: (rows) => linearisation(network, layer, createRows(rows, outputSize)),
    predictor: (rows) => predictor(layer, createRows(rows, outputSize)),
  };
  return network;
}

function requireInitial(initial: readonly number[], size: number): void {
  if (initial.length === 0 || (initial.length === size && initial.every(Number.isFinite))) return;
  throw new RangeError(
    `linear: initial must hold ${size} finite numbers, W row by row, or none, got [${initial.join(", ")}]`,
  );
}

function linearisation(network: Network, layer: DenseLayer, outputs: Rows): Linearisation {
  let w: Vector = new Float64Array(0);
  let x: Rows = createRows(0, 0);
  return {
    parameterCount: layerSize(layer),
    outputs,
    at: (theta, inputs) => {
      w = theta;
      x = inputs;
      affine(layer, theta, x, outputs);
    },
    jvp: (v, out) => affine(layer, v, x, out),
    vjp: (u, out) => outerSum(layer, u, x, out),
    layers: (u) => [{ layer, inputs: x, cotangents: u }],
    get origin() {
      return { network, theta: w, inputs: x };
    },
  };
}

/** W x + b row by row, without the blocking of `affine`, which costs more than it saves on few rows. */
function predictor({ inputs: n, outputs: m, bias }: DenseLayer, outputs: Rows): Predictor {
  const w = new Float64Array(m * n);
  const b = new Float64Array(m);
  return {
    outputs,
    at: (theta) => {
      for (let i = 0; i < w.length; i++) w[i] = theta[i];
      if (bias) for (let k = 0; k < m; k++) b[k] = theta[w.length + k];
    },
    predict: ({ data: x }) => {
      for (let i = 0; i < outputs.count; i++) {
        for (let k = 0; k < m; k++) {
          let sum = b[k];
          for (let j = 0; j < n; j++) sum += w[k * n + j] * x[i * n + j];
          outputs.data[i * m + k] = sum;
        }
      }
    },
  };
}
