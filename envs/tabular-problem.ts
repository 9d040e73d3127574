import type { MatrixRows } from "./lqr-problem.ts";

/** A finite Markov decision process, states s ∈ {0 … n − 1} and actions a ∈ {0 … m − 1}. */
export interface TabularProblem {
  /** p(s′ | s, a) at [s][a][s′]. */
  readonly transitions: readonly MatrixRows[];
  /** r(s, a) at [s][a], or r(s, a, s′) at [s][a][s′]. */
  readonly rewards: MatrixRows | readonly MatrixRows[];
  /** ρ₀, the distribution of the first state. */
  readonly start: readonly number[];
}

/** How far a sum of probabilities may be from 1. */
const ROUNDING = 1e-9;

/**
 * Returns the problem, or says what is wrong with it.
 *
 * @throws RangeError for a shape that does not fit the n × m of the transitions, a number that is not
 * finite, or probabilities that are negative or do not sum to 1.
 */
export function requireTabularProblem(problem: TabularProblem): TabularProblem {
  const { transitions, rewards, start } = problem;
  const n = transitions.length;
  const m = n > 0 ? transitions[0].length : 0;
  if (m === 0) {
    throw new RangeError(
      `tabular: transitions must have at least one state and one action, got ${n} states and ${m} actions`,
    );
  }
  requireLength("rewards", rewards, n, "a row for each state");
  transitions.forEach((actions, s) => {
    requireLength(`transitions[${s}]`, actions, m, "a row for each action of state 0");
    requireLength(`rewards[${s}]`, rewards[s], m, "an entry for each action of state 0");
    actions.forEach((row, a) => {
      requireProbabilities(`transitions[${s}][${a}]`, row, n);
      requireRewards(`rewards[${s}][${a}]`, rewards[s][a], n);
    });
  });
  requireProbabilities("start", start, n);
  return problem;
}

/** @throws RangeError unless γ lies in [0, 1]. */
export function requireGamma(gamma: number): void {
  if (gamma >= 0 && gamma <= 1) return;
  throw new RangeError(
    `tabular: gamma must lie in [0, 1] (1 for the average reward), got ${gamma}`,
  );
}

/** @throws RangeError unless the row has n numbers of at least 0 that sum to 1. */
export function requireProbabilities(name: string, row: readonly number[], n: number): void {
  requireLength(name, row, n, "a probability for each outcome");
  const bad = row.find((value) => !(value >= 0));
  if (bad !== undefined) {
    throw new RangeError(`tabular: ${name} must hold probabilities of at least 0, got ${bad}`);
  }
  if (sumsToOne(row)) return;
  throw new RangeError(`tabular: ${name} must sum to 1, got ${total(row)}; divide by the sum`);
}

/** Whether probabilities sum to 1 to rounding. */
export function sumsToOne(row: readonly number[]): boolean {
  return Math.abs(total(row) - 1) <= ROUNDING;
}

function total(row: readonly number[]): number {
  return row.reduce((sum, value) => sum + value, 0);
}

function requireRewards(name: string, reward: number | readonly number[], n: number): void {
  const values = typeof reward === "number" ? [reward] : reward;
  if (typeof reward !== "number") requireLength(name, reward, n, "a number for each next state");
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad === undefined) return;
  throw new RangeError(`tabular: ${name} must hold finite numbers, got ${bad}`);
}

function requireLength(name: string, list: readonly unknown[], length: number, why: string): void {
  if (list.length === length) return;
  throw new RangeError(`tabular: ${name} must have length ${length} (${why}), got ${list.length}`);
}
