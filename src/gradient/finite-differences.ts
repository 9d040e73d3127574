import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { Rows } from "../math/rows.ts";
import { requireUnitInterval } from "../math/scalar.ts";
import { mean } from "../math/statistics.ts";
import type { Vector } from "../math/vector.ts";
import {
  discountedLength,
  discountedReturn,
  requireWholeEpisodes,
} from "../rollout/whole-episodes.ts";
import type { GradientEstimator } from "./gradient-estimator.ts";

export interface FiniteDifferencesOptions {
  /** γ of the returns, in [0, 1]. */
  readonly discount: number;
}

/**
 * (g·D, J_ref) ← the least squares of the returns Rₑ = Σₜ γᵗ rₜ of whole episodes played under θ + δₑ
 * on (δₑ, 1): no likelihoods, no derivatives of the policy, and a batch of `createPerturbedCollector`.
 *
 * Exact where J is linear; opposite pairs ±δ make it exact for a quadratic J too, else it is off by
 * the curvature along the δ. g is NaN, and the update rejected, where the δ do not span all directions.
 *
 * Source: Peters & Schaal 2008, Neural Networks 21:682-697, table 2. Differs in that δ and R are centred
 * first, which takes J_ref out, and in a singular value decomposition (ml-matrix) in place of normal
 * equations.
 *
 * @throws RangeError for γ outside [0, 1]; in `estimate` for episodes in parts, a batch without
 *   perturbations, or fewer than parameters and one.
 */
export function finiteDifferences({ discount }: FiniteDifferencesOptions): GradientEstimator {
  requireUnitInterval("finiteDifferences", "discount", discount);
  return {
    discount,
    estimate: (batch, _, g) => {
      requireWholeEpisodes("finiteDifferences", batch);
      const deltas = requirePerturbations(batch.perturbations, g.length);
      const returns = batch.episodes.map((episode) => discountedReturn(batch, episode, discount));
      const slopes = regress(deltas, returns);
      const length = discountedLength(batch, discount);
      for (let j = 0; j < g.length; j++) g[j] = slopes === undefined ? NaN : slopes[j] / length;
    },
  };
}

function requirePerturbations(perturbations: Rows | undefined, size: number): Rows {
  if (perturbations === undefined) {
    throw new RangeError(
      "finiteDifferences: batches must be played under perturbed θ, got one without perturbations; collect with createPerturbedCollector",
    );
  }
  if (perturbations.count <= size) {
    throw new RangeError(
      `finiteDifferences: batches must hold more episodes than the ${size} parameters, got ${perturbations.count}; raise pairs to at least ${size}`,
    );
  }
  return perturbations;
}

/** The slopes of the least squares of y on (x, 1); undefined where the centred x lack rank. */
function regress({ count, width, data }: Rows, y: readonly number[]): Vector | undefined {
  const x = new Matrix(count, width);
  for (let j = 0; j < width; j++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += data[i * width + j];
    for (let i = 0; i < count; i++) x.set(i, j, data[i * width + j] - sum / count);
  }
  const centre = mean(y);
  const svd = new SingularValueDecomposition(x);
  if (svd.rank < width) return undefined;
  return Float64Array.from(svd.solve(Matrix.columnVector(y.map((v) => v - centre))).to1DArray());
}
