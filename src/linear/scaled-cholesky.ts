import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/**
 * The lower half of L ← Cholesky factor of s A + λI, row-major; NaN from the first pivot on that is
 * not positive. The upper half is left as it is.
 */
export function factorScaled(a: Rows, s: number, damping: number, l: Vector): void {
  const { width: n, data } = a;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = s * data[i * n + j] + (i === j ? damping : 0);
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      if (j < i) l[i * n + j] = sum / l[j * n + j];
      else l[i * n + i] = sum > 0 ? Math.sqrt(sum) : NaN;
    }
  }
}

/** x ← (L Lᵀ)⁻¹ x for the n numbers of x from `start`. */
export function solveFactored(l: Vector, n: number, x: Vector, start: number): void {
  for (let i = 0; i < n; i++) {
    let sum = x[start + i];
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * x[start + k];
    x[start + i] = sum / l[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[start + i];
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i] * x[start + k];
    x[start + i] = sum / l[i * n + i];
  }
}
