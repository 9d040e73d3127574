import { createRandom, type Random } from "../math/random.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** Standard normal numbers. */
export function normalVector(size: number, random: Random): Vector {
  return Float64Array.from({ length: size }, () => random.normal());
}

/** Rows of standard normal numbers. */
export function normalRows(count: number, width: number, seed: string): Rows {
  return { count, width, data: normalVector(count * width, createRandom(seed)) };
}

/** A copy of row i. */
export function rowOf({ width, data }: Rows, i: number): Vector {
  return data.slice(i * width, (i + 1) * width);
}

/** The row `count` times. */
export function repeated(row: Vector, count: number): Rows {
  const rows = createRows(count, row.length);
  for (let i = 0; i < count; i++) rows.data.set(row, i * row.length);
  return rows;
}

/** a + h e_k in row-major entries of column k, or of all where k is left out. */
export function movedColumn({ count, width, data }: Rows, k: number, h: number): Rows {
  return { count, width, data: data.map((x, j) => (j % width === k ? x + h : x)) };
}
