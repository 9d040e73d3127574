import type { LinearOperator } from "../linear/operator.ts";
import { createScratch, type FisherModel, weightRows } from "./fisher.ts";

/**
 * F v = Jᵀ (ρ ⊙ M (J v)), the exact Fisher matrix of the policy on the states of the batch, without
 * second derivatives: it is the Hessian of KL(π_θ ‖ π_θ′) at θ′ = θ.
 *
 * Source: the Gauss-Newton product, Schraudolph 2002; Martens 2020, arXiv 1412.1193.
 */
export function exactFisher(): FisherModel<LinearOperator> {
  const scratchLike = createScratch();
  return {
    exact: true,
    at: (point, distribution, _, weights) => {
      const eta = point.outputs;
      const rows = scratchLike(eta);
      return {
        size: point.parameterCount,
        apply: (v, out) => {
          point.jvp(v, rows);
          distribution.applyFisher(eta, rows, rows);
          weightRows(weights, rows);
          point.vjp(rows, out);
        },
      };
    },
  };
}
