import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { type Activation, type ActivationName, activations } from "./activation.ts";
import {
  addProduct,
  affine,
  type DenseLayer,
  layerSize,
  outerSum,
  transposedProduct,
} from "./dense.ts";
import type { LayerTrace, Linearisation, Network } from "./network.ts";
import { fillOrthogonal } from "./orthogonal.ts";

export interface MlpOptions {
  readonly inputSize: number;
  /** Sizes of the hidden layers in their order; none for an affine map. */
  readonly hidden: readonly number[];
  readonly outputSize: number;
  /** φ of the hidden layers; the last layer has none. */
  readonly activation?: ActivationName;
  /** Gain of the hidden layers' orthogonal weights. */
  readonly hiddenGain?: number;
  /** Gain of the last layer's orthogonal weights; 0.01 starts a policy near zero outputs. */
  readonly outputGain?: number;
}

/**
 * A multi-layer perceptron: hₗ = φ(Wₗhₗ₋₁ + bₗ) with h₀ = x, and f(x; θ) = W_L h_{L−1} + b_L.
 *
 * θ holds each layer's W row-major [out][in], then its b, layer after layer, as PyTorch orders them.
 * Weights start orthogonal, biases at zero; each layer draws from a stream of its own.
 * J v by forward and Jᵀu by backward accumulation (Baydin et al. 2018, arXiv 1502.05767).
 *
 * @throws RangeError for a size that is not a positive integer, an unknown activation or a gain that
 * is not finite.
 */
export function mlp(options: MlpOptions): Network {
  const { inputSize, outputSize, activation = "tanh" } = options;
  const { hiddenGain = Math.SQRT2, outputGain = 1 } = options;
  requireOptions({ ...options, activation, hiddenGain, outputGain });
  const layers = layersOf([inputSize, ...options.hidden, outputSize]);
  const last = layers.length - 1;
  const network: Network = {
    inputSize,
    outputSize,
    parameterCount: layers[last].offset + layerSize(layers[last]),
    initialise: (theta, random) => {
      layers.forEach((layer, l) => {
        theta.fill(0, layer.offset, layer.offset + layerSize(layer));
        const gain = l === last ? outputGain : hiddenGain;
        fillOrthogonal(layer, gain, random.split(`layer-${l}`), theta);
      });
    },
    linearisation: (rows) => linearisation(network, layers, activations[activation], rows),
  };
  return network;
}

function layersOf(sizes: readonly number[]): DenseLayer[] {
  const layers: DenseLayer[] = [];
  let offset = 0;
  for (let l = 1; l < sizes.length; l++) {
    const layer = { offset, inputs: sizes[l - 1], outputs: sizes[l], bias: true };
    layers.push(layer);
    offset += layerSize(layer);
  }
  return layers;
}

function linearisation(
  network: Network,
  layers: readonly DenseLayer[],
  activation: Activation,
  rows: number,
): Linearisation {
  const last = layers.length - 1;
  /** h₁ … h_{L−1} and f. */
  const h = layers.map((layer) => createRows(rows, layer.outputs));
  /** The tangents or cotangents of h₁ … h_{L−1}. */
  const d = layers.slice(0, last).map((layer) => createRows(rows, layer.outputs));
  let w: Vector = new Float64Array(0);
  let x: Rows = createRows(0, 0);

  /** z̄_L ← u, z̄ₗ₋₁ ← φ′(zₗ₋₁) ⊙ Wₗᵀz̄ₗ; shows each layer, the last one first. */
  const backward = (u: Rows, visit: (l: number, inputs: Rows, cotangents: Rows) => void): void => {
    for (let l = last; l >= 0; l--) {
      const z = l === last ? u : d[l];
      visit(l, l === 0 ? x : h[l - 1], z);
      if (l === 0) continue;
      transposedProduct(layers[l], w, z, d[l - 1]);
      activation.chain(h[l - 1].data, d[l - 1].data);
    }
  };

  return {
    parameterCount: network.parameterCount,
    outputs: h[last],
    at: (theta, inputs) => {
      w = theta;
      x = inputs;
      for (let l = 0; l <= last; l++) {
        affine(layers[l], w, l === 0 ? x : h[l - 1], h[l]);
        if (l < last) activation.apply(h[l].data);
      }
    },
    // żₗ ← Vₗhₗ₋₁ + v_b + Wₗḣₗ₋₁, ḣₗ ← φ′(zₗ) ⊙ żₗ
    jvp: (v, out) => {
      for (let l = 0; l <= last; l++) {
        const z = l === last ? out : d[l];
        affine(layers[l], v, l === 0 ? x : h[l - 1], z);
        if (l > 0) addProduct(layers[l], w, d[l - 1], z);
        if (l < last) activation.chain(h[l].data, z.data);
      }
    },
    // (W̄ₗ, b̄ₗ) ← (Σᵢ z̄ₗhₗ₋₁ᵀ, Σᵢ z̄ₗ)
    vjp: (u, out) => backward(u, (l, inputs, z) => outerSum(layers[l], z, inputs, out)),
    layers: (u) => {
      const traces = new Array<LayerTrace>(layers.length);
      backward(u, (l, inputs, cotangents) => {
        traces[l] = { layer: layers[l], inputs, cotangents };
      });
      return traces;
    },
    get origin() {
      return { network, theta: w, inputs: x };
    },
  };
}

function requireOptions(options: Required<MlpOptions>): void {
  const sizes = { inputSize: options.inputSize, outputSize: options.outputSize };
  const hidden = options.hidden.map((size, l) => [`hidden[${l}]`, size] as const);
  for (const [name, size] of [...Object.entries(sizes), ...hidden]) {
    if (Number.isInteger(size) && size > 0) continue;
    throw new RangeError(`mlp: ${name} must be a positive integer, got ${size}`);
  }
  if (!Object.hasOwn(activations, options.activation)) {
    const known = Object.keys(activations).join(", ");
    throw new RangeError(`mlp: activation must be one of ${known}, got ${options.activation}`);
  }
  for (const name of ["hiddenGain", "outputGain"] as const) {
    if (Number.isFinite(options[name])) continue;
    throw new RangeError(`mlp: ${name} must be a finite number, got ${options[name]}`);
  }
}
