import type { Reference } from "../src/index.ts";
import type { TabularEnvironment } from "./tabular.ts";
import { tabularOptimum } from "./tabular-optimum.ts";
import { tableOf } from "./tabular-policy.ts";
import { tabularValues } from "./tabular-solution.ts";

/**
 * The exact J, J*, ∇J and natural gradient of any policy that chooses among the actions of a tabular
 * environment, over the policy's own θ; the average reward for γ = 1.
 *
 * Undefined for a policy over other observations or actions. Of the natural gradients of a policy
 * with superfluous parameters, as a softmax has, it is the one of least norm.
 */
export function tabularReference(environment: TabularEnvironment): Reference {
  const { problem } = environment;
  const optima = new Map<number, number>();
  const optimalReturn = (gamma: number): number => {
    const known = optima.get(gamma) ?? tabularOptimum(problem, gamma).return;
    optima.set(gamma, known);
    return known;
  };
  return (policy, gamma) => {
    const table = tableOf(policy, environment);
    if (table === undefined) return undefined;
    const values = tabularValues(problem, table, { gamma });
    return {
      return: values.return,
      optimalReturn: optimalReturn(gamma),
      gradient: Float64Array.from(values.gradient),
      naturalGradient: Float64Array.from(values.naturalGradient),
    };
  };
}
