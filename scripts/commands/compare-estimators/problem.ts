import { environments } from "../../../envs/index.ts";
import { createRandom, type GroundTruth, policyFor } from "../../../src/index.ts";
import type { Problem } from "../../estimators/estimators.ts";

/** What a problem is made from, in this thread or another. */
export interface ProblemRecipe {
  /** A name in the registry. */
  readonly environment: string;
  readonly environmentOptions: Readonly<Record<string, unknown>>;
  readonly discount: number;
  readonly bias: boolean;
  readonly seed: number;
  readonly theta?: readonly number[];
}

/** A problem and what is exactly true of it. */
export interface ExactProblem extends Problem {
  readonly truth: GroundTruth;
}

/** @throws RangeError for a θ of another length, or a policy whose gradient is zero or unknown. */
export function exactProblem(recipe: ProblemRecipe): ExactProblem {
  const { discount, bias, seed, theta } = recipe;
  const entry = environments[recipe.environment];
  const environment = entry.create(recipe.environmentOptions);
  const policy = policyFor(environment, createRandom(seed).split("policy"), { bias });
  if (theta !== undefined && theta.length !== policy.theta.length) {
    throw new RangeError(
      `--theta must have the ${policy.theta.length} parameters of the policy, got ${theta.length}; give as many, or leave it out`,
    );
  }
  if (theta !== undefined) policy.theta.set(theta);
  const truth = entry.reference?.(environment)(policy, discount, environment.horizon);
  if (!truth?.gradient.some((value) => value !== 0)) {
    const what = truth === undefined ? "unknown" : "zero";
    throw new RangeError(
      `compare-estimators: the exact gradient must not be zero, got one that is ${what} at θ = ${policy.theta.join(", ")}; give another --theta`,
    );
  }
  const actionValue = discount < 1 ? entry.actionValue?.(environment, policy, discount) : undefined;
  return { environment, policy, discount, truth, ...(actionValue && { actionValue }) };
}
