import type { Vector } from "../math/vector.ts";
import { createGaussianMoments, triangle } from "./gaussian-moments.ts";

/** KL(p ‖ q) of the Gaussians whose η = (h, Λ) start at `start` in p and in q. */
export type GaussianDivergence = (p: Vector, q: Vector, start: number) => number;

/**
 * KL(p ‖ q) = ½(tr E − log |I + E| + ‖L_qᵀ(μ_p − μ_q)‖²) with E = L_p⁻¹(Λ_q − Λ_p)L_p⁻ᵀ, Λ = LLᵀ.
 *
 * With the pivots 1 + δⱼ of I + E = KDKᵀ, tr E − log |I + E| = Σⱼ (Σ_{k<j} Kⱼₖ²D_k + δⱼ − log(1 + δⱼ)),
 * of which no term is negative, so that nothing cancels where p and q are close, and KL(p ‖ p) = 0.
 */
export function createGaussianDivergence(size: number): GaussianDivergence {
  const p = createGaussianMoments(size);
  const q = createGaussianMoments(size);
  const e = new Float64Array(size * size);
  const half = new Float64Array(size * size);
  const column = new Float64Array(size);
  /** out ← (L_p⁻¹ A)ᵀ. */
  const whiten = (a: Vector, out: Vector): void => {
    for (let j = 0; j < size; j++) {
      for (let i = 0; i < size; i++) column[i] = a[i * size + j];
      p.solveLower(column);
      out.set(column, j * size);
    }
  };
  return (pData, qData, start) => {
    p.at(pData, start);
    q.at(qData, start);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const at = start + size + triangle(i, j);
        e[i * size + j] = e[j * size + i] = qData[at] - pData[at];
      }
    }
    whiten(e, half);
    whiten(half, e);
    let sum = traceMinusLogDeterminant(e, size);
    for (let j = 0; j < size; j++) {
      let along = 0;
      for (let i = j; i < size; i++) along += q.lower[triangle(i, j)] * (p.mean[i] - q.mean[i]);
      sum += along * along;
    }
    return 0.5 * sum;
  };
}

/** tr E − log |I + E| of a symmetric E, which K and D − I overwrite. */
function traceMinusLogDeterminant(e: Vector, size: number): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    let taken = 0;
    for (let k = 0; k < j; k++) taken += e[j * size + k] ** 2 * (1 + e[k * size + k]);
    e[j * size + j] -= taken;
    const delta = e[j * size + j];
    sum += taken + (delta - Math.log1p(delta));
    for (let i = j + 1; i < size; i++) {
      for (let k = 0; k < j; k++) {
        e[i * size + j] -= e[i * size + k] * e[j * size + k] * (1 + e[k * size + k]);
      }
      e[i * size + j] /= 1 + delta;
    }
  }
  return sum;
}
