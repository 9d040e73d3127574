import type { Random } from "../math/random.ts";
import { createRows, type Rows } from "../math/rows.ts";
import { addScaled, dot, type Vector } from "../math/vector.ts";
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
  for (let i = 0; i < q.data.length; i++) q.data[i] = random.normal();
  const rows = Array.from({ length: count }, (_, a) => q.data.subarray(a * width, (a + 1) * width));
  const none = new Float64Array(width); // after the last
  for (let a = 0; a < count; a++) finishRow(rows, a, rows.at(a + 1) ?? none);
  return q;
}

/**
 * x ← x − (q_bᵀx) q_b for b < a, row a for the second time, then x ← x / ‖x‖; y, the row after it, the
 * same for the first time, then also along x.
 *
 * A sum in the order of j waits for each addition, so the two rows go together, and one pass over them
 * subtracts q_b and measures along q_{b+1}; after q_{a−1} that is x itself, which leaves ‖x‖². The
 * bits are those of one row after the other.
 */
function finishRow(rows: readonly Vector[], a: number, y: Vector): void {
  const x = rows[a];
  let [alongX, alongY] = [dot(x, rows[0]), dot(y, rows[0])];
  for (let b = 0; b < a; b++) {
    const [q, next] = [rows[b], rows[b + 1]];
    let [nextX, nextY] = [0, 0];
    for (let j = 0; j < x.length; j++) {
      const xj = x[j] - alongX * q[j];
      const yj = y[j] - alongY * q[j];
      x[j] = xj;
      y[j] = yj;
      nextX += xj * next[j];
      nextY += yj * next[j];
    }
    [alongX, alongY] = [nextX, nextY];
  }
  const length = Math.sqrt(alongX);
  for (let j = 0; j < x.length; j++) x[j] /= length;
  addScaled(-dot(x, y), x, y);
}
