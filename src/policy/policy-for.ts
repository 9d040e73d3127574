import { diagonalGaussian } from "../distribution/diagonal-gaussian.ts";
import { actionSize, type Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { constantHead } from "../network/constant-head.ts";
import { linear } from "../network/linear.ts";
import { createPolicy, type Policy } from "./policy.ts";

export interface PolicyOptions {
  /** Whether the mean has a bias term. */
  readonly bias?: boolean;
  /** log σ at the start, for every action component. */
  readonly logStd?: number;
}

/**
 * The default policy of an environment with box actions: a ~ N(K o + b, diag σ²), K = 0, b = 0 at
 * the start, θ = (K row-major, b, log σ).
 *
 * @throws RangeError for a discrete action space, which needs a softmax policy.
 */
export function policyFor(
  environment: Environment,
  random: Random,
  { bias = true, logStd = 0 }: PolicyOptions = {},
): Policy {
  const { actionSpace, observationSize, name } = environment;
  if (actionSpace.kind === "discrete") {
    throw new RangeError(
      `policyFor: needs an environment with box actions, got ${name} with ${actionSpace.count} discrete actions; build a policy of your own with createPolicy`,
    );
  }
  const size = actionSize(actionSpace);
  const mean = linear(observationSize, size, { bias });
  const network = constantHead(mean, new Array<number>(size).fill(logStd));
  return createPolicy(network, diagonalGaussian(size), random);
}
