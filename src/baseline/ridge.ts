import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { monomialCount, monomials } from "../math/monomials.ts";
import { savedVector } from "../math/resumable.ts";
import type { Rows } from "../math/rows.ts";
import { firstNonFinite, type Vector } from "../math/vector.ts";
import type { Baseline } from "./baseline.ts";

export interface RidgeOptions {
  /** Highest total degree of the monomials: 1 or 2. */
  readonly degree?: 1 | 2;
  /** λ, relative to features scaled to a mean square of 1. */
  readonly regularisation?: number;
}

/**
 * V(o) = wᵀφ(o) with φ all monomials of o up to `degree`; V = 0 before the first fit.
 *
 * w = D⁻¹ (D⁻¹ΦᵀΦD⁻¹ + NλI)⁻¹ D⁻¹Φᵀy with D the root mean square of each feature, so that the
 * prediction does not depend on the units of o. Exact for the value function of a linear-quadratic
 * regulator at degree 2. Where ΦᵀΦ overflows or is singular, V stays as it was. After the
 * linear-feature baseline of Duan et al. 2016.
 */
export function ridge({ degree = 2, regularisation = 1e-8 }: RidgeOptions = {}): Baseline {
  const degrees: readonly number[] = [1, 2];
  if (!degrees.includes(degree)) {
    throw new RangeError(`ridge: degree must be 1 or 2, got ${degree}`);
  }
  if (!(regularisation >= 0 && regularisation < Infinity)) {
    throw new RangeError(
      `ridge: regularisation must be a number of at least 0, got ${regularisation}`,
    );
  }
  let weights: Vector | undefined;
  return {
    predict: (observations, out) => {
      const { count } = observations;
      if (weights === undefined) return void out.fill(0, 0, count);
      const features = new Float64Array(weights.length);
      for (let i = 0; i < count; i++) {
        monomials(observations, i, degree, features);
        let sum = 0;
        for (let k = 0; k < features.length; k++) sum += weights[k] * features[k];
        out[i] = sum;
      }
    },
    fit: (observations, returns) => {
      const moments = normalEquations(observations, returns, degree);
      const lambda = regularisation * observations.count;
      weights = solveScaled(moments.gram, moments.target, lambda) ?? weights;
    },
    state: {
      save: () => ({ weights: weights?.slice() ?? new Float64Array(0) }),
      restore: (saved) => {
        const kept = savedVector(saved, "weights");
        weights = kept.length === 0 ? undefined : kept;
      },
    },
  };
}

/** ΦᵀΦ and Φᵀy. */
function normalEquations(
  observations: Rows,
  returns: Vector,
  degree: 1 | 2,
): { gram: Matrix; target: Vector } {
  const { count, width } = observations;
  const size = monomialCount(width, degree);
  const phi = new Float64Array(size);
  const gram = new Float64Array(size * size);
  const target = new Float64Array(size);
  for (let i = 0; i < count; i++) {
    monomials(observations, i, degree, phi);
    for (let j = 0; j < size; j++) {
      target[j] += phi[j] * returns[i];
      for (let k = 0; k <= j; k++) gram[j * size + k] += phi[j] * phi[k];
    }
  }
  const matrix = new Matrix(size, size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      matrix.set(j, k, gram[j * size + k]);
      matrix.set(k, j, gram[j * size + k]);
    }
  }
  return { gram: matrix, target };
}

/**
 * w = D⁻¹(D⁻¹GD⁻¹ + λ̄I)⁻¹D⁻¹t with D² = diag(G)/N, so that D⁻¹GD⁻¹ has N on its diagonal; a feature that
 * is always 0 keeps its scale. Undefined without a finite solution.
 */
function solveScaled(gram: Matrix, target: Vector, lambda: number): Vector | undefined {
  const size = target.length;
  const count = gram.get(0, 0);
  const scale = Float64Array.from(target, (_, j) => {
    const square = gram.get(j, j) / count;
    return square === 0 ? 1 : Math.sqrt(square);
  });
  const scaled = new Matrix(size, size);
  const right = new Matrix(size, 1);
  for (let j = 0; j < size; j++) {
    right.set(j, 0, target[j] / scale[j]);
    for (let k = 0; k < size; k++) {
      scaled.set(j, k, gram.get(j, k) / (scale[j] * scale[k]) + (j === k ? lambda : 0));
    }
  }
  if (!scaled.to1DArray().every(Number.isFinite)) return undefined;
  const factor = new CholeskyDecomposition(scaled);
  if (!factor.isPositiveDefinite()) return undefined;
  const solution = factor.solve(right);
  const weights = Float64Array.from(target, (_, j) => solution.get(j, 0) / scale[j]);
  return firstNonFinite(weights) < 0 ? weights : undefined;
}
