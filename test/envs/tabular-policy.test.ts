import { describe, expect, it } from "vitest";
import { decisionBorder, logistic, tabular, tabulated, twoState } from "../../envs/index.ts";
import {
  categorical,
  createPolicy,
  createRandom,
  diagonalGaussian,
  linear,
  mlp,
  policyFor,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { jacobianOf } from "../support/finite-differences.ts";
import { larger, softmaxPolicy } from "../support/tabular.ts";

describe.each([
  ["a decision border", decisionBorder, [0.3, 0.8]],
  ["a logistic policy", logistic, [0.7, -2]],
])("%s", (_, family, theta) => {
  it("has the Jacobian that finite differences have", () => {
    const flat = (x: ArrayLike<number>): Float64Array =>
      Float64Array.from(family(x).probabilities.flat());
    const rows = jacobianOf((x) => flat(x), theta);
    expectClose(family(theta).jacobian.flat(2), rows.flat(), 1e-6);
  });

  it("has probabilities that sum to 1", () => {
    for (const [first, second] of family(theta).probabilities) {
      expect(first + second).toBeCloseTo(1, 15);
    }
  });
});

describe("a logistic policy that all but never acts", () => {
  it("keeps all digits of the small probability and of its slope", () => {
    const small = Math.exp(-40) / (1 + Math.exp(-40));
    const { probabilities, jacobian } = logistic([40, -40]);
    expectClose([probabilities[0][1], probabilities[1][0]], [small, small], 1e-15);
    expectClose([jacobian[0][0][0], jacobian[1][0][1]], [small, small], 1e-15);
  });
});

describe("a decision border", () => {
  it("is the probability of action 0, and must be one", () => {
    expect(decisionBorder([0.25, 1]).probabilities).toEqual([
      [0.25, 0.75],
      [1, 0],
    ]);
    expect(() => decisionBorder([0.5, 1.01])).toThrow(/probabilities in \[0, 1\], got 1\.01/);
  });
});

describe("a policy as a table", () => {
  const environment = tabular(larger);
  const random = createRandom("tabulated");

  it("of a linear softmax of one-hot states has the probabilities exp θ / Σ exp θ", () => {
    const table = tabulated(softmaxPolicy(environment, larger.theta), environment, 4);
    const expected = [0, 1, 2, 3].map((s) => {
      const weights = [0, 1, 2].map((a) => Math.exp(larger.theta[4 * a + s]));
      const total = weights.reduce((sum, value) => sum + value, 0);
      return weights.map((weight) => weight / total);
    });
    expectClose(table?.probabilities.flat() ?? [], expected.flat(), 1e-14);
  });

  it.each([
    ["a softmax with superfluous biases", policyFor(environment, random)],
    ["a perceptron", policyFor(environment, random, { hidden: [5] })],
  ])("of %s has the Jacobian that finite differences have", (_, policy) => {
    policy.theta.forEach((_value, k) => (policy.theta[k] = random.normal()));
    const { network, distribution } = policy;
    const at = (theta: Float64Array): Float64Array => {
      const table = tabulated({ network, distribution, theta }, environment, 4);
      return Float64Array.from(table?.probabilities.flat() ?? []);
    };
    const jacobian = tabulated(policy, environment, 4)?.jacobian ?? [];
    expectClose(jacobian.flat(2), jacobianOf(at, policy.theta, 1e-5).flat(), 1e-6);
  });

  it("of the number of the state instead of a unit vector is another one", () => {
    const numbered = tabular({ ...larger, observation: "index" });
    const policy = policyFor(numbered, random);
    policy.theta.set([0, 1, -1, 0, 0, 0]); // logits (0, s, −s)
    const table = tabulated(policy, numbered, 4);
    [0, 1, 2, 3].forEach((s) => {
      const weights = [1, Math.exp(s), Math.exp(-s)];
      const total = weights.reduce((sum, value) => sum + value, 0);
      expectClose(
        table?.probabilities[s] ?? [],
        weights.map((weight) => weight / total),
        1e-14,
      );
    });
  });

  it("is undefined for a policy of other observations, other actions or a density", () => {
    const states = twoState();
    const of = (network: Parameters<typeof createPolicy>[0], family = categorical(2)) =>
      tabulated(createPolicy(network, family, random), states, 2);
    expect(of(linear(2, 2))).toBeDefined();
    expect(of(linear(3, 2))).toBeUndefined();
    expect(of(linear(2, 3), categorical(3))).toBeUndefined();
    expect(of(mlp({ inputSize: 2, hidden: [3], outputSize: 2 }), diagonalGaussian(1))).toBe(
      undefined,
    );
  });
});
