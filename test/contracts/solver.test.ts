import {
  cholesky,
  conjugateGradient,
  diagonalOperator,
  direct,
  type InvertibleOperator,
  type LinearOperator,
} from "../../src/index.ts";
import { denseOperator, type System } from "../../src/verify/systems.ts";
import { describeSolver } from "./solver.ts";

const diagonalOf = (matrix: System["matrix"]): InvertibleOperator =>
  diagonalOperator(Float64Array.from(matrix, (row, i) => row[i]));
const isDiagonal = (matrix: System["matrix"]): boolean =>
  matrix.every((row, i) => row.every((entry, j) => i === j || entry === 0));
const jacobi = (matrix: System["matrix"]): LinearOperator => ({
  ...denseOperator(matrix),
  preconditioner: diagonalOf(matrix),
});

describeSolver("conjugateGradient", {
  make: () => conjugateGradient({ iterations: 60, tolerance: 1e-12 }),
  lift: denseOperator,
  noticesIndefinite: true,
});
describeSolver("conjugateGradient with a Jacobi preconditioner", {
  make: () => conjugateGradient({ iterations: 60, tolerance: 1e-12 }),
  lift: jacobi,
  noticesIndefinite: false,
});
describeSolver("conjugateGradient from a warm start", {
  make: () => conjugateGradient({ iterations: 60, tolerance: 1e-12, warmStart: true }),
  lift: denseOperator,
  noticesIndefinite: true,
  warmStart: true,
});
describeSolver("cholesky", { make: cholesky, lift: denseOperator, noticesIndefinite: true });
describeSolver("direct", {
  make: direct,
  lift: (matrix) => (isDiagonal(matrix) ? diagonalOf(matrix) : undefined),
  noticesIndefinite: false,
});
