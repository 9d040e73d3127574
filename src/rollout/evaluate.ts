import { actionSize, type Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { createRows } from "../math/rows.ts";
import type { Policy } from "../policy/policy.ts";
import type { EpisodeSummary } from "./batch.ts";

export interface EvaluateOptions {
  readonly random: Random;
  readonly episodes: number;
  /** Whether to act by the mode of the policy instead of sampling from it. */
  readonly deterministic?: boolean;
  /** γ of the returns; 1 for plain sums. */
  readonly discount?: number;
}

/**
 * Whole episodes under a policy: Σ γᵗ rₜ and the length of each, in order.
 *
 * @throws RangeError for a number of episodes that is not a positive integer.
 */
export function evaluate(
  environment: Environment,
  policy: Policy,
  { random, episodes, deterministic = true, discount = 1 }: EvaluateOptions,
): EpisodeSummary[] {
  if (!Number.isInteger(episodes) || episodes < 1) {
    throw new RangeError(`evaluate: episodes must be a positive integer, got ${episodes}`);
  }
  const environmentRandom = random.split("environment");
  const actionRandom = random.split("action");
  const { network, distribution, theta } = policy;
  const point = network.linearisation(1);
  const state = new Float64Array(environment.stateSize);
  const seen = createRows(1, environment.observationSize);
  const chosen = createRows(1, actionSize(environment.actionSpace));

  const episode = (): EpisodeSummary => {
    environment.reset(state, environmentRandom);
    let sum = 0;
    let weight = 1;
    let length = 0;
    while (length < environment.horizon) {
      environment.observe(state, seen.data);
      point.at(theta, seen);
      if (deterministic) distribution.mode(point.outputs, chosen);
      else distribution.sample(point.outputs, actionRandom, chosen);
      sum += weight * environment.step(state, chosen.data, environmentRandom);
      weight *= discount;
      length++;
      if (environment.isTerminal(state)) break;
    }
    return { return: sum, length };
  };
  return Array.from({ length: episodes }, episode);
}
