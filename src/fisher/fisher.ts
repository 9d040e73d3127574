import type { Distribution } from "../distribution/distribution.ts";
import type { LinearOperator } from "../linear/operator.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation } from "../network/network.ts";

/**
 * A model of F = E[∇log π ∇log πᵀ] on a batch whose steps have weights ρᵢ: exact JᵀMJ, empirical,
 * diagonal, or I.
 *
 * The operator stays valid until the linearisation moves or `at` is called again.
 */
export interface FisherModel<out A extends LinearOperator> {
  /** Whether the operators are F itself but for rounding, so that no one need make another. */
  readonly exact?: boolean;
  at(point: Linearisation, distribution: Distribution, actions: Rows, weights: Vector): A;
}

/** roρᵢ ← ρᵢ roρᵢ. */
export function weightRows(weights: Vector, rows: Rows): void {
  const { count, width, data } = rows;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) data[i * width + k] *= weights[i];
  }
}

/** Gives scratch rows of the shape asked for, made anew only when the shape changes. */
export function createScratch(): (like: Rows) => Rows {
  let rows = createRows(0, 0);
  return (like) => {
    if (rows.count !== like.count || rows.width !== like.width) {
      rows = createRows(like.count, like.width);
    }
    return rows;
  };
}
