import type { LinearOperator } from "../linear/operator.ts";
import type { Resumable } from "../math/resumable.ts";
import type { Vector } from "../math/vector.ts";

export interface SolveReport {
  /**
   * Converged; out of iterations, with the x so far; met pᵀAp ≤ 0, a failed factorisation or NaN; or,
   * in the report of an update that was rejected before, not tried.
   */
  readonly status: "converged" | "iteration-limit" | "not-positive-definite" | "not-tried";
  /** Iterations taken; 0 for a direct method. */
  readonly iterations: number;
  /** ‖b − (A + λI)x‖ / ‖b‖; 0 where b = 0. */
  readonly residual: number;
  /** xᵀAx without λ, where it is known from the solve. */
  readonly curvature?: number;
}

/** Solves (A + λI) x = b. Numerical failure is a status, never an exception. */
export interface Solver<in A extends LinearOperator = LinearOperator> {
  /** What it remembers from one solve to the next, as with a warm start. */
  readonly state?: Resumable;
  /** Overwrites `x`, whatever it held. */
  solve(a: A, damping: number, b: Vector, x: Vector): SolveReport;
}
