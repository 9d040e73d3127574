import type { Random } from "../../math/random.ts";
import { createRows, type Rows } from "../../math/rows.ts";
import type { Vector } from "../../math/vector.ts";
import type { Linearisation, Network } from "../network.ts";
import type { Shape } from "./plan.ts";

/**
 * The same network in float64 and plain loops: the referee of the kernels, and what is computed with
 * where WebAssembly SIMD is missing.
 */
export function refereeMlp(shape: Shape): Network {
  const { widths } = shape;
  return {
    inputSize: widths[0],
    outputSize: widths[widths.length - 1],
    parameterCount: parameterCount(widths),
    initialise: (theta, random) => initialise(widths, theta, random),
    linearisation: (rows) => linearisation(shape, rows),
  };
}

export function parameterCount(widths: readonly number[]): number {
  let count = 0;
  for (let l = 0; l + 1 < widths.length; l++) count += widths[l + 1] * (widths[l] + 1);
  return count;
}

/** W ~ N(0, 1/inputs), b = 0; the last W a hundred times smaller, so that η starts near 0. */
export function initialise(widths: readonly number[], theta: Vector, random: Random): void {
  let i = 0;
  for (let l = 0; l + 1 < widths.length; l++) {
    const scale = (l + 2 === widths.length ? 0.01 : 1) / Math.sqrt(widths[l]);
    const bias = i + widths[l] * widths[l + 1];
    while (i < bias) theta[i++] = scale * random.normal();
    i += widths[l + 1];
    theta.fill(0, bias, i);
  }
}

function linearisation({ widths, activation }: Shape, rows: number): Linearisation {
  const depth = widths.length - 1;
  const values = widths.map((width) => createRows(rows, width));
  const dots = widths.map((width) => createRows(rows, width));
  const offsets = widths.map((_, l) => parameterCount(widths.slice(0, l + 1)));
  const point = new Float64Array(offsets[depth]);

  /** φ′ at y = φ(z). */
  const slope = (y: number): number => (activation === "tanh" ? 1 - y * y : y > 0 ? 1 : 0);

  return {
    parameterCount: offsets[depth],
    outputs: values[depth],
    at: (theta, inputs) => {
      for (let i = 0; i < point.length; i++) point[i] = theta[i];
      values[0].data.set(inputs.data.subarray(0, values[0].data.length));
      for (let l = 0; l < depth; l++) {
        values[l + 1].data.fill(0);
        addAffine(theta, offsets[l], values[l], values[l + 1], true);
        if (l + 1 === depth) continue;
        const { data } = values[l + 1];
        for (let i = 0; i < data.length; i++) {
          data[i] = activation === "tanh" ? Math.tanh(data[i]) : Math.max(data[i], 0);
        }
      }
    },
    jvp: (v, out) => {
      for (let l = 0; l < depth; l++) {
        const to = l + 1 === depth ? out : dots[l + 1];
        to.data.fill(0);
        addAffine(v, offsets[l], values[l], to, true);
        if (l > 0) addAffine(point, offsets[l], dots[l], to, false);
        if (l + 1 < depth) {
          for (let i = 0; i < to.data.length; i++) to.data[i] *= slope(values[l + 1].data[i]);
        }
      }
    },
    vjp: (u, out) => {
      out.fill(0, 0, offsets[depth]);
      for (let l = depth - 1; l >= 0; l--) {
        const from = l + 1 === depth ? u : dots[l + 1];
        addOuter(from, values[l], out, offsets[l]);
        if (l === 0) continue;
        dots[l].data.fill(0);
        addTransposed(point, offsets[l], from, dots[l]);
        for (let i = 0; i < dots[l].data.length; i++) {
          dots[l].data[i] *= slope(values[l].data[i]);
        }
      }
    },
  };
}

/** yᵢ ← yᵢ + W xᵢ (+ b), with W and b at `offset` of θ. */
function addAffine(theta: Vector, offset: number, x: Rows, y: Rows, bias: boolean): void {
  const { width: n } = x;
  const { width: m } = y;
  for (let i = 0; i < x.count; i++) {
    for (let k = 0; k < m; k++) {
      let sum = bias ? theta[offset + m * n + k] : 0;
      for (let j = 0; j < n; j++) sum += theta[offset + k * n + j] * x.data[i * n + j];
      y.data[i * m + k] += sum;
    }
  }
}

/** dᵢ ← dᵢ + Wᵀ uᵢ. */
function addTransposed(theta: Vector, offset: number, u: Rows, d: Rows): void {
  const { width: m } = u;
  const { width: n } = d;
  for (let i = 0; i < u.count; i++) {
    for (let k = 0; k < m; k++) {
      const uik = u.data[i * m + k];
      for (let j = 0; j < n; j++) d.data[i * n + j] += theta[offset + k * n + j] * uik;
    }
  }
}

/** out ← out + (Σᵢ uᵢ xᵢᵀ, Σᵢ uᵢ) at `offset`. */
function addOuter(u: Rows, x: Rows, out: Vector, offset: number): void {
  const { width: m } = u;
  const { width: n } = x;
  for (let i = 0; i < u.count; i++) {
    for (let k = 0; k < m; k++) {
      const uik = u.data[i * m + k];
      for (let j = 0; j < n; j++) out[offset + k * n + j] += uik * x.data[i * n + j];
      out[offset + m * n + k] += uik;
    }
  }
}
