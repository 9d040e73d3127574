import {
  kakadeTwoState,
  tabulated,
  tabularValues,
  type TabularValues,
  twoState,
} from "../../../envs/index.ts";
import { bernoulli, createPolicy, createRandom, linear } from "../../../src/index.ts";

const environment = twoState();
/** π(1; s) = exp θ(s)/(1 + exp θ(s)), as in the paper. */
const policy = createPolicy(linear(2, 1, { bias: false }), bernoulli(1), createRandom(0));

/** The average reward η of θ = (θ(i), θ(j)) with all that is exactly known of it. */
export function valuesAt(theta: readonly number[]): TabularValues {
  policy.theta.set(theta);
  return tabularValues(kakadeTwoState, tabulated(policy, environment), { gamma: 1 });
}

/** θ of the probabilities of staying in i and in j. */
export function thetaOf(stay: readonly [i: number, j: number]): number[] {
  return stay.map((p) => Math.log(p / (1 - p)));
}

export const settings = {
  /** π(1; i) and π(1; j) at the start, as the paper states them. */
  start: [0.8, 0.1] as const,
  /** λ added to F: "about 10⁻³" in the paper. */
  damping: 1e-3,
  /** η from which on the better state counts as reached; ours. */
  reached: 1.9,
  /** Error of a step of the integration, relative and absolute; ours. */
  tolerance: 1e-10,
};
