import { addScaled, dot, sumScaled, type Vector } from "../math/vector.ts";
import type { LinearOperator } from "./operator.ts";

/** Names a vector of a space. */
export type Handle = number;

/**
 * Vectors that stay in memory of an operator's own, perhaps in single precision, so that a whole
 * solve need not cross the boundary. Inner products are float64.
 */
export interface ResidentSpace {
  /** A new zero vector, never given back. */
  allocate(): Handle;
  /** x ← s v. */
  load(v: Vector, s: number, x: Handle): void;
  /** v ← s x. */
  store(x: Handle, s: number, v: Vector): void;
  /** xᵀy. */
  dot(x: Handle, y: Handle): number;
  /** out ← s x; `out` may be `x`. */
  scaled(s: number, x: Handle, out: Handle): void;
  /** out ← x + α y; `out` may be `x` or `y`. */
  sumScaled(x: Handle, alpha: number, y: Handle, out: Handle): void;
  /** x ← x − Σⱼ (qⱼᵀx) qⱼ for the leading `count` vectors of an orthonormal basis. */
  orthogonalise(x: Handle, basis: readonly Handle[], count: number): void;
}

/** A linear operator that also acts on the vectors of a space. */
export interface ResidentOperator extends LinearOperator {
  readonly space: ResidentSpace;
  /** out ← A v; `out` must not be `v`. */
  applyResident(v: Handle, out: Handle): void;
}

/** Any operator with float64 vectors for its space. */
export function residentOperator(operator: LinearOperator, space: Float64Space): ResidentOperator {
  return {
    size: operator.size,
    apply: (v, out) => operator.apply(v, out),
    space,
    applyResident: (v, out) => operator.apply(space.vector(v), space.vector(out)),
  };
}

export interface Float64Space extends ResidentSpace {
  vector(x: Handle): Vector;
}

/** Float64 vectors of `size` numbers. */
export function float64Space(size: number): Float64Space {
  const vectors: Vector[] = [];
  return {
    vector: (x) => vectors[x],
    allocate: () => vectors.push(new Float64Array(size)) - 1,
    load: (v, s, x) => scale(s, v, vectors[x]),
    store: (x, s, v) => scale(s, vectors[x], v),
    dot: (x, y) => dot(vectors[x], vectors[y]),
    scaled: (s, x, out) => scale(s, vectors[x], vectors[out]),
    sumScaled: (x, alpha, y, out) => sumScaled(vectors[x], alpha, vectors[y], vectors[out]),
    orthogonalise: (x, basis, count) => {
      for (let j = 0; j < count; j++) {
        const q = vectors[basis[j]];
        addScaled(-dot(q, vectors[x]), q, vectors[x]);
      }
    },
  };
}

function scale(s: number, x: Vector, out: Vector): void {
  for (let i = 0; i < out.length; i++) out[i] = s * x[i];
}
