import type { Random } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

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
}

/** A parametrised function of rows, f: ℝ^inputSize × ℝ^parameterCount → ℝ^outputSize. */
export interface Network {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly parameterCount: number;
  initialise(theta: Vector, random: Random): void;
  linearisation(rows: number): Linearisation;
}
