import { monomialCount, monomials } from "../math/monomials.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** φ(o), in which V(o) ≈ vᵀφ(o) is linear. */
export interface ValueFeatures {
  /** Numbers in φ, for observations of so many numbers. */
  size(observationSize: number): number;
  /** out from `at` on ← φ(oᵢ). */
  write(observations: Rows, i: number, out: Vector, at: number): void;
}

/** φ = (1, o₁ …, o₁², o₁o₂ …): V of a linear-Gaussian policy on a linear-quadratic regulator is linear in it. */
export function quadraticFeatures(): ValueFeatures {
  return {
    size: (observationSize) => monomialCount(observationSize, 2),
    write: (observations, i, out, at) => monomials(observations, i, 2, out, at),
  };
}
