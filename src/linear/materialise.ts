import { Matrix } from "ml-matrix";
import type { LinearOperator } from "./operator.ts";

/**
 * The dense matrix of a symmetric operator: column j is A eⱼ for i ≥ j, mirrored above the diagonal.
 *
 * Mirrored because ml-matrix tests symmetry with `!==` and JᵀMJ fails that by rounding.
 */
export function materialise(operator: LinearOperator): Matrix {
  const { size } = operator;
  const matrix = new Matrix(size, size);
  const basis = new Float64Array(size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    basis[j] = 1;
    operator.apply(basis, column);
    basis[j] = 0;
    for (let i = j; i < size; i++) {
      matrix.set(i, j, column[i]);
      matrix.set(j, i, column[i]);
    }
  }
  return matrix;
}
