import { Matrix } from "ml-matrix";
import {
  backup,
  closedLoop,
  greedyGain,
  matrices,
  matrix,
  type System,
  trace,
  valueMatrix,
} from "./lqr-algebra.ts";
import {
  type LinearPolicy,
  type LqrProblem,
  type MatrixRows,
  requireDiscount,
  requireHorizon,
  requireLinearPolicy,
  requireLqrProblem,
} from "./lqr-problem.ts";
import { radiusOf, spectralRadius, valuesOf } from "./lqr-solution.ts";

/** The optimal deterministic policy. */
export interface LqrOptimum {
  /** K*; NaN where no stabilising gain was found. */
  readonly K: MatrixRows;
  /** J*; −∞ where no stabilising gain was found. */
  readonly return: number;
}

/**
 * K* = −(R + γBᵀPB)⁻¹γBᵀPA with the largest P that solves the Riccati equation, and J* (average
 * reward for γ = 1): the best of the stabilising gains, those with √γ·ρ(A + BK) < 1, or where none is
 * the best, one whose J is the supremum to rounding.
 *
 * Policy iteration (Newton's method on the Riccati equation, quadratically convergent; Kleinman
 * 1968, Hewer 1971) from a gain that value iteration finds.
 */
export function optimum(problem: LqrProblem, gamma: number): LqrOptimum {
  requireLqrProblem(problem);
  requireDiscount(gamma);
  const system = matrices(problem);
  const valueOf = (K: Matrix): number => {
    const policy = { K: K.to2DArray(), sigma: new Array<number>(system.m).fill(0) };
    return valuesOf(system, policy, gamma).return;
  };
  let K = stabilisingGain(system, gamma);
  if (K === undefined) {
    return { K: Matrix.zeros(system.m, system.n).mul(NaN).to2DArray(), return: -Infinity };
  }
  for (let i = 0; i < 100; i++) {
    const improved = greedyGain(system, valueMatrix(system, K, gamma), gamma);
    // The limit itself may lie on the edge of stability, where a marginal mode costs nothing.
    if (!isStable(system, improved, gamma)) break;
    const change = Matrix.sub(improved, K).norm("frobenius");
    K = improved;
    if (change <= 1e-15 * K.norm("frobenius")) break;
  }
  return { K: K.to2DArray(), return: valueOf(K) };
}

/**
 * J* = max E Σ_{t<T} γᵗ rₜ over all policies, those that change with t included: P_T = 0 and backwards
 * Pₜ = Q + KₜᵀRKₜ + γ(A + BKₜ)ᵀPₜ₊₁(A + BKₜ) with Kₜ greedy for Pₜ₊₁.
 *
 * @throws RangeError for matrices that do not fit, γ outside [0, 1] or T not a positive integer.
 */
export function finiteHorizonOptimum(problem: LqrProblem, gamma: number, horizon: number): number {
  requireLqrProblem(problem);
  requireDiscount(gamma);
  requireHorizon(horizon);
  const system = matrices(problem);
  let P = Matrix.zeros(system.n, system.n);
  let noise = 0;
  for (let t = horizon - 1; t >= 0; t--) {
    noise = gamma * (noise + trace(P, system.W));
    P = backup(system, greedyGain(system, P, gamma), P, gamma);
  }
  return -trace(P, system.M0) - noise;
}

/**
 * A gain with √γ·ρ(A + BK) < 1: zero, or the first that value iteration finds for the costs Q + εI.
 *
 * With Q alone it would miss unstable modes that cost nothing. ε = max(‖Q‖, ‖R‖/‖B‖²) weighs the
 * state like the action that moves it.
 */
function stabilisingGain(system: System, gamma: number): Matrix | undefined {
  const { n, m, B, Q, R } = system;
  const norm = (a: Matrix): number => a.norm("frobenius");
  const perState = norm(R) / norm(B) ** 2;
  const epsilon = Math.max(norm(Q), Number.isFinite(perState) ? perState : 0) || 1;
  const costly = { ...system, Q: Matrix.eye(n).mul(epsilon).add(Q) };
  let P = costly.Q;
  let K = Matrix.zeros(m, n);
  for (let i = 0; i < 10_000; i++) {
    if (isStable(system, K, gamma)) return K;
    K = greedyGain(system, P, gamma);
    P = backup(costly, K, P, gamma);
    if (!Number.isFinite(norm(P))) return undefined;
  }
  return undefined;
}

function isStable(system: System, K: Matrix, gamma: number): boolean {
  return Math.sqrt(gamma) * radiusOf(closedLoop(system, K)) < 1;
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
