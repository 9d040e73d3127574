import type { GroundTruth, Reference } from "../src/index.ts";
import { matrices } from "./lqr-algebra.ts";
import { finiteHorizonOptimum, optimum } from "./lqr-optimum.ts";
import { layoutOf } from "./lqr-policy.ts";
import { type LqrProblem, requireLqrProblem, withConstant } from "./lqr-problem.ts";
import { finiteHorizonValues, valuesOf } from "./lqr-solution.ts";

/**
 * The exact J, J*, ∇J, F and natural gradient of linear-Gaussian policies on a linear-quadratic
 * problem, over the policy's own θ = (K row-major, b if it has a bias, ξ), whatever σ(ξ) is; of returns
 * without end, or of those of the first `horizon` steps.
 *
 * Undefined for any other policy. For γ = 1 without a horizon, J is the average reward, and a policy
 * with a bias is undefined too: a bias is the gain of a constant state, see `withConstant`, which never
 * decays. With respect to ξ, ∂J/∂ξ = σ′ ∂J/∂σ and the natural component is that of σ over σ′, σ′ = dσ/dξ.
 *
 * @throws RangeError for matrices that do not fit.
 */
export function lqrReference(problem: LqrProblem): Reference {
  const { n, m } = matrices(requireLqrProblem(problem));
  const augmented = withConstant(problem);
  const systems = { linear: matrices(problem), affine: matrices(augmented) };
  const optima = new Map<string, number>();
  const optimalReturn = (discount: number, horizon?: number): number => {
    const key = `${discount} ${horizon}`;
    const known =
      optima.get(key) ??
      (horizon === undefined
        ? optimum(problem, discount).return
        : finiteHorizonOptimum(problem, discount, horizon));
    optima.set(key, known);
    return known;
  };
  return (policy, discount, horizon) => {
    const layout = layoutOf(policy, n, m);
    if (layout === undefined) return undefined;
    if (layout.bias && discount === 1 && horizon === undefined) return undefined;
    const { sigma, slope } = layout;
    const linear = { K: layout.gain(policy.theta), sigma };
    const values =
      horizon === undefined
        ? valuesOf(layout.bias ? systems.affine : systems.linear, linear, discount)
        : finiteHorizonValues(layout.bias ? augmented : problem, linear, discount, horizon);
    const truth: GroundTruth = {
      return: values.return,
      optimalReturn: optimalReturn(discount, horizon),
      gradient: layout.scatter(values.gradient, (d, j) => d * slope[j]),
      naturalGradient: layout.scatter(values.naturalGradient, (d, j) => d / slope[j]),
      fisher: layout.scatterSymmetric(values.fisher, (d, j) => d * slope[j]),
    };
    return truth;
  };
}
