import { addGram, squareMatrix } from "../linear/gram.ts";
import { kroneckerOperator } from "../linear/kronecker.ts";
import type { InvertibleOperator } from "../linear/operator.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { DenseLayer } from "../network/dense.ts";
import type { LayerTrace } from "../network/network.ts";
import { type CotangentSource, factorColumns, layersOf } from "./cotangents.ts";
import { createScratch, type FisherModel } from "./fisher.ts";

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
      let factors: Factors[] = [];
      for (let c = 0; c < cotangents.count; c++) {
        cotangents.at(c, u);
        const layers = layersOf("kroneckerFisher", point, u);
        if (c === 0) factors = layers.map((trace) => inputFactor(trace, weights));
        layers.forEach((trace, l) => addGram(trace.cotangents, weights, factors[l].outputs));
      }
      return blockDiagonal(point.parameterCount, factors.map(createBlock));
    },
  };
}

/** B and A of a layer. */
interface Factors {
  readonly layer: DenseLayer;
  readonly outputs: Rows;
  readonly inputs: Rows;
}

/** A of a layer, and room for B. */
function inputFactor({ layer, inputs: x }: LayerTrace, weights: Vector): Factors {
  const inputs = squareMatrix(layer.inputs + (layer.bias ? 1 : 0));
  addGram(x, weights, inputs);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let k = 0; k < inputs.data.length; k++) inputs.data[k] /= total;
  return { layer, inputs, outputs: squareMatrix(layer.outputs) };
}

/** A layer's block, acting on V = [W b] in a buffer of its own. */
interface Block {
  readonly layer: DenseLayer;
  readonly operator: InvertibleOperator;
  readonly v: Vector;
  readonly product: Vector;
}

function createBlock({ layer, outputs, inputs }: Factors): Block {
  const operator = kroneckerOperator(outputs, inputs);
  const [v, product] = [new Float64Array(operator.size), new Float64Array(operator.size)];
  return { layer, operator, v, product };
}

function blockDiagonal(size: number, blocks: readonly Block[]): InvertibleOperator {
  return {
    size,
    apply: (v, out) => {
      for (const { layer, operator, v: part, product } of blocks) {
        gather(layer, v, part);
        operator.apply(part, product);
        scatter(layer, product, out);
      }
    },
    applyInverse: (b, damping, out) => {
      for (const { layer, operator, v: part, product } of blocks) {
        gather(layer, b, part);
        operator.applyInverse(part, damping, product);
        scatter(layer, product, out);
      }
    },
  };
}

/** V ← [W b], row-major, from a vector laid out as θ. */
function gather(layer: DenseLayer, theta: Vector, v: Vector): void {
  const { offset, inputs: n, outputs: m, bias } = layer;
  const width = n + (bias ? 1 : 0);
  for (let k = 0; k < m; k++) {
    for (let j = 0; j < n; j++) v[k * width + j] = theta[offset + k * n + j];
    if (bias) v[k * width + n] = theta[offset + m * n + k];
  }
}

/** The layer's part of θ ← V, the reverse of `gather`. */
function scatter(layer: DenseLayer, v: Vector, theta: Vector): void {
  const { offset, inputs: n, outputs: m, bias } = layer;
  const width = n + (bias ? 1 : 0);
  for (let k = 0; k < m; k++) {
    for (let j = 0; j < n; j++) theta[offset + k * n + j] = v[k * width + j];
    if (bias) theta[offset + m * n + k] = v[k * width + n];
  }
}
