import { createRows, type Rows } from "../math/rows.ts";
import { affine, type DenseLayer, layerSize, outerSum } from "./dense.ts";
import type { Linearisation, Network } from "./network.ts";

export interface LinearOptions {
  /** Whether to add b; without it f(0) = 0. */
  readonly bias?: boolean;
}

/**
 * f(x; θ) = W x + b with θ = (W row-major, b), started at zero.
 *
 * J v = V x + v_b, and Jᵀu = (Σᵢ uᵢ xᵢᵀ, Σᵢ uᵢ).
 */
export function linear(
  inputSize: number,
  outputSize: number,
  { bias = true }: LinearOptions = {},
): Network {
  const layer: DenseLayer = { offset: 0, inputs: inputSize, outputs: outputSize, bias };
  const parameterCount = layerSize(layer);
  return {
    inputSize,
    outputSize,
    parameterCount,
    initialise: (theta) => void theta.fill(0, 0, parameterCount),
    linearisation: (rows) => linearisation(layer, createRows(rows, outputSize)),
  };
}

function linearisation(layer: DenseLayer, outputs: Rows): Linearisation {
  let x: Rows = createRows(0, 0);
  return {
    parameterCount: layerSize(layer),
    outputs,
    at: (theta, inputs) => {
      x = inputs;
      affine(layer, theta, x, outputs);
    },
    jvp: (v, out) => affine(layer, v, x, out),
    vjp: (u, out) => outerSum(layer, u, x, out),
  };
}
