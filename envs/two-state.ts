import { tabular, type TabularEnvironment, type TabularOptions } from "./tabular.ts";
import type { TabularProblem } from "./tabular-problem.ts";

/**
 * Kakade's two states i = 0 and j = 1: action 1 stays and pays 1 in i and 2 in j, action 0 crosses and pays
 * nothing. To earn the 2, a policy must leave the state that pays at once.
 *
 * Staying is numbered 1 as in the paper, so that with a `bernoulli` π(1 | s) = 1/(1 + exp(−θₛ)) as there.
 * Source: Kakade 2002, A Natural Policy Gradient, section 4. Only the average reward matters there; the
 * start in i is ours.
 */
export const kakadeTwoState: TabularProblem = {
  transitions: [
    [
      [0, 1],
      [1, 0],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  rewards: [
    [0, 1],
    [0, 2],
  ],
  start: [1, 0],
};

/**
 * Action u goes to state u, with states and actions numbered from 0: r = 2 for going from 0 to 0, 1 for
 * going from 1 to 1, else 0; ρ₀ = (½, ½).
 *
 * The chain of `kakadeTwoState` with its states swapped and actions named by where they lead. Source:
 * `TwoState_DF.m` and, for the average reward, `TwoState_AF.m` of Peters' policy gradient library.
 */
export const petersTwoState: TabularProblem = {
  transitions: [
    [
      [1, 0],
      [0, 1],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  rewards: [
    [2, 0],
    [0, 1],
  ],
  start: [0.5, 0.5],
};

/**
 * Bartlett's two states, where each action leads to the other state with probability ⅔ in one state
 * and ⅓ in the other: r = 1 in state 1, else 0; ρ₀ = (½, ½).
 *
 * Source: `Bartlett.m` of Peters' policy gradient library, after Baxter & Bartlett 2000.
 */
export const bartlettTwoState: TabularProblem = {
  transitions: [
    [
      [1 / 3, 2 / 3],
      [2 / 3, 1 / 3],
    ],
    [
      [2 / 3, 1 / 3],
      [1 / 3, 2 / 3],
    ],
  ],
  rewards: [
    [0, 0],
    [1, 1],
  ],
  start: [0.5, 0.5],
};

/**
 * Kakade's two-state problem, on which the vanilla gradient all but stops: s ∈ {i = 0, j = 1}.
 *
 * | action | in i         | in j         |
 * | ------ | ------------ | ------------ |
 * | 0      | cross, r = 0 | cross, r = 0 |
 * | 1      | stay, r = 1  | stay, r = 2  |
 *
 * - **Observations** (1, 0) in i and (0, 1) in j. **Start** in i.
 * - **Termination** never. **Horizon** 50 steps.
 * - **Options** replace any part of it: `twoState(bartlettTwoState)` is another problem of two states.
 *
 * Source: Kakade 2002, A Natural Policy Gradient, section 4.
 */
export function twoState(options: Partial<TabularOptions> = {}): TabularEnvironment {
  return tabular({ name: "two-state", horizon: 50, ...kakadeTwoState, ...options });
}
