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

// The loops below take two rows by four columns at a time, so that each number loaded is used again
// from a register. An odd last row is its own neighbour, computed and stored twice alike. Every sum
// runs in the order of the plain loop, so the blocking changes no bit of a result.

/** The number of parameters in a layer. */
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
  const { data: zs, count } = z;
  for (let i = 0; i < count; i += 2) {
    const next = Math.min(i + 1, count - 1);
    const xa = i * n;
    const xb = next * n;
    let k = 0;
    for (; k + 4 <= m; k += 4) {
      const w = offset + k * n;
      const za = i * m + k;
      const zb = next * m + k;
      let a0 = zs[za];
      let a1 = zs[za + 1];
      let a2 = zs[za + 2];
      let a3 = zs[za + 3];
      let b0 = zs[zb];
      let b1 = zs[zb + 1];
      let b2 = zs[zb + 2];
      let b3 = zs[zb + 3];
      for (let j = 0; j < n; j++) {
        const xaj = xs[xa + j];
        const xbj = xs[xb + j];
        const w0 = theta[w + j];
        const w1 = theta[w + n + j];
        const w2 = theta[w + 2 * n + j];
        const w3 = theta[w + 3 * n + j];
        a0 += w0 * xaj;
        a1 += w1 * xaj;
        a2 += w2 * xaj;
        a3 += w3 * xaj;
        b0 += w0 * xbj;
        b1 += w1 * xbj;
        b2 += w2 * xbj;
        b3 += w3 * xbj;
      }
      zs[za] = a0;
      zs[za + 1] = a1;
      zs[za + 2] = a2;
      zs[za + 3] = a3;
      zs[zb] = b0;
      zs[zb + 1] = b1;
      zs[zb + 2] = b2;
      zs[zb + 3] = b3;
    }
    for (; k < m; k++) {
      const w = offset + k * n;
      let a = zs[i * m + k];
      let b = zs[next * m + k];
      for (let j = 0; j < n; j++) {
        a += theta[w + j] * xs[xa + j];
        b += theta[w + j] * xs[xb + j];
      }
      zs[i * m + k] = a;
      zs[next * m + k] = b;
    }
  }
}

/** yᵢ ← Wᵀ uᵢ. */
export function transposedProduct(layer: DenseLayer, theta: Vector, u: Rows, y: Rows): void {
  const { offset, inputs: n, outputs: m } = layer;
  const { data: us, count } = u;
  const { data: ys } = y;
  ys.fill(0, 0, count * n);
  for (let i = 0; i < count; i += 2) {
    const next = Math.min(i + 1, count - 1);
    const ya = i * n;
    const yb = next * n;
    let k = 0;
    for (; k + 4 <= m; k += 4) {
      const w = offset + k * n;
      const ua = i * m + k;
      const ub = next * m + k;
      const a0 = us[ua];
      const a1 = us[ua + 1];
      const a2 = us[ua + 2];
      const a3 = us[ua + 3];
      const b0 = us[ub];
      const b1 = us[ub + 1];
      const b2 = us[ub + 2];
      const b3 = us[ub + 3];
      for (let j = 0; j < n; j++) {
        const w0 = theta[w + j];
        const w1 = theta[w + n + j];
        const w2 = theta[w + 2 * n + j];
        const w3 = theta[w + 3 * n + j];
        const a = ys[ya + j] + a0 * w0 + a1 * w1 + a2 * w2 + a3 * w3;
        const b = ys[yb + j] + b0 * w0 + b1 * w1 + b2 * w2 + b3 * w3;
        ys[ya + j] = a;
        ys[yb + j] = b;
      }
    }
    for (; k < m; k++) {
      const w = offset + k * n;
      const uak = us[i * m + k];
      const ubk = us[next * m + k];
      for (let j = 0; j < n; j++) {
        const a = ys[ya + j] + uak * theta[w + j];
        const b = ys[yb + j] + ubk * theta[w + j];
        ys[ya + j] = a;
        ys[yb + j] = b;
      }
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
    const x0 = i * n;
    for (let k = 0; k < m; k += 2) {
      const next = Math.min(k + 1, m - 1);
      const wa = offset + k * n;
      const wb = offset + next * n;
      const ua = i * m + k;
      const ub = i * m + next;
      const a0 = us[ua];
      const a1 = us[ua + m];
      const a2 = us[ua + 2 * m];
      const a3 = us[ua + 3 * m];
      const b0 = us[ub];
      const b1 = us[ub + m];
      const b2 = us[ub + 2 * m];
      const b3 = us[ub + 3 * m];
      for (let j = x0; j < x0 + n; j++) {
        const p = xs[j];
        const q = xs[j + n];
        const r = xs[j + 2 * n];
        const s = xs[j + 3 * n];
        const a = out[wa + j - x0] + a0 * p + a1 * q + a2 * r + a3 * s;
        const b = out[wb + j - x0] + b0 * p + b1 * q + b2 * r + b3 * s;
        out[wa + j - x0] = a;
        out[wb + j - x0] = b;
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
