import type { Distribution } from "../distribution/distribution.ts";
import { addGram, squareMatrix } from "../linear/gram.ts";
import type { InvertibleOperator } from "../linear/operator.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { LayerTrace } from "../network/network.ts";
import { layersOf } from "./cotangents.ts";
import { createScratch, type FisherModel } from "./fisher.ts";
import { type LayerFactors, layerOperator } from "./layer-blocks.ts";

/**
 * The exact F of a policy whose η is affine in θ and whose M is one diagonal for all states, as of a
 * linear-Gaussian one: M ⊗ Σᵢ ρᵢ x̃ᵢx̃ᵢᵀ layer by layer with x̃ = (x, 1), and nothing between layers.
 *
 * One pass over the batch, after which it solves with itself: a Cholesky factor of the size of x̃ for
 * each action instead of iterations, exact for any λ and whatever the units of x.
 *
 * @throws RangeError at a network that does not show its layers or has hidden ones, and at an M that
 * couples parameters or differs between states.
 */
export function affineFisher(): FisherModel<InvertibleOperator> {
  const scratchLike = createScratch();
  return {
    at: (point, distribution, _, weights) => {
      const eta = point.outputs;
      const m = scratchLike(eta);
      m.data.fill(1);
      distribution.applyFisher(eta, m, m);
      requireConstant(m, diagonalAt(distribution, eta));
      const layers = layersOf("affineFisher", point, m);
      requireOutputs(layers, eta.width);
      return layerOperator(
        point.parameterCount,
        layers.map((trace) => factorsOf(trace, weights)),
      );
    },
  };
}

/** diag M(η₀) of the first row. @throws RangeError where M couples parameters. */
function diagonalAt(distribution: Distribution, eta: Rows): Vector {
  const { width, data } = eta;
  const copies = createRows(width, width);
  const m = squareMatrix(width);
  for (let k = 0; k < width; k++) {
    copies.data.set(data.subarray(0, width), k * width);
    m.data[k * width + k] = 1;
  }
  distribution.applyFisher(copies, m, m);
  const coupled = m.data.findIndex((value, k) => value !== 0 && k % (width + 1) !== 0);
  if (coupled >= 0) {
    throw new RangeError(
      `affineFisher: M must be diagonal, got ${m.data[coupled]} between two parameters; use exactFisher`,
    );
  }
  return Float64Array.from({ length: width }, (_, k) => m.data[k * width + k]);
}

/** NaN passes: it is for the solver to report. */
function requireConstant({ count, width, data }: Rows, diagonal: Vector): void {
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) {
      const value = data[i * width + k];
      if (!(Math.abs(value - diagonal[k]) > 1e-12 * diagonal[k])) continue;
      throw new RangeError(
        `affineFisher: M must be the same at all states, got ${value} in row ${i} for ${diagonal[k]} in the first; use exactFisher`,
      );
    }
  }
}

function requireOutputs(layers: readonly LayerTrace[], width: number): void {
  const outputs = layers.reduce((sum, { layer }) => sum + layer.outputs, 0);
  if (outputs === width) return;
  throw new RangeError(
    `affineFisher: every layer must end in η, got layers of ${outputs} outputs for ${width} parameters; use exactFisher for hidden layers`,
  );
}

/** M of the layer's outputs, which the first row holds as well as any, and Σᵢ ρᵢ x̃ᵢx̃ᵢᵀ. */
function factorsOf({ layer, inputs: x, cotangents: m }: LayerTrace, weights: Vector): LayerFactors {
  const inputs = squareMatrix(layer.inputs + (layer.bias ? 1 : 0));
  const outputs = squareMatrix(layer.outputs);
  addGram(x, weights, inputs);
  for (let k = 0; k < outputs.width; k++) outputs.data[k * (outputs.width + 1)] = m.data[k];
  return { layer, inputs, outputs };
}
