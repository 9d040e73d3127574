import type { Random } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { DenseLayer } from "./dense.ts";

/** A dense layer z = W x + b of a linearisation, seen at its point, with the cotangents of one u. */
export interface LayerTrace {
  /** Where W and b lie in θ. */
  readonly layer: DenseLayer;
  /** xᵢ, what enters the layer: observations or activations. */
  readonly inputs: Rows;
  /** z̄ᵢ = (∂fᵢ/∂zᵢ)ᵀuᵢ. */
  readonly cotangents: Rows;
}

/** What a linearisation was moved to, as `at` was given it. */
export interface Origin {
  readonly network: Network;
  readonly theta: Vector;
  readonly inputs: Rows;
}

/**
 * f(x; θ) and its Jacobian J = ∂f/∂θ at one point, in buffers made once for a fixed number of rows.
 *
 * Vectors of parameters may be longer than `parameterCount`: only the leading entries are read and
 * written, so that a wrapper appends its own parameters without copying.
 */
export interface Linearisation {
  readonly parameterCount: number;
  /** f(xᵢ; θ) in row i, written by `at`. */
  readonly outputs: Rows;
  /**
   * Moves the point; `outputs`, `jvp` and `vjp` then refer to it. `theta` and `inputs` may be kept,
   * not copied: leave both alone while the point is in use.
   */
  at(theta: Vector, inputs: Rows): void;
  /** out ← J v, one row per input row. */
  jvp(v: Vector, out: Rows): void;
  /** out ← Jᵀ u, summed over the rows in their order. */
  vjp(u: Rows, out: Vector): void;
  /**
   * All of θ as dense layers, with their cotangents for u: Jᵀu is (Σᵢ z̄ᵢxᵢᵀ, Σᵢ z̄ᵢ) layer by layer.
   *
   * Valid until the next product or move. A network of another kind leaves it out; then models that
   * need layers, such as K-FAC, refuse it and the others take their general path.
   */
  layers?(u: Rows): readonly LayerTrace[];
  /** f, θ and x of the point, from which it can be linearised again on some of its rows. */
  readonly origin?: Origin;
}

/** f(x; θ) alone, for many calls at one θ, as in a roll-out. */
export interface Predictor {
  /** f(xᵢ; θ) in row i, written by `predict`. */
  readonly outputs: Rows;
  /** Takes in θ, which may change afterwards. */
  at(theta: Vector): void;
  predict(inputs: Rows): void;
}

/** A parametrised function of rows, f: ℝ^inputSize × ℝ^parameterCount → ℝ^outputSize. */
export interface Network {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly parameterCount: number;
  /** Writes the parameters that training starts from. */
  initialise(theta: Vector, random: Random): void;
  /** A linearisation for that many rows, in buffers of its own. */
  linearisation(rows: number): Linearisation;
  /** A faster way to f(x; θ) than a linearisation, where there is one. */
  predictor?(rows: number): Predictor;
}
