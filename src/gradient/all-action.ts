import type { ActionValue } from "../action-value/action-value.ts";
import type { ActionQuadrature, Distribution } from "../distribution/distribution.ts";
import { createRows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { GradientEstimator } from "./gradient-estimator.ts";

export interface AllActionOptions {
  /** Q(o, a), known, or learnt from the advantages of the batch. */
  readonly actionValue: ActionValue;
  /** Points of the quadrature for each component of a continuous action. */
  readonly points?: number;
}

/**
 * The integrated gradient g = Σᵢ ρᵢ ∫ ∇π(a | oᵢ; θ) Q(oᵢ, a) da = Jᵀ(ρ ⊙ E_{a~π}[Q(oᵢ, a) score]):
 * over all actions, not those sampled, which then add no variance of their own.
 *
 * The integral is a sum over the choices of a categorical, exact, and Gauss-Hermite quadrature for a
 * Gaussian, exact for a Q that is a polynomial of degree 2 · points − 3 in each component. A Q that
 * learns is fitted to the advantages of this very batch first; its error is the bias of g. With the
 * true Q and discounted states, g is unbiased for ∇J/D.
 *
 * Source: the sum form of Sutton et al. 2000, theorem 1; "all-action" after Sutton, Singh & McAllester
 * 2000, "Comparing policy-gradient algorithms"; Ciosek & Whiteson 2018, arXiv 1706.05374.
 *
 * @throws RangeError for a number of points that is not a positive integer; in `estimate` for a
 *   distribution without a quadrature.
 */
export function allAction({ actionValue, points = 3 }: AllActionOptions): GradientEstimator {
  requireCount("allAction", "points", points);
  const quadratures = new WeakMap<Distribution, ActionQuadrature>();
  let cotangents = createRows(0, 0);
  let scores = createRows(0, 0);
  let actions = createRows(0, 0);
  let nodeWeights = new Float64Array(0);
  let values = new Float64Array(0);

  return {
    ...(actionValue.state && { state: actionValue.state }),
    estimate: (batch, { point, policy: { distribution }, weights, advantages }, g) => {
      const { count, width } = point.outputs;
      if (scores.count !== count || scores.width !== width) {
        cotangents = createRows(count, width);
        scores = createRows(count, width);
        actions = createRows(count, distribution.actionSize);
        nodeWeights = new Float64Array(count);
        values = new Float64Array(count);
      }
      const quadrature = quadratures.get(distribution) ?? quadratureOf(distribution, points);
      quadratures.set(distribution, quadrature);
      actionValue.fit?.(batch.observations, batch.actions, advantages);
      cotangents.data.fill(0);
      for (let n = 0; n < quadrature.count; n++) {
        quadrature.node(point.outputs, n, actions, nodeWeights);
        distribution.score(point.outputs, actions, scores);
        actionValue.predict(batch.observations, actions, values);
        for (let i = 0; i < count; i++) {
          const factor = weights[i] * nodeWeights[i] * values[i];
          for (let k = i * width; k < (i + 1) * width; k++) {
            cotangents.data[k] += factor * scores.data[k];
          }
        }
      }
      point.vjp(cotangents, g);
    },
  };
}

function quadratureOf({ quadrature }: Distribution, points: number): ActionQuadrature {
  if (quadrature !== undefined) return quadrature(points);
  throw new RangeError(
    "allAction: the distribution must give a quadrature over its actions, got one without; add `quadrature` to it, or take policyGradientTheorem",
  );
}
