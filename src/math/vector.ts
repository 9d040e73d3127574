/** A dense vector of float64 numbers. */
export type Vector = Float64Array;

/** xᵀy. */
export function dot(x: Vector, y: Vector): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

/** ‖x‖₂. */
export function norm(x: Vector): number {
  return Math.sqrt(dot(x, x));
}

/** y ← y + α x. */
export function addScaled(alpha: number, x: Vector, y: Vector): void {
  for (let i = 0; i < x.length; i++) y[i] += alpha * x[i];
}

/** out ← x + α y; `out` may be `x` or `y`. */
export function sumScaled(x: Vector, alpha: number, y: Vector, out: Vector): void {
  for (let i = 0; i < x.length; i++) out[i] = x[i] + alpha * y[i];
}

/** cos∠(x, y) = xᵀy / (‖x‖‖y‖); NaN where either is zero. */
export function cosine(x: Vector, y: Vector): number {
  return dot(x, y) / (norm(x) * norm(y));
}

/** The index of the first NaN or ±∞ in x, or −1. */
export function firstNonFinite(x: Vector): number {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i])) return i;
  return -1;
}
