import type { InvertibleOperator, LinearOperator } from "../linear/operator.ts";
import type { FisherModel } from "./fisher.ts";

/** The model `fisher`, carrying `preconditioner` for the iterative solvers that use one. */
export function preconditioned(
  fisher: FisherModel<LinearOperator>,
  preconditioner: FisherModel<InvertibleOperator>,
): FisherModel<LinearOperator> {
  return {
    ...(fisher.exact === true && { exact: true }),
    at: (point, distribution, actions, weights) => {
      const operator = fisher.at(point, distribution, actions, weights);
      return {
        size: operator.size,
        apply: (v, out) => operator.apply(v, out),
        preconditioner: preconditioner.at(point, distribution, actions, weights),
      };
    },
  };
}
