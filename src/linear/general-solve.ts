import { LuDecomposition, Matrix } from "ml-matrix";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** What became of the solution of A x = b. */
export interface GeneralSolution {
  /** Whether A is singular to rounding or not finite; then x is 0. */
  readonly singular: boolean;
  /** ‖b − A x‖ / ‖b‖ in the scaled unknowns; 0 where b = 0. */
  readonly residual: number;
}

/** Pivots below this share of the largest are rounding. */
const SINGULAR = 1e-13;
/** The largest residual of a factorisation that has worked. */
const BREAKDOWN = 1e-6;

/**
 * x ← A⁻¹ b for a square A that need not be symmetric, by LU with partial pivoting (ml-matrix) of
 * D A D, D = diag(`scale`): D makes a solution that does not depend on the units of the unknowns.
 */
export function solveGeneral(a: Rows, b: Vector, scale: Vector, x: Vector): GeneralSolution {
  const size = b.length;
  const matrix = new Matrix(size, size);
  const right = new Matrix(size, 1);
  for (let i = 0; i < size; i++) {
    right.set(i, 0, scale[i] * b[i]);
    for (let j = 0; j < size; j++) {
      matrix.set(i, j, scale[i] * a.data[i * size + j] * scale[j]);
    }
  }
  x.fill(0);
  const failed = { singular: true, residual: 1 };
  if (![...matrix.to1DArray(), ...right.to1DArray()].every(Number.isFinite)) return failed;
  const factor = new LuDecomposition(matrix);
  const pivots = factor.upperTriangularMatrix.diagonal().map(Math.abs);
  if (Math.min(...pivots) <= SINGULAR * Math.max(...pivots)) return failed;
  const solution = factor.solve(right);
  const norm = right.norm("frobenius");
  const difference = Matrix.sub(right, matrix.mmul(solution)).norm("frobenius");
  const residual = norm === 0 ? 0 : difference / norm;
  if (!(residual < BREAKDOWN)) return failed;
  for (let i = 0; i < size; i++) x[i] = scale[i] * solution.get(i, 0);
  return { singular: false, residual };
}
