import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { materialise } from "../linear/materialise.ts";
import type { SolveReport, Solver } from "./solver.ts";

/** The largest residual of a factorisation that has worked. */
const BREAKDOWN = 1e-6;

/**
 * Solves by forming A and factoring A + λI = LLᵀ (ml-matrix).
 *
 * Exact to rounding, and as indifferent to the units of the parameters as the factorisation itself;
 * costs one product per parameter and P³/3 operations, so it is meant for small policies. A factor
 * that exists by rounding alone, whose x misses b, and numbers that are not finite are reported as
 * `not-positive-definite`, with x ← 0.
 */
export function cholesky(): Solver {
  return {
    solve: (a, damping, b, x) => {
      const matrix = materialise(a);
      for (let i = 0; i < a.size; i++) matrix.set(i, i, matrix.get(i, i) + damping);
      x.fill(0);
      const right = Matrix.columnVector(b);
      const scale = right.norm("frobenius");
      if (scale === 0) return { status: "converged", iterations: 0, residual: 0 };
      const solution = factorAndSolve(matrix, right);
      if (solution === undefined) return FAILED;
      const residual = Matrix.sub(right, matrix.mmul(solution)).norm("frobenius") / scale;
      if (!(residual < BREAKDOWN)) return FAILED;
      for (let i = 0; i < x.length; i++) x[i] = solution.get(i, 0);
      return { status: "converged", iterations: 0, residual };
    },
  };
}

const FAILED: SolveReport = { status: "not-positive-definite", iterations: 0, residual: 1 };

/** A⁻¹b, or undefined where A is not finite and positive definite. ml-matrix throws on a NaN. */
function factorAndSolve(matrix: Matrix, right: Matrix): Matrix | undefined {
  if (!matrix.to1DArray().every(Number.isFinite)) return undefined;
  const factor = new CholeskyDecomposition(matrix);
  return factor.isPositiveDefinite() ? factor.solve(right) : undefined;
}
