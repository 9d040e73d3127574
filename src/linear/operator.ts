import type { Vector } from "../math/vector.ts";

/** A square linear map A that is applied, never formed. */
export interface LinearOperator {
  readonly size: number;
  /** out ← A v; `out` must not be `v`. */
  apply(v: Vector, out: Vector): void;
  /** An approximation of A that can be inverted, for iterative solvers. */
  readonly preconditioner?: InvertibleOperator;
}

/** A linear map that also solves with itself. */
export interface InvertibleOperator extends LinearOperator {
  /** out ← (A + λI)⁻¹ b; `out` may be `b`. */
  applyInverse(b: Vector, damping: number, out: Vector): void;
}

/** I. */
export function identityOperator(size: number): InvertibleOperator {
  return {
    size,
    apply: (v, out) => {
      for (let i = 0; i < size; i++) out[i] = v[i];
    },
    applyInverse: (b, damping, out) => {
      for (let i = 0; i < size; i++) out[i] = b[i] / (1 + damping);
    },
  };
}

/** diag(d), read from `diagonal` at each product. */
export function diagonalOperator(diagonal: Vector): InvertibleOperator {
  const size = diagonal.length;
  return {
    size,
    apply: (v, out) => {
      for (let i = 0; i < size; i++) out[i] = diagonal[i] * v[i];
    },
    applyInverse: (b, damping, out) => {
      for (let i = 0; i < size; i++) out[i] = b[i] / (diagonal[i] + damping);
    },
  };
}
