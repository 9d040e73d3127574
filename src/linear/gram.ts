import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** The zero matrix of `size` rows and columns. */
export function squareMatrix(size: number): Rows {
  return createRows(size, size);
}

/** G ← G + Σᵢ ρᵢ x̃ᵢx̃ᵢᵀ, where x̃ is (x, 1) if G has one row more than x has numbers, else x. */
export function addGram(x: Rows, weights: Vector, g: Rows): void {
  const { count, width: n, data: xs } = x;
  const { width, data: gs } = g;
  for (let i = 0; i < count; i++) {
    const row = i * n;
    for (let a = 0; a < width; a++) {
      const scaled = weights[i] * (a < n ? xs[row + a] : 1);
      if (scaled === 0) continue; // as most are in a column of a diagonal factor
      const most = Math.min(a + 1, n);
      for (let b = 0; b < most; b++) gs[a * width + b] += scaled * xs[row + b];
      if (a === n) gs[a * width + a] += scaled;
    }
  }
  mirror(g);
}

/** Copies what stands below the diagonal above it. */
function mirror({ width, data }: Rows): void {
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < a; b++) data[b * width + a] = data[a * width + b];
  }
}
