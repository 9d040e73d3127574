import { describe, expect, it } from "vitest";
import {
  bartlettTwoState,
  decisionBorder,
  kakadeTwoState,
  petersTwoState,
  type TabularPolicy,
  type TabularProblem,
  tabularValues,
  type TabularValues,
} from "../../envs/index.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf } from "../support/finite-differences.ts";
import { cases, familyOf, larger, logistic } from "../support/tabular.ts";

type Family = (theta: ArrayLike<number>) => TabularPolicy;

const product = (matrix: TabularValues["fisher"], v: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * v[j], 0));

describe.each(cases)("$name, γ = $gamma, made with numpy", (reference) => {
  const policy = familyOf(reference)(reference.theta);
  const { expected, gamma } = reference;
  const values = tabularValues(reference, policy, { gamma, normalised: true });

  it("have the J, V, Q and state distribution of the reference", () => {
    expectClose([values.return], [expected.return], 1e-11);
    expectClose(values.values, expected.values, 1e-9);
    expectClose(values.actionValues.flat(), expected.actionValues.flat(), 1e-9);
    expectClose(values.stateDistribution, expected.stateDistribution, 1e-11);
  });

  it("have the gradient, Fisher matrix and natural gradient of the reference", () => {
    expectClose(values.gradient, expected.gradient, 1e-9);
    expectClose(values.fisher.flat(), expected.fisher.flat(), 1e-9);
    expectClose(values.naturalGradient, expected.naturalGradient, 1e-9);
  });
});

describe("the two states of Peters' policy gradient library at θ = (0.43, 0.67), γ = 0.9", () => {
  const policy = decisionBorder([0.43, 0.67]);
  const values = tabularValues(petersTwoState, policy, { gamma: 0.9, normalised: true });

  // To all six decimals that the derived values have.
  it.each<[string, ArrayLike<number>, number[]]>([
    ["J, normalised", [values.return], [0.614613]],
    ["V", values.values, [6.364063, 5.928207]],
    ["A of state 1", values.advantages[0], [1.363594, -1.028676]],
    ["A of state 2", values.advantages[1], [-0.200551, 0.407179]],
    ["d", values.stateDistribution, [0.537007, 0.462993]],
    ["∇J", values.gradient, [1.284665, -0.281375]],
    ["the natural gradient", values.naturalGradient, [0.586345, -0.134369]],
  ])("have the derived %s", (_, ours, derived) => {
    Array.from(ours).forEach((value, i) => expect(value).toBeCloseTo(derived[i], 6));
  });
});

const families: [string, TabularProblem, Family, number[]][] = [
  ["a decision border on Peters' states", petersTwoState, decisionBorder, [0.43, 0.67]],
  ["a decision border on Bartlett's states", bartlettTwoState, decisionBorder, [0.2, 0.9]],
  ["a logistic policy on Kakade's states", kakadeTwoState, logistic, [1.4, -2.2]],
  ["a softmax on four states", larger, familyOf(larger), larger.theta],
];
const discounts = [
  ["γ = 0", 0],
  ["γ = 0.9", 0.9],
  ["the average reward", 1],
] as const;

describe.each(families)("%s", (_, problem, family, theta) => {
  describe.each(discounts)("for %s", (__, gamma) => {
    const at = (x: ArrayLike<number>): TabularValues =>
      tabularValues(problem, family(x), { gamma });
    const values = at(theta);

    it("has the gradient that finite differences of J have", () => {
      // Richardson's h² → h⁴ of central differences.
      const [coarse, fine] = [2e-3, 1e-3].map((h) => gradientOf((x) => at(x).return, theta, h));
      const differences = fine.map((value, k) => value + (value - coarse[k]) / 3);
      expectClose(values.gradient, differences, 1e-8);
    });

    it("has a Fisher matrix that takes the natural gradient to the gradient", () => {
      expectClose(product(values.fisher, values.naturalGradient), values.gradient, 1e-10);
    });

    it("has values that satisfy Bellman's equation, and J = Σ d r", () => {
      const { probabilities } = family(theta);
      const back = values.values.map((_v, s) =>
        probabilities[s].reduce((sum, p, a) => sum + p * values.actionValues[s][a], 0),
      );
      expectClose(back, values.values, 1e-10);
      const paid = values.actionValues.flatMap((row, s) =>
        row.map((q, a) => {
          const ahead = problem.transitions[s][a].reduce(
            (sum, p, next) => sum + p * values.values[next],
            0,
          );
          const average = gamma === 1 ? values.return : 0;
          return values.stateDistribution[s] * probabilities[s][a] * (q - gamma * ahead + average);
        }),
      );
      const scale = gamma === 1 ? 1 : 1 - gamma;
      expectClose([paid.reduce((sum, x) => sum + x, 0)], [scale * values.return], 1e-10);
    });
  });
});

