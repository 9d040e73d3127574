import { addGram, squareMatrix } from "../linear/gram.ts";
import type { InvertibleOperator } from "../linear/operator.ts";
import type { Vector } from "../math/vector.ts";
import type { LayerTrace } from "../network/network.ts";
import { type CotangentSource, factorColumns, layersOf } from "./cotangents.ts";
import { createScratch, type FisherModel } from "./fisher.ts";
import { type LayerFactors, layerOperator } from "./layer-blocks.ts";

export interface KroneckerOptions {
  /** Where z̄ comes from: the columns of a factor of M, or the scores of the batch's actions. */
  readonly cotangents?: CotangentSource;
}

/**
 * K-FAC: F is taken as block diagonal over the layers, and each block as a Kronecker product,
 * F_l ≈ B ⊗ A with A = Σᵢ ρᵢ x̃ᵢx̃ᵢᵀ / Σᵢ ρᵢ of the layer's inputs x̃ = (x, 1) and
 * B = Σᵢ ρᵢ Σ_c z̄ᵢz̄ᵢᵀ of its outputs' cotangents.
 *
 * It solves with itself, exactly for any λ, and so meets `direct`. In `preconditioned` it makes the
 * first iterations of conjugate gradient on the exact F worth several each, which is what a step of
 * ten iterations lives on; to a tight residual plain iterations get faster, because B ⊗ A has a far
 * higher rank than F. Exact for a constant head such as log σ, for one row, and for a
 * linear policy whose M is the same at every state. Source: Martens & Grosse 2015, arXiv 1503.05671.
 * Differs from it: z̄ comes from the exact M and not from sampled scores, the factors are those of one
 * batch and not running averages, and λ damps each block as it is, not its two factors.
 *
 * @throws RangeError at a network without layers or a distribution without a factor.
 */
export function kroneckerFisher({
  cotangents: source = factorColumns,
}: KroneckerOptions = {}): FisherModel<InvertibleOperator> {
  const scratchLike = createScratch();
  return {
    at: (point, distribution, actions, weights) => {
      const u = scratchLike(point.outputs);
      const cotangents = source(distribution, point.outputs, actions);
      let factors: LayerFactors[] = [];
      for (let c = 0; c < cotangents.count; c++) {
        cotangents.at(c, u);
        const layers = layersOf("kroneckerFisher", point, u);
        if (c === 0) factors = layers.map((trace) => inputFactor(trace, weights));
        layers.forEach((trace, l) => addGram(trace.cotangents, weights, factors[l].outputs));
      }
      return layerOperator(point.parameterCount, factors);
    },
  };
}

/** A of a layer, and room for B. */
function inputFactor({ layer, inputs: x }: LayerTrace, weights: Vector): LayerFactors {
  const inputs = squareMatrix(layer.inputs + (layer.bias ? 1 : 0));
  addGram(x, weights, inputs);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let k = 0; k < inputs.data.length; k++) inputs.data[k] /= total;
  return { layer, inputs, outputs: squareMatrix(layer.outputs) };
}
