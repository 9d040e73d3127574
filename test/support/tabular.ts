import { readFileSync } from "node:fs";
import {
  decisionBorder,
  tabular,
  tabulated,
  type TabularPolicy,
  type TabularProblem,
  twoState,
} from "../../envs/index.ts";
import {
  bernoulli,
  categorical,
  createPolicy,
  createRandom,
  type Environment,
  linear,
  type Policy,
} from "../../src/index.ts";

interface Expected {
  readonly return: number;
  readonly values: number[];
  readonly actionValues: number[][];
  readonly stateDistribution: number[];
  readonly gradient: number[];
  readonly fisher: number[][];
  readonly naturalGradient: number[];
  /** Normalised, where the case has it. */
  readonly optimalReturn?: number;
}

/** A policy on a problem with its values, normalised for γ < 1, made with numpy. */
export interface TabularCase extends TabularProblem {
  readonly name: string;
  readonly gamma: number;
  readonly family: "decisionBorder" | "softmax";
  readonly theta: number[];
  readonly expected: Expected;
}

/** A run of Peters' policy gradient library by its own rule, made with numpy. */
export interface TwoStateRun {
  readonly system: "discounted" | "average" | "bartlett";
  readonly start: [number, number];
  readonly method: "vanilla" | "natural";
  readonly steps: number;
  readonly last: [number, number];
}

export const { cases, runs } = JSON.parse(
  readFileSync(new URL("../fixtures/tabular.json", import.meta.url), "utf8"),
) as { cases: TabularCase[]; runs: TwoStateRun[] };

/** Four states and three actions, with rewards r(s, a, s′). */
export const larger: TabularCase = cases[3];

/** The tabular softmax: θ holds a logit for each action (rows) and state (columns). */
export function softmaxPolicy(environment: Environment, theta: ArrayLike<number>): Policy {
  const { observationSize, actionSpace } = environment;
  const count = actionSpace.kind === "discrete" ? actionSpace.count : 0;
  const network = linear(observationSize, count, { bias: false });
  const policy = createPolicy(network, categorical(count), createRandom(0));
  policy.theta.set(Array.from(theta));
  return policy;
}

/** π(1 | s) = 1/(1 + exp(−θₛ)), a Bernoulli distribution behind a linear network. */
export function logistic(theta: ArrayLike<number>): TabularPolicy {
  const network = linear(theta.length, 1, { bias: false });
  const policy = createPolicy(network, bernoulli(1), createRandom(0));
  policy.theta.set(Array.from(theta));
  return tabulated(policy, twoState());
}

/** The policy of a case, at its own θ or another. */
export function familyOf(problem: TabularCase): (theta: ArrayLike<number>) => TabularPolicy {
  if (problem.family === "decisionBorder") return decisionBorder;
  const environment = tabular(problem);
  return (theta) => tabulated(softmaxPolicy(environment, theta), environment);
}
