import { diagonalOperator, type InvertibleOperator } from "../linear/operator.ts";
import { createRows } from "../math/rows.ts";
import { createScratch, type FisherModel } from "./fisher.ts";

/**
 * diag F, the diagonal of the exact Fisher matrix: Fⱼⱼ = Σᵢ wᵢ (J eⱼ)ᵢᵀ M (J eⱼ)ᵢ.
 *
 * Costs one J v per parameter, so it is meant for small policies; it solves with itself.
 */
export function diagonalFisher(): FisherModel<InvertibleOperator> {
  const columnLike = createScratch();
  let product = createRows(0, 0);
  let diagonal = new Float64Array(0);
  return {
    at: (point, distribution, _, weights) => {
      const eta = point.outputs;
      const column = columnLike(eta);
      if (product.data.length !== column.data.length) product = createRows(eta.count, eta.width);
      if (diagonal.length !== point.parameterCount) {
        diagonal = new Float64Array(point.parameterCount);
      }
      const basis = new Float64Array(point.parameterCount);
      for (let j = 0; j < diagonal.length; j++) {
        basis[j] = 1;
        point.jvp(basis, column);
        basis[j] = 0;
        distribution.applyFisher(eta, column, product);
        diagonal[j] = weightedInner(weights, column.data, product.data, eta.width);
      }
      return diagonalOperator(diagonal);
    },
  };
}

/** Σᵢ wᵢ aᵢᵀbᵢ over rows of `width` numbers. */
function weightedInner(w: Float64Array, a: Float64Array, b: Float64Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++) {
    let inner = 0;
    for (let k = 0; k < width; k++) inner += a[i * width + k] * b[i * width + k];
    sum += w[i] * inner;
  }
  return sum;
}
