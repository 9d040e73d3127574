import { describe, expect, it } from "vitest";
import {
  decisionBorder,
  kakadeTwoState,
  type TabularProblem,
  tabularValues,
  type TabularValues,
} from "../../envs/index.ts";

describe("a tabular problem is refused for", () => {
  const policy = decisionBorder([0.5, 0.5]);
  const run = (problem: TabularProblem, given = policy, gamma = 0.9): TabularValues =>
    tabularValues(problem, given, { gamma });

  it.each<[string, () => unknown, RegExp]>([
    ["γ > 1", () => run(kakadeTwoState, policy, 1.5), /gamma must lie in \[0, 1\].*got 1\.5/],
    [
      "probabilities that do not sum to 1",
      () => run({ ...kakadeTwoState, start: [0.5, 0.4] }),
      /start must sum to 1, got 0\.9; divide/,
    ],
    [
      "a negative probability",
      () => run({ ...kakadeTwoState, start: [1.5, -0.5] }),
      /start must hold probabilities of at least 0, got -0\.5/,
    ],
    [
      "a transition too short",
      () =>
        run({
          ...kakadeTwoState,
          transitions: [
            [[1], [1]],
            [[1], [1]],
          ],
        }),
      /transitions\[0\]\[0\] must have length 2 .*, got 1/,
    ],
    [
      "a reward that is not finite",
      () => run({ ...kakadeTwoState, rewards: [[1, NaN], [2, 0]] }), // prettier-ignore
      /rewards\[0\]\[1\] must hold finite numbers, got NaN/,
    ],
    [
      "a reward for too few next states",
      () => run({ ...kakadeTwoState, rewards: [[[1], [0]], [[2], [0]]] }), // prettier-ignore
      /rewards\[0\]\[0\] must have length 2 \(a number for each next state\), got 1/,
    ],
    [
      "no states",
      () => run({ transitions: [], rewards: [], start: [] }),
      /at least one state and one action, got 0 states/,
    ],
    [
      "a policy of another number of states",
      () => run(kakadeTwoState, decisionBorder([0.5])),
      /probabilities of the policy must be 2 × 2 \(states × actions\), got 1 × 2/,
    ],
    [
      "a policy without parameters",
      () => run(kakadeTwoState, { ...policy, jacobian: [[[], []], [[], []]] }), // prettier-ignore
      /jacobian of the policy must have as many numbers .* at least one, got 0/,
    ],
  ])("%s", (_, work, message) => {
    expect(work).toThrow(RangeError);
    expect(work).toThrow(message);
  });
});
