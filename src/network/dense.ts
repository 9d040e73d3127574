import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/**
 * Where a layer z = W x + b lies in a vector of parameters: W from `offset`, row-major
 * [outputs][inputs], then b where there is a bias.
 */
export interface DenseLayer {
  readonly offset: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
}

// The loops below take four rows of W or x at a time, so that each number loaded is used four times.
// Every sum runs in the order of the plain loop, so the blocking changes no bit of a result.

/** The numbers of parameters in a layer. */
export function layerSize({ inputs, outputs, bias }: DenseLayer): number {
  return outputs * (inputs + (bias ? 1 : 0));
}

/** zᵢ ← W xᵢ + b. */
export function affine(layer: DenseLayer, theta: Vector, x: Rows, z: Rows): void {
  const { outputs: m, bias } = layer;
  const b = layer.offset + m * layer.inputs;
  for (let i = 0; i < z.count; i++) {
    for (let k = 0; k < m; k++) z.data[i * m + k] = bias ? theta[b + k] : 0;
  }
  addProduct(layer, theta, x, z);
}

/** zᵢ ← zᵢ + W xᵢ. */
export function addProduct(layer: DenseLayer, theta: Vector, x: Rows, z: Rows): void {
  const { offset, inputs: n, outputs: m } = layer;
  const { data: xs } = x;
  const { data: zs } = z;
  for (let i = 0; i < z.count; i++) {
    const xi = i * n;
    let k = 0;
    for (; k + 4 <= m; k += 4) {
      const w = offset + k * n;
      const zk = i * m + k;
      let z0 = zs[zk];
      let z1 = zs[zk + 1];
      let z2 = zs[zk + 2];
      let z3 = zs[zk + 3];
      for (let j = 0; j < n; j++) {
        const xij = xs[xi + j];
        z0 += theta[w + j] * xij;
        z1 += theta[w + n + j] * xij;
        z2 += theta[w + 2 * n + j] * xij;
        z3 += theta[w + 3 * n + j] * xij;
      }
      zs[zk] = z0;
      zs[zk + 1] = z1;
      zs[zk + 2] = z2;
      zs[zk + 3] = z3;
    }
    for (; k < m; k++) {
      let sum = zs[i * m + k];
      for (let j = 0; j < n; j++) sum += theta[offset + k * n + j] * xs[xi + j];
      zs[i * m + k] = sum;
    }
  }
}

/** yᵢ ← Wᵀ uᵢ. */
export function transposedProduct(layer: DenseLayer, theta: Vector, u: Rows, y: Rows): void {
  const { offset, inputs: n, outputs: m } = layer;
  const { data: us } = u;
  const { data: ys } = y;
  ys.fill(0, 0, u.count * n);
  for (let i = 0; i < u.count; i++) {
    const yi = i * n;
    let k = 0;
    for (; k + 4 <= m; k += 4) {
      const w = offset + k * n;
      const u0 = us[i * m + k];
      const u1 = us[i * m + k + 1];
      const u2 = us[i * m + k + 2];
      const u3 = us[i * m + k + 3];
      for (let j = 0; j < n; j++) {
        ys[yi + j] =
          ys[yi + j] +
          u0 * theta[w + j] +
          u1 * theta[w + n + j] +
          u2 * theta[w + 2 * n + j] +
          u3 * theta[w + 3 * n + j];
      }
    }
    for (; k < m; k++) {
      const uik = us[i * m + k];
      for (let j = 0; j < n; j++) ys[yi + j] += uik * theta[offset + k * n + j];
    }
  }
}

/** The layer's part of out ← (Σᵢ uᵢ xᵢᵀ row-major, Σᵢ uᵢ), summed in the order of the rows. */
export function outerSum(layer: DenseLayer, u: Rows, x: Rows, out: Vector): void {
  const { offset, inputs: n, outputs: m } = layer;
  const { data: us, count } = u;
  const { data: xs } = x;
  out.fill(0, offset, offset + layerSize(layer));
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const xi = i * n;
    for (let k = 0; k < m; k++) {
      const w = offset + k * n;
      const u0 = us[i * m + k];
      const u1 = us[i * m + m + k];
      const u2 = us[i * m + 2 * m + k];
      const u3 = us[i * m + 3 * m + k];
      for (let j = 0; j < n; j++) {
        out[w + j] =
          out[w + j] +
          u0 * xs[xi + j] +
          u1 * xs[xi + n + j] +
          u2 * xs[xi + 2 * n + j] +
          u3 * xs[xi + 3 * n + j];
      }
    }
  }
  for (; i < count; i++) {
    for (let k = 0; k < m; k++) {
      const uik = us[i * m + k];
      for (let j = 0; j < n; j++) out[offset + k * n + j] += uik * xs[i * n + j];
    }
  }
  if (layer.bias) addRowSum(u, out, offset + m * n);
}

/** out from `offset` on ← itself + Σᵢ uᵢ. */
function addRowSum(u: Rows, out: Vector, offset: number): void {
  const { width: m, data: us } = u;
  for (let i = 0; i < u.count; i++) {
    for (let k = 0; k < m; k++) out[offset + k] += us[i * m + k];
  }
}
