import { diagonalOperator, type InvertibleOperator } from "../linear/operator.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Distribution } from "../distribution/distribution.ts";
import type { LayerTrace, Linearisation } from "../network/network.ts";
import { factorColumns } from "./cotangents.ts";
import { createScratch, type FisherModel } from "./fisher.ts";

/**
 * diag F, the diagonal of the exact Fisher matrix: Fⱼⱼ = Σᵢ ρᵢ (J eⱼ)ᵢᵀ M (J eⱼ)ᵢ.
 *
 * Where the network shows its layers and the distribution a factor of M, the entry of a weight is
 * Σᵢ ρᵢ Σ_c z̄ᵢₖ² xᵢⱼ² over the back-propagated columns of the factor, at one backward pass a column.
 * Elsewhere it costs one J v per parameter. It solves with itself.
 */
export function diagonalFisher(): FisherModel<InvertibleOperator> {
  const scratchLike = createScratch();
  let diagonal = new Float64Array(0);
  return {
    at: (point, distribution, actions, weights) => {
      const { parameterCount, outputs } = point;
      if (diagonal.length !== parameterCount) diagonal = new Float64Array(parameterCount);
      const scratch = scratchLike(outputs);
      if (point.layers === undefined || distribution.factor === undefined) {
        byColumns(point, distribution, weights, { scratch, diagonal });
        return diagonalOperator(diagonal);
      }
      diagonal.fill(0);
      const cotangents = factorColumns(distribution, outputs, actions);
      for (let c = 0; c < cotangents.count; c++) {
        cotangents.at(c, scratch);
        for (const trace of point.layers(scratch)) addSquares(trace, weights, diagonal);
      }
      return diagonalOperator(diagonal);
    },
  };
}

/** The layer's part of d ← d + Σᵢ ρᵢ (z̄ᵢ(xᵢ, 1)ᵀ)², entry by entry. */
function addSquares({ layer, inputs: x, cotangents: z }: LayerTrace, weights: Vector, d: Vector) {
  const { offset, inputs: n, outputs: m, bias } = layer;
  for (let i = 0; i < weights.length; i++) {
    for (let k = 0; k < m; k++) {
      const cotangent = z.data[i * m + k];
      const scale = weights[i] * cotangent * cotangent;
      const row = offset + k * n;
      for (let j = 0; j < n; j++) d[row + j] += scale * x.data[i * n + j] * x.data[i * n + j];
      if (bias) d[offset + m * n + k] += scale;
    }
  }
}

/** The same, column of J by column. */
function byColumns(
  point: Linearisation,
  distribution: Distribution,
  weights: Vector,
  { scratch: column, diagonal }: { readonly scratch: Rows; readonly diagonal: Vector },
): void {
  const eta = point.outputs;
  const product = createRows(eta.count, eta.width);
  const basis = new Float64Array(point.parameterCount);
  for (let j = 0; j < diagonal.length; j++) {
    basis[j] = 1;
    point.jvp(basis, column);
    basis[j] = 0;
    distribution.applyFisher(eta, column, product);
    diagonal[j] = weightedInner(weights, column.data, product.data, eta.width);
  }
}

/** Σᵢ ρᵢ aᵢᵀbᵢ over rows of `width` numbers. */
function weightedInner(w: Vector, a: Vector, b: Vector, width: number): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++) {
    let inner = 0;
    for (let k = 0; k < width; k++) inner += a[i * width + k] * b[i * width + k];
    sum += w[i] * inner;
  }
  return sum;
}
