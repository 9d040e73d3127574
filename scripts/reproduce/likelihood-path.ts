import {
  type Agent,
  type Batch,
  cholesky,
  direct,
  exactFisher,
  fixed,
  identityFisher,
  maximumLikelihood,
  type Policy,
  type StepRule,
} from "../../src/index.ts";

export type Method = "natural" | "vanilla";

/**
 * Maximum likelihood without damping: the natural gradient is exact Fisher × Cholesky, the vanilla one
 * identity × direct. A number is the size of fixed steps.
 */
export function learner(policy: Policy, method: Method, step: number | StepRule): Agent {
  const rule = typeof step === "number" ? fixed(step) : step;
  const common = { policy, damping: 0, step: rule, retries: 0 };
  return method === "natural"
    ? maximumLikelihood({ ...common, fisher: exactFisher(), solver: cholesky() })
    : maximumLikelihood({ ...common, fisher: identityFisher(), solver: direct() });
}

/** When a path ends. */
export interface PathLength {
  readonly updates: number;
  /** Ends it earlier, at the first θ for which this holds. */
  readonly until?: (theta: readonly number[]) => boolean;
}

/** θ before the first update and after each. @throws Error where an update is rejected. */
export function pathOf(
  agent: Agent,
  batch: Batch,
  { updates, until = () => false }: PathLength,
): number[][] {
  const path = [Array.from(agent.policy.theta)];
  while (path.length <= updates && !until(path[path.length - 1])) {
    const { outcome } = agent.update(batch);
    if (outcome.startsWith("rejected")) throw new Error(`update ${path.length} was ${outcome}`);
    path.push(Array.from(agent.policy.theta));
  }
  return path;
}
