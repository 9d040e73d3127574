import type { Random } from "../math/random.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { DenseLayer } from "./dense.ts";

/**
 * Writes W of a layer as `gain` times a uniformly random matrix with orthonormal rows or columns,
 * whichever are fewer.
 *
 * Gram-Schmidt on normal vectors, each projected twice, which is orthogonal to rounding (Giraud et
 * al. 2005). Source: Saxe et al. 2014, arXiv 1312.6120; as `torch.nn.init.orthogonal_`.
 */
export function fillOrthogonal(
  { offset, inputs: n, outputs: m }: DenseLayer,
  gain: number,
  random: Random,
  theta: Vector,
): void {
  const wide = m <= n;
  const q = orthonormalRows(Math.min(m, n), Math.max(m, n), random);
  for (let k = 0; k < m; k++) {
    for (let j = 0; j < n; j++) {
      theta[offset + k * n + j] = gain * q.data[wide ? k * n + j : j * m + k];
    }
  }
}

function orthonormalRows(count: number, width: number, random: Random): Rows {
  const q = createRows(count, width);
  const { data } = q;
  for (let a = 0; a < count; a++) {
    for (let j = 0; j < width; j++) data[a * width + j] = random.normal();
    for (let pass = 0; pass < 2; pass++) {
      for (let b = 0; b < a; b++) addMultiple(q, -inner(q, a, b), b, a);
    }
    const length = Math.sqrt(inner(q, a, a));
    for (let j = 0; j < width; j++) data[a * width + j] /= length;
  }
  return q;
}

/** q_aᵀq_b. */
function inner({ width, data }: Rows, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += data[a * width + j] * data[b * width + j];
  return sum;
}

/** q_a ← q_a + s q_b. */
function addMultiple({ width, data }: Rows, s: number, b: number, a: number): void {
  for (let j = 0; j < width; j++) data[a * width + j] += s * data[b * width + j];
}
