import { Matrix } from "ml-matrix";
import { backup, greedyGain, matrices, matrix, valueMatrix } from "./lqr-algebra.ts";
import {
  type LinearPolicy,
  type LqrProblem,
  type MatrixRows,
  requireDiscount,
  requireLinearPolicy,
  requireLqrProblem,
} from "./lqr-problem.ts";
import { spectralRadius, stationaryValues } from "./lqr-solution.ts";

/** The optimal deterministic policy. */
export interface LqrOptimum {
  /** K*; NaN where no gain stabilises the problem. */
  readonly K: MatrixRows;
  /** J*; −∞ where no gain stabilises the problem. */
  readonly return: number;
}

/**
 * K* = −(R + γBᵀPB)⁻¹γBᵀPA with the P of the Riccati equation, and J* (average reward for γ = 1).
 *
 * Value iteration until the greedy gain is stable, then policy iteration (Newton's method on the
 * Riccati equation, quadratically convergent; Kleinman 1968, Hewer 1971).
 */
export function optimum(problem: LqrProblem, gamma: number): LqrOptimum {
  requireLqrProblem(problem);
  requireDiscount(gamma);
  const system = matrices(problem);
  const isStable = (K: Matrix): boolean =>
    Math.sqrt(gamma) * spectralRadius(problem, { K: K.to2DArray() }) < 1;
  let P = system.Q;
  let K = Matrix.zeros(system.m, system.n);
  for (let i = 0; i < 10_000 && !isStable(K); i++) {
    K = greedyGain(system, P, gamma);
    P = backup(system, K, P, gamma);
  }
  if (!isStable(K)) return { K: K.mul(NaN).to2DArray(), return: -Infinity };
  for (let i = 0; i < 100; i++) {
    const improved = greedyGain(system, valueMatrix(system, K, gamma), gamma);
    const change = Matrix.sub(improved, K).norm("frobenius");
    K = improved;
    if (change <= 1e-15 * K.norm("frobenius")) break;
  }
  const deterministic = { K: K.to2DArray(), sigma: new Array<number>(system.m).fill(0) };
  return { K: deterministic.K, return: stationaryValues(problem, deterministic, gamma).return };
}

/**
 * The Gauss-Newton step, K′ = K − (R + γBᵀPB)⁻¹E = −(R + γBᵀPB)⁻¹γBᵀPA: policy iteration.
 *
 * It is the natural step K + α·(1 − γ)w_K with α = 1/(2(R + γBᵀPB)σ²) for one action.
 * Source: Bradtke 1993; Fazel et al. 2018, arXiv 1801.05039.
 *
 * @throws RangeError for matrices that do not fit, or a K under which J = −∞.
 */
export function gaussNewtonGain(
  problem: LqrProblem,
  policy: LinearPolicy,
  gamma: number,
): MatrixRows {
  requireLqrProblem(problem);
  requireLinearPolicy(problem, policy);
  requireDiscount(gamma);
  const radius = Math.sqrt(gamma) * spectralRadius(problem, policy);
  if (radius >= 1) {
    throw new RangeError(
      `lqr: policy iteration needs √γ·ρ(A + BK) < 1, got ${radius}; start from a stabilising K`,
    );
  }
  const system = matrices(problem);
  return greedyGain(system, valueMatrix(system, matrix(policy.K), gamma), gamma).to2DArray();
}
