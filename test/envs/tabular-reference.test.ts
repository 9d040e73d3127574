import { describe, expect, it } from "vitest";
import { natural } from "../../agents/index.ts";
import { tabular, tabularOptimum, tabularReference, twoState } from "../../envs/index.ts";
import {
  createPolicy,
  createRandom,
  diagonalGaussian,
  evaluate,
  type GroundTruth,
  linear,
  type Policy,
  policyFor,
  train,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf } from "../support/finite-differences.ts";
import { zScore } from "../support/statistics.ts";
import { larger } from "../support/tabular.ts";

const environment = tabular({ ...larger, horizon: 150 });
const reference = tabularReference(environment);
const GAMMA = 0.9;

function truthOf(policy: Policy, gamma = GAMMA): GroundTruth {
  const truth = reference(policy, gamma);
  if (truth === undefined) throw new Error("the reference does not know this policy");
  return truth;
}

function randomPolicy(hidden: readonly number[]): Policy {
  const random = createRandom("reference");
  const policy = policyFor(environment, random, { hidden });
  policy.theta.forEach((_, k) => (policy.theta[k] = random.normal()));
  return policy;
}

describe.each([
  ["a linear softmax", randomPolicy([])],
  ["a perceptron", randomPolicy([4])],
])("the ground truth of %s", (_, policy) => {
  it.each([GAMMA, 1])("has the gradient that finite differences of J have, γ = %f", (gamma) => {
    const { network, distribution } = policy;
    const at = (theta: Float64Array): number =>
      truthOf({ network, distribution, theta }, gamma).return;
    expectClose(truthOf(policy, gamma).gradient, gradientOf(at, policy.theta), 1e-6);
  });

  it("has the J that simulation has", () => {
    const returns = evaluate(environment, policy, {
      random: createRandom("returns"),
      episodes: 1000,
      deterministic: false,
      discount: GAMMA,
    }).map((episode) => episode.return);
    expect(Math.abs(zScore(returns, truthOf(policy).return))).toBeLessThan(4);
  });

  it("has the optimal return of the problem, above its own", () => {
    const { optimalReturn, return: own } = truthOf(policy);
    expect(optimalReturn).toBe(tabularOptimum(larger, GAMMA).return);
    expect(optimalReturn).toBeGreaterThan(own);
  });
});

describe("tabularReference", () => {
  it("is undefined for a policy that does not choose among the actions", () => {
    const random = createRandom(0);
    const gaussian = createPolicy(linear(4, 2), diagonalGaussian(1), random);
    expect(reference(gaussian, GAMMA)).toBeUndefined();
    expect(reference(policyFor(twoState(), random), GAMMA)).toBeUndefined();
  });

  it("stands beside the estimates of a run, which point the same way", () => {
    const states = twoState();
    const random = createRandom(1);
    const agent = natural(states, random, { discount: 0.95 });
    const records = [
      ...train({
        environment: states,
        agent,
        random,
        reference: tabularReference(states),
        steps: 10_000,
      }),
    ];
    const comparisons = records.map(({ comparison }) => comparison);
    for (const comparison of comparisons) {
      expect(comparison?.gradientCosine).toBeGreaterThan(0.99);
      expect(comparison?.naturalCosine).toBeGreaterThan(0.98);
    }
    expect(comparisons[4]?.exactReturn).toBeGreaterThan(comparisons[0]?.exactReturn ?? Infinity);
  });
});
