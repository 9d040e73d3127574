import { kroneckerOperator } from "../linear/kronecker.ts";
import type { InvertibleOperator } from "../linear/operator.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { DenseLayer } from "../network/dense.ts";

/** A layer's block B ⊗ A of F: B of its outputs, A of its inputs, of (x, 1) where it has a bias. */
export interface LayerFactors {
  readonly layer: DenseLayer;
  readonly outputs: Rows;
  readonly inputs: Rows;
}

/** The blocks B ⊗ A on the layers' parameters and nothing between the layers; θ holds `size` numbers. */
export function layerOperator(size: number, factors: readonly LayerFactors[]): InvertibleOperator {
  const blocks = factors.map(createBlock);
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

/** A layer's block, acting on V = [W b] in a buffer of its own. */
interface Block {
  readonly layer: DenseLayer;
  readonly operator: InvertibleOperator;
  readonly v: Vector;
  readonly product: Vector;
}

function createBlock({ layer, outputs, inputs }: LayerFactors): Block {
  const operator = kroneckerOperator(outputs, inputs);
  const [v, product] = [new Float64Array(operator.size), new Float64Array(operator.size)];
  return { layer, operator, v, product };
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
