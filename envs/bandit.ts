import * as z from "zod";
import type { Environment } from "../src/index.ts";

/** What `bandit` can be told. */
export const banditOptions = z.strictObject({
  means: z
    .array(z.number({ error: "must be numbers" }), { error: "must be numbers" })
    .min(2, "must be at least two numbers")
    .default([0, 0.5, 1])
    .describe("the mean reward of each arm"),
  noise: z
    .number({ error: "must be a number of at least 0" })
    .gte(0, "must be a number of at least 0")
    .default(1)
    .describe("standard deviation of a reward"),
});
export type BanditOptions = z.input<typeof banditOptions>;

/**
 * A bandit: one choice among arms, one reward, and the episode is over. With a softmax policy it is
 * the smallest problem that has a policy gradient: J(θ) = Σₐ π(a; θ) meanₐ.
 *
 * Action: the index of an arm, not checked; `simulation` refuses what is no action. Observation: the
 * number 1. Reward: N(meanₐ, noise²); the means are 0, 0.5 and 1 and the noise is 1. Start: always
 * the same. Termination: after the one step.
 *
 * Source: Sutton & Barto 2018, Reinforcement Learning, chapter 2.
 *
 * @throws RangeError for fewer than two arms, or numbers that are not finite.
 */
export function bandit({ means = [0, 0.5, 1], noise = 1 }: BanditOptions = {}): Environment {
  if (means.length < 2 || !means.every(Number.isFinite)) {
    throw new RangeError(
      `bandit: means must be at least two finite numbers, got [${means.join(", ")}]`,
    );
  }
  if (!(noise >= 0 && noise < Infinity)) {
    throw new RangeError(`bandit: noise must be a standard deviation of at least 0, got ${noise}`);
  }
  return {
    name: "bandit",
    stateSize: 1,
    observationSize: 1,
    actionSpace: { kind: "discrete", count: means.length },
    horizon: 1,
    reset: (s) => {
      s[0] = 0;
    },
    step: (s, a, random) => {
      s[0] = 1;
      const reward = means[a[0]];
      return noise > 0 ? reward + noise * random.normal() : reward;
    },
    observe: (_, o) => {
      o[0] = 1;
    },
    isTerminal: (s) => s[0] === 1,
  };
}
