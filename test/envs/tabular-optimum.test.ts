import { describe, expect, it } from "vitest";
import {
  bartlettTwoState,
  kakadeTwoState,
  petersTwoState,
  tabularOptimum,
  type TabularProblem,
  tabularValues,
} from "../../envs/index.ts";
import { expectClose } from "../support/close.ts";
import { cases, familyOf, larger } from "../support/tabular.ts";

describe.each(cases.filter(({ family }) => family === "softmax"))(
  "the optimum of $name, γ = $gamma",
  (reference) => {
    const { gamma, expected, theta } = reference;
    const best = tabularOptimum(reference, gamma);
    const scale = gamma < 1 ? 1 - gamma : 1;

    it("is the best of all deterministic policies, tried one by one with numpy", () => {
      expectClose([scale * best.return], [expected.optimalReturn ?? NaN], 1e-11);
    });

    it("has the return of its actions, above that of another policy", () => {
      const probabilities = best.actions.map((action) => [0, 1, 2].map((a) => +(a === action)));
      const { jacobian } = familyOf(reference)(theta);
      const own = tabularValues(reference, { probabilities, jacobian }, { gamma });
      expectClose([own.return], [best.return], 1e-12);
      expect(best.return).toBeGreaterThan(expected.return / scale);
    });
  },
);

describe("the optimum of two states", () => {
  it("of Kakade goes to the state that pays 2 unless γ ≤ ½", () => {
    expect(tabularOptimum(kakadeTwoState, 1)).toEqual({ actions: [0, 1], return: 2 });
    expect(tabularOptimum(kakadeTwoState, 0.9).actions).toEqual([0, 1]);
    expectClose([tabularOptimum(kakadeTwoState, 0.9).return], [(0.9 * 2) / 0.1], 1e-13);
    expect(tabularOptimum(kakadeTwoState, 0.4)).toEqual({ actions: [1, 1], return: 1 / 0.6 });
  });

  it("of Peters' library is that of Kakade by other names", () => {
    expect(tabularOptimum(petersTwoState, 1)).toEqual({ actions: [0, 0], return: 2 });
    expectClose([tabularOptimum(petersTwoState, 0.9).return], [(20 + 18) / 2], 1e-13);
  });

  it("of Bartlett is to go where one comes to state 1 with probability ⅔", () => {
    const best = tabularOptimum(bartlettTwoState, 1);
    expect(best.actions).toEqual([0, 1]);
    expectClose([best.return], [2 / 3], 1e-13);
  });
});

describe("the optimum of the average reward", () => {
  /** A start from which two states that are never left can be reached, the second paying more. */
  const fork: TabularProblem = {
    transitions: [
      [
        [0, 1, 0],
        [0, 0, 1],
      ],
      [
        [0, 1, 0],
        [0, 1, 0],
      ],
      [
        [0, 0, 1],
        [0, 0, 1],
      ],
    ],
    rewards: [
      [100, 0],
      [1, 1],
      [2, 2],
    ],
    start: [1, 0, 0],
  };

  it("prefers the class of larger gain to any reward on the way", () => {
    expect(tabularOptimum(fork, 1)).toMatchObject({ return: 2 });
    expect(tabularOptimum(fork, 1).actions[0]).toBe(1);
    expect(tabularOptimum(fork, 0.9).actions[0]).toBe(0);
  });

  it("is weighted by the start where classes cannot be left", () => {
    const start = [0, 0.25, 0.75];
    expect(tabularOptimum({ ...fork, start }, 1).return).toBe(1.75);
  });

  it("among equal gains takes the larger sum of rewards", () => {
    const equal = { ...fork, rewards: [[0, 5], [1, 1], [1, 1]] }; // prettier-ignore
    expect(tabularOptimum(equal, 1)).toMatchObject({ return: 1 });
    expect(tabularOptimum(equal, 1).actions[0]).toBe(1);
  });

  it("is the limit of the discounted ones for γ → 1, however close", () => {
    const { return: average } = tabularOptimum(larger, 1);
    for (const gap of [2 ** -20, 2 ** -35, 2 ** -50]) {
      expectClose([gap * tabularOptimum(larger, 1 - gap).return], [average], 2 * gap + 1e-13);
    }
  });

  it("refuses γ outside [0, 1]", () => {
    expect(() => tabularOptimum(fork, -0.1)).toThrow(/gamma must lie in \[0, 1\]/);
  });
});
