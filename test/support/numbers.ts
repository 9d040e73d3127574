import { createRandom, createRows, type Random, type Rows, type Vector } from "../../src/index.ts";

/** Standard normal numbers. */
export function randomVector(size: number, random: Random): Vector {
  return Float64Array.from({ length: size }, () => random.normal());
}

/** Rows of standard normal numbers. */
export function randomRows(count: number, width: number, seed: number | string): Rows {
  const rows = createRows(count, width);
  rows.data.set(randomVector(count * width, createRandom(seed)));
  return rows;
}

/** ‖x − y‖ / ‖y‖, or ‖x‖ where y = 0; Infinity where the lengths differ. */
export function relativeError(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) return Infinity;
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < y.length; i++) {
    difference += (x[i] - y[i]) ** 2;
    scale += y[i] ** 2;
  }
  return Math.sqrt(scale === 0 ? difference : difference / scale);
}
