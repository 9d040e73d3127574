import { describe, expect, it } from "vitest";
import { decisionBorder, tabular, tabulated, twoState } from "../../envs/index.ts";
import {
  bernoulli,
  categorical,
  createPolicy,
  createRandom,
  diagonalGaussian,
  linear,
  type Network,
  policyFor,
  reparametrised,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { jacobianOf } from "../support/finite-differences.ts";
import { larger, logistic, softmaxPolicy } from "../support/tabular.ts";

describe("a decision border", () => {
  it("is the probability of action 0, and must be one", () => {
    expect(decisionBorder([0.25, 1]).probabilities).toEqual([
      [0.25, 0.75],
      [1, 0],
    ]);
    expect(() => decisionBorder([0.5, 1.01])).toThrow(/probabilities in \[0, 1\], got 1\.01/);
  });

  it("is the logistic policy in other parameters, logit π(1 | s) = log((1 − θₛ)/θₛ)", () => {
    const inBorders = reparametrised(
      linear(2, 1, { bias: false }),
      {
        apply: (theta, logits) => theta.forEach((p, s) => (logits[s] = Math.log((1 - p) / p))),
        jacobian: (theta, out) => {
          out.data.fill(0);
          theta.forEach((p, s) => (out.data[3 * s] = -1 / (p * (1 - p))));
        },
      },
      [0.43, 0.67],
    );
    const policy = createPolicy(inBorders, bernoulli(1), createRandom(0));
    const through = tabulated(policy, twoState());
    const direct = decisionBorder([0.43, 0.67]);
    expectClose(through.probabilities.flat(), direct.probabilities.flat(), 1e-14);
    expectClose(through.jacobian.flat(2), direct.jacobian.flat(2), 1e-14);
  });
});

describe("a policy as a table", () => {
  const environment = tabular(larger);
  const random = createRandom("tabulated");

  it("of a linear softmax of one-hot states has the probabilities exp θ / Σ exp θ", () => {
    const { probabilities } = tabulated(softmaxPolicy(environment, larger.theta), environment);
    const expected = [0, 1, 2, 3].map((s) =>
      normalised([0, 1, 2].map((a) => Math.exp(larger.theta[4 * a + s]))),
    );
    expectClose(probabilities.flat(), expected.flat(), 1e-14);
  });

  it("of a logistic policy keeps all digits of a small probability and of its slope", () => {
    const small = Math.exp(-40) / (1 + Math.exp(-40));
    const { probabilities, jacobian } = logistic([40, -40]);
    expectClose([probabilities[0][0], probabilities[1][1]], [small, small], 1e-14);
    expectClose([jacobian[0][1][0], jacobian[1][0][1]], [small, -small], 1e-14);
  });

  it.each([
    ["a softmax with superfluous biases", policyFor(environment, random)],
    ["a perceptron", policyFor(environment, random, { hidden: [5] })],
  ])("of %s has the Jacobian that finite differences have", (_, policy) => {
    policy.theta.forEach((_value, k) => (policy.theta[k] = random.normal()));
    const { network, distribution } = policy;
    const at = (theta: Float64Array): Float64Array =>
      Float64Array.from(
        tabulated({ network, distribution, theta }, environment).probabilities.flat(),
      );
    const { jacobian } = tabulated(policy, environment);
    expectClose(jacobian.flat(2), jacobianOf(at, policy.theta, 1e-5).flat(), 1e-6);
  });

  it("over the number of the state instead of a unit vector has logits linear in it", () => {
    const numbered = tabular({ ...larger, observation: "index" });
    const policy = policyFor(numbered, random);
    policy.theta.set([0, 1, -1, 0, 0, 0]);
    const { probabilities } = tabulated(policy, numbered);
    [0, 1, 2, 3].forEach((s) => {
      expectClose(probabilities[s], normalised([1, Math.exp(s), Math.exp(-s)]), 1e-14);
    });
  });

  it.each<[string, Network, ReturnType<typeof categorical>]>([
    ["other observations", linear(3, 2), categorical(2)],
    ["more actions", linear(2, 3), categorical(3)],
    ["actions of two numbers", linear(2, 2), bernoulli(2)],
    ["a density", linear(2, 2), diagonalGaussian(1)],
  ])("is refused for %s", (_, network, distribution) => {
    const policy = createPolicy(network, distribution, random);
    expect(() => tabulated(policy, twoState())).toThrow(
      /^tabulated: the policy must take 2 observations to probabilities of 2 actions, got one from/,
    );
  });
});

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map((weight) => weight / total);
}
