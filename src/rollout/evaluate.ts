import { actionSize, type Environment, isCutOff } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { createRows } from "../math/rows.ts";
import { predictorOf } from "../network/predictor.ts";
import type { Policy } from "../policy/policy.ts";

export interface EvaluateOptions {
  readonly random: Random;
  readonly episodes: number;
  /** Whether to act by the mode of the policy instead of sampling from it. */
  readonly deterministic?: boolean;
  /** γ of the returns; 1 for plain sums. */
  readonly discount?: number;
}

/** A whole episode of an evaluation. */
export interface EvaluatedEpisode {
  /** Σ γᵗ rₜ. */
  readonly return: number;
  /** Σ rₜ. */
  readonly undiscountedReturn: number;
  /** Steps. */
  readonly length: number;
}

/**
 * Whole episodes under a policy: the returns and the length of each, in order.
 *
 * @throws RangeError for a number of episodes that is not a positive integer.
 */
export function evaluate(
  environment: Environment,
  policy: Policy,
  { random, episodes, deterministic = true, discount = 1 }: EvaluateOptions,
): EvaluatedEpisode[] {
  if (!Number.isInteger(episodes) || episodes < 1) {
    throw new RangeError(`evaluate: episodes must be a positive integer, got ${episodes}`);
  }
  const environmentRandom = random.split("environment");
  const actionRandom = random.split("action");
  const { network, distribution, theta } = policy;
  const predictor = predictorOf(network, 1);
  predictor.at(theta);
  const state = new Float64Array(environment.stateSize);
  const seen = createRows(1, environment.observationSize);
  const chosen = createRows(1, actionSize(environment.actionSpace));

  const episode = (): EvaluatedEpisode => {
    environment.reset(state, environmentRandom);
    let sum = 0;
    let plain = 0;
    let weight = 1;
    let length = 0;
    let running = true;
    while (running) {
      environment.observe(state, seen.data);
      predictor.predict(seen);
      if (deterministic) distribution.mode(predictor.outputs, chosen);
      else distribution.sample(predictor.outputs, actionRandom, chosen);
      const reward = environment.step(state, chosen.data, environmentRandom);
      sum += weight * reward;
      plain += reward;
      weight *= discount;
      length++;
      running = !environment.isTerminal(state) && !isCutOff(environment, state, length);
    }
    return { return: sum, undiscountedReturn: plain, length };
  };
  return Array.from({ length: episodes }, episode);
}
