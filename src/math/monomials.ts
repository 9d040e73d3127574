import type { Rows } from "./rows.ts";
import type { Vector } from "./vector.ts";

/** How many monomials of `width` variables there are up to a total degree of 1 or 2, the 1 included. */
export function monomialCount(width: number, degree: 1 | 2): number {
  return 1 + width + (degree === 2 ? (width * (width + 1)) / 2 : 0);
}

/** out from `at` on ← (1, x₁ …, x₁², x₁x₂ …) of row i, all monomials up to `degree`. */
export function monomials(
  { width, data }: Rows,
  i: number,
  degree: 1 | 2,
  out: Vector,
  at = 0,
): void {
  const row = i * width;
  let k = at;
  out[k++] = 1;
  for (let j = 0; j < width; j++) out[k++] = data[row + j];
  if (degree === 1) return;
  for (let j = 0; j < width; j++) {
    for (let l = j; l < width; l++) out[k++] = data[row + j] * data[row + l];
  }
}
