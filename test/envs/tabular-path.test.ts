import { describe, expect, it } from "vitest";
import {
  bartlettTwoState,
  pathFisher,
  type TabularPolicy,
  type TabularProblem,
  tabularValues,
} from "../../envs/index.ts";
import { expectClose } from "../support/close.ts";
import { familyOf, larger, logistic } from "../support/tabular.ts";

/**
 * E[∇log p(τ) ∇log p(τ)ᵀ] by going through all paths of at most `steps` steps, each of which is followed by
 * another with the probability `survival`.
 */
function enumerated(
  { transitions, start }: TabularProblem,
  { probabilities, jacobian }: TabularPolicy,
  { steps, survival }: { readonly steps: number; readonly survival: number },
): number[] {
  const size = jacobian[0][0].length;
  const fisher = new Array<number>(size * size).fill(0);
  const end = (chance: number, score: readonly number[]): void => {
    score.forEach((a, i) => score.forEach((b, j) => (fisher[i * size + j] += chance * a * b)));
  };
  const walk = (s: number, chance: number, score: readonly number[], left: number): void => {
    probabilities[s].forEach((p, a) => {
      const longer = score.map((value, k) => value + jacobian[s][a][k] / p);
      end(chance * p * (left > 1 ? 1 - survival : 1), longer);
      if (left === 1) return;
      transitions[s][a].forEach((q, next) => {
        if (q > 0) walk(next, chance * p * survival * q, longer, left - 1);
      });
    });
  };
  start.forEach((p, s) => {
    walk(s, p, new Array<number>(size).fill(0), steps);
  });
  return fisher;
}

const theta = [0.4, -1.1];
const policies: [string, TabularProblem, TabularPolicy, number][] = [
  ["a logistic policy on two states", bartlettTwoState, logistic(theta), 6],
  ["a softmax on four states", larger, familyOf(larger)(larger.theta), 3],
];

describe.each(policies)("the Fisher matrix of the paths of %s", (_, problem, policy, steps) => {
  it.each([1, 0.7])("is the one that enumeration gives, survival %f", (survival) => {
    const ours = pathFisher(problem, policy, { steps, survival });
    expectClose(ours.flat(), enumerated(problem, policy, { steps, survival }), 1e-11);
  });

  it("of one step is that of the start", () => {
    const values = tabularValues(problem, policy, { gamma: 0 });
    expectClose(pathFisher(problem, policy, { steps: 1 }).flat(), values.fisher.flat(), 1e-13);
  });

  it("per step tends to the state-weighted metric of the average reward, as 1/T", () => {
    const { fisher } = tabularValues(problem, policy, { gamma: 1 });
    const distance = (T: number): number => {
      const path = pathFisher(problem, policy, { steps: T }).flat();
      return Math.hypot(...path.map((value, k) => value / T - fisher.flat()[k]));
    };
    expect(distance(1000)).toBeLessThan(0.01);
    expectClose([distance(2000)], [distance(1000) / 2], 1e-6);
  });

  it("that survive with probability γ is the discounted metric over 1 − γ", () => {
    const { fisher } = tabularValues(problem, policy, { gamma: 0.9 });
    const path = pathFisher(problem, policy, { steps: 400, survival: 0.9 }).flat();
    expectClose(
      path.map((value) => 0.1 * value),
      fisher.flat(),
      1e-12,
    );
  });
});

describe("pathFisher refuses", () => {
  it.each([
    [{ steps: 0 }, /steps must be a positive integer, got 0/],
    [{ steps: 2.5 }, /steps must be a positive integer, got 2\.5/],
    [{ steps: 3, survival: 1.1 }, /survival must lie in \[0, 1\], got 1\.1/],
  ])("%j", (options, message) => {
    expect(() => pathFisher(bartlettTwoState, logistic(theta), options)).toThrow(message);
  });
});
