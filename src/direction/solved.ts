import type { FisherModel } from "../fisher/fisher.ts";
import type { LinearOperator } from "../linear/operator.ts";
import type { Solver } from "../solver/solver.ts";
import type { DirectionSource } from "./direction.ts";

/** w ≈ (F + λI)⁻¹ g, F by the model and the solve by a solver for such operators. */
export function solved<A extends LinearOperator>(
  fisher: FisherModel<A>,
  solver: Solver<A>,
): DirectionSource {
  return {
    ...(solver.state && { state: solver.state }),
    at: ({ actions }, { point, policy, weights }) => {
      const a = fisher.at(point, policy.distribution, actions, weights);
      return {
        ...(fisher.exact === true && { metric: a }),
        find: (g, damping, w) => solver.solve(a, damping, g, w),
      };
    },
  };
}
