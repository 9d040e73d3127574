import { createRows, type Environment, type Policy } from "../src/index.ts";
import type { MatrixRows } from "./lqr-problem.ts";
import { requireProbabilities } from "./tabular-problem.ts";

/** The probabilities of a policy at one θ, and how they change with it. */
export interface TabularPolicy {
  /** π(a | s; θ) at [s][a]. */
  readonly probabilities: MatrixRows;
  /** ∂π(a | s; θ)/∂θ at [s][a], one number for each entry of θ. */
  readonly jacobian: readonly MatrixRows[];
}

/** Two actions whose border is the parameter: π(0 | s) = θₛ and π(1 | s) = 1 − θₛ. @throws RangeError unless 0 ≤ θₛ ≤ 1. */
export function decisionBorder(theta: ArrayLike<number>): TabularPolicy {
  const bad = Array.from(theta).find((value) => !(value >= 0 && value <= 1));
  if (bad !== undefined) {
    throw new RangeError(
      `decisionBorder: theta must hold probabilities in [0, 1], got ${bad}; use logistic for any number`,
    );
  }
  return twoActions(theta, (border) => ({ first: border, second: 1 - border, slope: 1 }));
}

/** Two actions by the logistic function: π(0 | s) = 1/(1 + exp(−θₛ)) and π(1 | s) = 1/(1 + exp θₛ). */
export function logistic(theta: ArrayLike<number>): TabularPolicy {
  return twoActions(theta, (logit) => {
    const first = 1 / (1 + Math.exp(-logit));
    const second = 1 / (1 + Math.exp(logit));
    return { first, second, slope: first * second };
  });
}

/** π(0 | s) and π(1 | s) from θₛ, with the derivative of the first. */
function twoActions(
  theta: ArrayLike<number>,
  at: (value: number) => { first: number; second: number; slope: number },
): TabularPolicy {
  const states = Array.from(theta, at);
  const only = (s: number, slope: number): number[] => {
    const row = new Array<number>(theta.length).fill(0);
    row[s] = slope;
    return row;
  };
  return {
    probabilities: states.map(({ first, second }) => [first, second]),
    jacobian: states.map(({ slope }, s) => [only(s, slope), only(s, -slope)]),
  };
}

/**
 * π(a | s; θ) = exp log π and ∂π/∂θ = π · Jᵀscore of a policy on an environment whose state is one
 * number s ∈ {0 … states − 1}; undefined for a policy that does not choose among its actions.
 *
 * A softmax over a linear network of one-hot observations is the tabular softmax.
 */
export function tabulated(
  policy: Policy,
  environment: Environment,
  states: number,
): TabularPolicy | undefined {
  const { network, distribution, theta } = policy;
  const { observationSize, actionSpace } = environment;
  if (network.inputSize !== observationSize || distribution.actionSize !== 1) return undefined;
  if (actionSpace.kind !== "discrete") return undefined;
  const point = network.linearisation(1);
  const observation = createRows(1, observationSize);
  const action = createRows(1, 1);
  const logProb = new Float64Array(1);
  const score = createRows(1, distribution.parameterSize);
  const gradient = new Float64Array(theta.length);
  const probabilities: number[][] = [];
  const jacobian: number[][][] = [];
  for (let s = 0; s < states; s++) {
    environment.observe(Float64Array.of(s), observation.data);
    point.at(theta, observation);
    const chances: number[] = [];
    const slopes: number[][] = [];
    for (let a = 0; a < actionSpace.count; a++) {
      action.data[0] = a;
      distribution.logProb(point.outputs, action, logProb);
      distribution.score(point.outputs, action, score);
      point.vjp(score, gradient);
      const chance = Math.exp(logProb[0]);
      chances.push(chance);
      slopes.push(Array.from(gradient, (value) => chance * value));
    }
    probabilities.push(chances);
    jacobian.push(slopes);
  }
  const sumsToOne = probabilities.every((row) => Math.abs(total(row) - 1) < 1e-9);
  return sumsToOne ? { probabilities, jacobian } : undefined;
}

function total(row: readonly number[]): number {
  return row.reduce((sum, value) => sum + value, 0);
}

/** @throws RangeError for shapes that do not fit n states and m actions, or what are no probabilities. */
export function requireTabularPolicy(
  { probabilities, jacobian }: TabularPolicy,
  n: number,
  m: number,
): void {
  for (const [name, rows] of [
    ["probabilities", probabilities],
    ["jacobian", jacobian],
  ] as const) {
    if (rows.length === n && rows.every((row) => row.length === m)) continue;
    const got = `${rows.length} × ${rows.length > 0 ? rows[0].length : 0}`;
    throw new RangeError(
      `tabular: ${name} of the policy must be ${n} × ${m} (states × actions), got ${got}`,
    );
  }
  const size = jacobian[0][0].length;
  if (size === 0 || jacobian.some((rows) => rows.some((row) => row.length !== size))) {
    throw new RangeError(
      `tabular: jacobian of the policy must have as many numbers for every state and action, at least one, got ${size} for the first`,
    );
  }
  probabilities.forEach((row, s) => requireProbabilities(`probabilities[${s}]`, row, m));
}