describe("the state distribution", () => {
  it("of two states that swap with probabilities p and q is (q, p)/(p + q), to all digits", () => {
    const swapping = (p: number, q: number): number[] =>
      tabularValues(kakadeTwoState, decisionBorder([p, q]), { gamma: 1 })
        .stateDistribution as number[];
    for (const [p, q] of [
      [0.2, 0.9],
      [2 ** -50, 0.5],
      [2 ** -50, 2 ** -40],
    ]) {
      expectClose(swapping(p, q).slice(0, 1), [q / (p + q)], 4e-16);
      expectClose(swapping(p, q).slice(1), [p / (p + q)], 4e-16);
    }
  });

  it("of a state that is never reached is zero, and so are its gradients", () => {
    const staying = decisionBorder([0, 0.5]);
    const values = tabularValues(kakadeTwoState, staying, { gamma: 0.9 });
    expect(values.stateDistribution).toEqual([1, 0]);
    expect(values.gradient[1]).toBe(0);
    expect(values.fisher[1]).toEqual([0, 0]);
  });
});

describe("the scale of the values", () => {
  const policy = decisionBorder([0.43, 0.67]);

  it("normalised by 1 − γ is that of a reward, for J, ∇J and the natural gradient alone", () => {
    const plain = tabularValues(petersTwoState, policy, { gamma: 0.9 });
    const normalised = tabularValues(petersTwoState, policy, { gamma: 0.9, normalised: true });
    expectClose([plain.return], [0.5 * plain.values[0] + 0.5 * plain.values[1]], 1e-12);
    expectClose([normalised.return], [0.1 * plain.return], 1e-12);
    expectClose(
      normalised.gradient,
      plain.gradient.map((value) => 0.1 * value),
      1e-12,
    );
    expectClose(
      normalised.naturalGradient,
      plain.naturalGradient.map((value) => 0.1 * value),
      1e-12,
    );
    for (const key of ["values", "actionValues", "stateDistribution", "fisher"] as const) {
      expect(normalised[key]).toEqual(plain[key]);
    }
  });

  it("normalised tends to the average reward for γ → 1, however close", () => {
    const average = tabularValues(petersTwoState, policy, { gamma: 1 });
    for (const gap of [2 ** -20, 2 ** -35, 2 ** -50]) {
      const near = tabularValues(petersTwoState, policy, { gamma: 1 - gap, normalised: true });
      const tolerance = 2 * gap + 1e-13;
      for (const key of ["gradient", "naturalGradient", "stateDistribution"] as const) {
        expectClose(near[key], average[key], tolerance);
      }
      expectClose([near.return], [average.return], tolerance);
      expectClose(near.advantages.flat(), average.advantages.flat(), tolerance);
    }
  });
});

describe("a chain of two closed classes", () => {
  const staying = decisionBorder([0, 0]);

  it("has an average reward that depends on the start, and no gradient", () => {
    const at = (first: number): TabularValues =>
      tabularValues({ ...kakadeTwoState, start: [first, 1 - first] }, staying, { gamma: 1 });
    expect(at(0.25)).toMatchObject({ differentiable: false, return: 1.75 });
    expect(at(1).return).toBe(1);
    expect([...at(1).gradient, ...at(1).naturalGradient].every(Number.isNaN)).toBe(true);
  });

  it("has values that leave the average of each class out", () => {
    const values = tabularValues(kakadeTwoState, staying, { gamma: 1 });
    expect(values.values).toEqual([0, 0]);
    expect(values.advantages.map(([, stay]) => stay)).toEqual([0, 0]);
  });

  it("is no obstacle to a discounted return", () => {
    const values = tabularValues(kakadeTwoState, staying, { gamma: 0.9 });
    expect(values.differentiable).toBe(true);
    expectClose([values.return], [10], 1e-14);
  });

  it("counts transient states to the classes where they end", () => {
    const problem: TabularProblem = {
      transitions: [[[0, 0.25, 0.75]], [[0, 1, 0]], [[0, 0, 1]]],
      rewards: [[5], [4], [8]],
      start: [1, 0, 0],
    };
    const policy = { probabilities: [[1], [1], [1]], jacobian: [[[0]], [[0]], [[0]]] };
    const values = tabularValues(problem, policy, { gamma: 1 });
    expect(values.return).toBe(0.25 * 4 + 0.75 * 8);
    expect(values.stateDistribution).toEqual([0, 0.25, 0.75]);
    expect(values.values[0]).toBe(5 - 7);
  });
});

describe("an action of probability 0 that θ can make possible", () => {
  const values = tabularValues(petersTwoState, decisionBorder([0, 0.5]), { gamma: 0.9 });

  it("makes the Fisher matrix infinite in that direction, and leaves no natural gradient", () => {
    expect(values.fisher[0][0]).toBe(Infinity);
    expect(Number.isFinite(values.fisher[1][1])).toBe(true);
    expect(values.naturalGradient.every(Number.isNaN)).toBe(true);
  });

  it("does not matter in a state that is never reached", () => {
    const alone = { ...petersTwoState, transitions: [[[1, 0], [1, 0]], [[1, 0], [1, 0]]], start: [1, 0] }; // prettier-ignore
    const { fisher, naturalGradient } = tabularValues(alone, decisionBorder([0.5, 0]), {
      gamma: 0.9,
    });
    expectClose(fisher.flat(), [4, 0, 0, 0], 1e-14);
    expectClose(naturalGradient, [10 * 0.5, 0], 1e-14);
  });

  it("leaves J and its gradient as they are", () => {
    expect(values.gradient.every(Number.isFinite)).toBe(true);
  });
});
