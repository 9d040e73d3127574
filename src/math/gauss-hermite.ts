import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { requireCount } from "./scalar.ts";
import type { Vector } from "./vector.ts";

/** Nodes and weights with Σ wₖ f(zₖ) = E[f(z)], z ~ N(0, 1), for polynomials of degree 2n − 1. */
export interface NormalQuadrature {
  readonly nodes: Vector;
  /** Σ wₖ = 1. */
  readonly weights: Vector;
}

/**
 * Gauss-Hermite quadrature with n points: the eigenvalues of the tridiagonal matrix with √1, √2, …,
 * √(n − 1) beside its diagonal, and the squared first components of its eigenvectors.
 *
 * Source: Golub & Welsch 1969, "Calculation of Gauss quadrature rules".
 *
 * @throws RangeError for a number of points that is not a positive integer.
 */
export function gaussHermite(points: number): NormalQuadrature {
  requireCount("gaussHermite", "points", points);
  const jacobi = Matrix.zeros(points, points);
  for (let k = 1; k < points; k++) {
    jacobi.set(k - 1, k, Math.sqrt(k));
    jacobi.set(k, k - 1, Math.sqrt(k));
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(jacobi, {
    assumeSymmetric: true,
  });
  return {
    nodes: Float64Array.from(realEigenvalues),
    weights: Float64Array.from(realEigenvalues, (_, k) => eigenvectorMatrix.get(0, k) ** 2),
  };
}
