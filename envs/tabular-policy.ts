import { createRows, exp, type Policy } from "../src/index.ts";
import type { MatrixRows } from "./lqr-problem.ts";
import type { TabularEnvironment } from "./tabular.ts";
import { requireProbabilities, sumsToOne } from "./tabular-problem.ts";

/** The probabilities of a policy at one θ, and how they change with it. */
export interface TabularPolicy {
  /** π(a | s; θ) at [s][a]. */
  readonly probabilities: MatrixRows;
  /** ∂π(a | s; θ)/∂θ at [s][a], one number for each entry of θ. */
  readonly jacobian: readonly MatrixRows[];
}

/**
 * Two actions, parametrised by their border: π(0 | s) = θₛ and π(1 | s) = 1 − θₛ.
 *
 * @throws RangeError unless 0 ≤ θₛ ≤ 1.
 */
export function decisionBorder(theta: ArrayLike<number>): TabularPolicy {
  const borders = Array.from(theta);
  const bad = borders.find((value) => !(value >= 0 && value <= 1));
  if (bad !== undefined) {
    throw new RangeError(
      `decisionBorder: theta must hold probabilities in [0, 1], got ${bad}; a logistic policy takes any number`,
    );
  }
  const only = (s: number, slope: number): number[] => borders.map((_, k) => (k === s ? slope : 0));
  return {
    probabilities: borders.map((border) => [border, 1 - border]),
    jacobian: borders.map((_, s) => [only(s, 1), only(s, -1)]),
  };
}

/**
 * π(a | s; θ) = exp log π and ∂π/∂θ = π · Jᵀscore of a policy on a tabular environment.
 *
 * A `categorical` over a `linear` network without a bias is the tabular softmax, a `bernoulli` the
 * logistic policy π(1 | s) = 1/(1 + exp(−θₛ)).
 *
 * @throws RangeError for a policy of other observations, or that does not choose among the actions.
 */
export function tabulated(policy: Policy, environment: TabularEnvironment): TabularPolicy {
  const table = tableOf(policy, environment);
  if (table !== undefined) return table;
  const { observationSize, problem } = environment;
  const { network, distribution } = policy;
  throw new RangeError(
    `tabulated: the policy must take ${observationSize} observations to probabilities of ${problem.transitions[0].length} actions, got one from ${network.inputSize} observations to actions of ${distribution.actionSize} numbers with ${distribution.parameterSize} parameters`,
  );
}

/** `tabulated`, or undefined where that throws. */
export function tableOf(
  { network, distribution, theta }: Policy,
  environment: TabularEnvironment,
): TabularPolicy | undefined {
  const { observationSize, problem } = environment;
  if (network.inputSize !== observationSize || distribution.actionSize !== 1) return undefined;
  const point = network.linearisation(1);
  const observation = createRows(1, observationSize);
  const action = createRows(1, 1);
  const logProb = new Float64Array(1);
  const score = createRows(1, distribution.parameterSize);
  const gradient = new Float64Array(theta.length);
  const probabilities: number[][] = [];
  const jacobian: number[][][] = [];
  problem.transitions.forEach((actions, s) => {
    environment.observe(Float64Array.of(s), observation.data);
    point.at(theta, observation);
    jacobian.push([]);
    const chances = actions.map((_, a) => {
      action.data[0] = a;
      distribution.logProb(point.outputs, action, logProb);
      distribution.score(point.outputs, action, score);
      point.vjp(score, gradient);
      const chance = exp(logProb[0]);
      jacobian[s].push(Array.from(gradient, (value) => chance * value));
      return chance;
    });
    probabilities.push(chances);
  });
  return probabilities.every(sumsToOne) ? { probabilities, jacobian } : undefined;
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
