import {
  bartlettTwoState,
  decisionBorder,
  petersTwoState,
  type TabularProblem,
  tabularValues,
  type TabularValues,
} from "../../../envs/index.ts";

/** A problem of the library, over θ = (θ₁, θ₂) with θₓ = π(u = 1 | x), and the discount of its return. */
export interface System {
  readonly id: "discounted" | "average" | "bartlett";
  readonly title: string;
  /** What pays, in words. */
  readonly reward: string;
  readonly problem: TabularProblem;
  /** 1 for the average reward. */
  readonly gamma: number;
}

const staying = "action u leads to state u; staying in 1 pays 2, staying in 2 pays 1";

/** The three problems of two states in Peters' policy gradient library. */
export const systems: readonly System[] = [
  {
    ...{ id: "discounted", title: "TwoState_DF", reward: staying },
    ...{ problem: petersTwoState, gamma: 0.9 },
  },
  {
    ...{ id: "average", title: "TwoState_AF", reward: staying },
    ...{ problem: petersTwoState, gamma: 1 },
  },
  {
    ...{ id: "bartlett", title: "Bartlett" },
    reward:
      "state 2 pays 1; action 1 in state 1 and action 2 in state 2 lead there with probability 2/3",
    ...{ problem: bartlettTwoState, gamma: 0.9 },
  },
];

/** The exact values at θ, of the return normalised by 1 − γ. */
export function valuesAt(
  { problem, gamma }: System,
  theta: readonly [number, number],
): TabularValues {
  return tabularValues(problem, decisionBorder(theta), { gamma, normalised: true });
}
