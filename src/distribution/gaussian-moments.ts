import type { Vector } from "../math/vector.ts";

/** Where entry (i, j ≤ i) of the lower triangle lies, row after row. */
export const triangle = (i: number, j: number): number => (i * (i + 1)) / 2 + j;

/** Mean and covariance of a Gaussian given by η = (h, Λ), in buffers made once. */
export interface GaussianMoments {
  /** μ = Λ⁻¹h. */
  readonly mean: Vector;
  /** V = Λ⁻¹, row-major. */
  readonly covariance: Vector;
  /** L with Λ = LLᵀ, its lower triangle row after row. */
  readonly lower: Vector;
  /** Reads the η that starts at `start`; all becomes NaN where Λ is not positive definite. */
  at(data: Vector, start: number): void;
  /** x ← L⁻¹x. */
  solveLower(x: Vector): void;
  /** x ← L⁻ᵀx. */
  solveUpper(x: Vector): void;
  /** log |Λ|. */
  logDeterminant(): number;
}

/** Moments of Gaussians of `size` numbers. */
export function createGaussianMoments(size: number): GaussianMoments {
  const mean = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  const lower = new Float64Array(triangle(size, 0));
  const column = new Float64Array(size);
  const solveLower = (x: Vector): void => forward(lower, x);
  const solveUpper = (x: Vector): void => backward(lower, x);
  const moments: GaussianMoments = {
    mean,
    covariance,
    lower,
    solveLower,
    solveUpper,
    at: (data, start) => {
      for (let k = 0; k < lower.length; k++) lower[k] = data[start + size + k];
      factorInPlace(lower, size);
      for (let i = 0; i < size; i++) mean[i] = data[start + i];
      solveLower(mean);
      solveUpper(mean);
      for (let j = 0; j < size; j++) {
        column.fill(0);
        column[j] = 1;
        solveLower(column);
        solveUpper(column);
        for (let i = 0; i < size; i++) covariance[i * size + j] = column[i];
      }
    },
    logDeterminant: () => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += 2 * Math.log(lower[triangle(i, i)]);
      return sum;
    },
  };
  return moments;
}

/** The lower triangle of A ← L with A = LLᵀ, NaN from the first pivot on that is not positive. */
function factorInPlace(a: Vector, size: number): void {
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = a[triangle(i, j)];
      for (let k = 0; k < j; k++) sum -= a[triangle(i, k)] * a[triangle(j, k)];
      if (i === j) a[triangle(i, i)] = sum > 0 ? Math.sqrt(sum) : NaN;
      else a[triangle(i, j)] = sum / a[triangle(j, j)];
    }
  }
}

function forward(lower: Vector, x: Vector): void {
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[triangle(i, k)] * x[k];
    x[i] /= lower[triangle(i, i)];
  }
}

function backward(lower: Vector, x: Vector): void {
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] -= lower[triangle(k, i)] * x[k];
    x[i] /= lower[triangle(i, i)];
  }
}
