import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
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
  const parameterCount = outputSize * (inputSize + (bias ? 1 : 0));
  return {
    inputSize,
    outputSize,
    parameterCount,
    initialise: (theta) => void theta.fill(0, 0, parameterCount),
    linearisation: (rows) => linearisation(createRows(rows, outputSize), parameterCount, bias),
  };
}

function linearisation(outputs: Rows, parameterCount: number, bias: boolean): Linearisation {
  let x: Rows = createRows(0, 0);
  return {
    parameterCount,
    outputs,
    at: (theta, inputs) => {
      x = inputs;
      affine(theta, x, bias, outputs);
    },
    jvp: (v, out) => affine(v, x, bias, out),
    vjp: (u, out) => outerSum(u, x, bias, out),
  };
}

/** yᵢ ← W xᵢ + b. */
function affine(theta: Vector, x: Rows, bias: boolean, y: Rows): void {
  const { width: n, data: xs } = x;
  const { width: m, data: ys } = y;
  for (let i = 0; i < y.count; i++) {
    for (let k = 0; k < m; k++) {
      let sum = bias ? theta[m * n + k] : 0;
      for (let j = 0; j < n; j++) sum += theta[k * n + j] * xs[i * n + j];
      ys[i * m + k] = sum;
    }
  }
}

/** out ← (Σᵢ uᵢ xᵢᵀ row-major, Σᵢ uᵢ). */
function outerSum(u: Rows, x: Rows, bias: boolean, out: Vector): void {
  const { width: n, data: xs } = x;
  const { width: m, data: us } = u;
  out.fill(0, 0, m * n + (bias ? m : 0));
  for (let i = 0; i < u.count; i++) {
    for (let k = 0; k < m; k++) {
      const uik = us[i * m + k];
      for (let j = 0; j < n; j++) out[k * n + j] += uik * xs[i * n + j];
      if (bias) out[m * n + k] += uik;
    }
  }
}
