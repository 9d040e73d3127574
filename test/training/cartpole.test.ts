import { describe, expect, test } from "vitest";
import { cartpole, cartpoleContinuous } from "../../envs/cartpole.ts";
import {
  conjugateGradient,
  createRandom,
  type Environment,
  evaluate,
  exactFisher,
  gae,
  lineSearch,
  mean,
  naturalGradient,
  policyFor,
  ridge,
  standardised,
  train,
} from "../../src/index.ts";

/** TRPO with a 64-64 tanh policy and a quadratic baseline; a push of σ = 5 N explores the track. */
function trpo(environment: Environment, seed: number) {
  const random = createRandom(seed);
  return naturalGradient({
    policy: policyFor(environment, random, { hidden: [64, 64], logStd: Math.log(5) }),
    baseline: ridge(),
    advantage: standardised(gae({ discount: 0.99, lambda: 0.95 })),
    fisher: exactFisher(),
    damping: 0.1,
    solver: conjugateGradient({ iterations: 10 }),
    step: lineSearch({ kl: 0.01 }),
  });
}

describe.each([
  ["cartpole", cartpole(), 200],
  ["cartpole-continuous", cartpoleContinuous(), 150],
])("TRPO on %s", (_, environment, balanced) => {
  test("improves clearly in ten updates of 1000 steps, each within its KL", () => {
    const agent = trpo(environment, 1);
    const options = { random: createRandom(1), steps: 10_000, stepsPerUpdate: 1000 };
    const records = [...train({ environment, agent, ...options })];
    const returns = evaluate(environment, agent.policy, { random: createRandom(2), episodes: 10 });
    expect(records[0].meanReturn).toBeLessThan(40);
    expect(mean(returns.map((episode) => episode.return))).toBeGreaterThan(balanced);
    for (const { report } of records) {
      expect(report.outcome).toMatch(/accepted|shrunk/);
      expect(report.kl).toBeLessThanOrEqual(0.01);
      expect(report.gain).toBeGreaterThan(0);
    }
  });
});

test("the same seeds train the same perceptron bit for bit", () => {
  const trained = () => {
    const agent = trpo(cartpole(), 3);
    const options = { random: createRandom(3), steps: 400, stepsPerUpdate: 200 };
    return [...train({ environment: cartpole(), agent, ...options })].map(({ report }) => [
      report.kl,
      report.gain,
      ...agent.policy.theta,
    ]);
  };
  expect(trained()).toEqual(trained());
});
