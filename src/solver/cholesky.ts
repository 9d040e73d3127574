import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { materialise } from "../linear/materialise.ts";
import type { Solver } from "./solver.ts";

/**
 * Solves by forming A and factoring A + λI = LLᵀ (ml-matrix).
 *
 * Exact to rounding, and as indifferent to the units of the parameters as the factorisation itself;
 * costs one product per parameter and P³/3 operations, so it is meant for small policies.
 */
export function cholesky(): Solver {
  return {
    solve: (a, damping, b, x) => {
      const matrix = materialise(a);
      for (let i = 0; i < a.size; i++) matrix.set(i, i, matrix.get(i, i) + damping);
      const factor = new CholeskyDecomposition(matrix);
      if (!factor.isPositiveDefinite()) {
        x.fill(0);
        return { status: "not-positive-definite", iterations: 0, residual: 1 };
      }
      const right = Matrix.columnVector(b);
      const solution = factor.solve(right);
      for (let i = 0; i < x.length; i++) x[i] = solution.get(i, 0);
      const scale = right.norm("frobenius");
      const residual = scale === 0 ? 0 : right.sub(matrix.mmul(solution)).norm("frobenius") / scale;
      return { status: "converged", iterations: 0, residual };
    },
  };
}
