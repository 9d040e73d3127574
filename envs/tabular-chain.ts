import { Matrix, solve } from "ml-matrix";
import type { MatrixRows } from "./lqr-problem.ts";
import type { TabularProblem } from "./tabular-problem.ts";

/** What a policy makes of a problem: a Markov chain of states that pays rewards. */
export interface Chain {
  /** P, p(s′ | s) = Σₐ π(a | s) p(s′ | s, a). */
  readonly transitions: Matrix;
  /** r(s) = Σₐ π(a | s) r(s, a) as a column. */
  readonly rewards: Matrix;
  /** ρ₀ as a column. */
  readonly start: Matrix;
}

/** r(s, a), averaged over s′ where the rewards depend on it. */
export function expectedRewards({ transitions, rewards }: TabularProblem): number[][] {
  return rewards.map((row, s) =>
    row.map((reward, a) =>
      typeof reward === "number" ? reward : expectation(transitions[s][a], reward),
    ),
  );
}

/** The chain under π(a | s) at [s][a]. */
export function chainUnder(problem: TabularProblem, probabilities: MatrixRows): Chain {
  const { transitions, start } = problem;
  const rewards = expectedRewards(problem);
  return {
    transitions: new Matrix(
      transitions.map((actions, s) =>
        start.map((_, next) =>
          expectation(
            probabilities[s],
            actions.map((row) => row[next]),
          ),
        ),
      ),
    ),
    rewards: Matrix.columnVector(rewards.map((row, s) => expectation(probabilities[s], row))),
    start: Matrix.columnVector([...start]),
  };
}

/** What a chain pays in the long run and beyond it; all for P̃ = γP + (1 − γ)1ρ₀ᵀ. */
export interface ChainValues {
  /** g(s), the long-run reward per step from s: (1 − γ)J for γ < 1, whatever s. */
  readonly gains: readonly number[];
  /** h(s) = E Σ (rₜ − g(sₜ)), the relative values: zero on average over ρ₀ for γ < 1, over d for γ = 1. */
  readonly relative: readonly number[];
  /** d = (1 − γ) Σ γᵗ p(sₜ) from ρ₀; for γ = 1 the long-run share of time in each state. */
  readonly distribution: readonly number[];
}

/**
 * g = P̃*r, h = (I − P̃ + P̃*)⁻¹(r − g) and d = P̃*ᵀρ₀, P̃* = lim (1/T) Σ P̃ᵗ, where P̃ starts anew from ρ₀ with
 * probability 1 − γ after each step.
 *
 * The discounted case is thus an average-reward one: V = J + h, since (I − γP)h = r − (1 − γ)J where
 * ρ₀ᵀh = 0. Unlike (I − γP)⁻¹r, h keeps its digits for γ → 1. Source for γ = 1: Puterman 1994, Markov
 * Decision Processes, section 8.2 and theorem A.7.
 */
export function chainValues({ transitions, rewards, start }: Chain, gamma: number): ChainValues {
  const n = transitions.rows;
  const anew = Matrix.ones(n, 1).mmul(start.transpose());
  const restarting = Matrix.mul(transitions, gamma).add(anew.mul(1 - gamma));
  const limit = limitMatrix(restarting);
  const gains = limit.mmul(rewards);
  const system = Matrix.eye(n).sub(restarting).add(limit);
  const relative = solve(system, Matrix.sub(rewards, gains));
  if (gamma < 1) relative.sub(start.dot(relative));
  return {
    gains: gains.to1DArray(),
    relative: relative.to1DArray(),
    distribution: limit.transpose().mmul(start).to1DArray(),
  };
}

/**
 * The sets of states that the chain, once inside, neither leaves nor splits; the others are transient.
 *
 * Decided by which probabilities are zero, so no tolerance enters.
 */
export function closedClasses(transitions: Matrix): number[][] {
  const reach = transitions.to2DArray().map((_, s) => reachableFrom(transitions, s));
  const classes: number[][] = [];
  reach.forEach((states, s) => {
    const closed = [...states].every((next) => reach[next].has(s));
    if (closed && !classes.some((known) => known.includes(s))) classes.push([...states]);
  });
  return classes;
}

function reachableFrom(transitions: Matrix, start: number): Set<number> {
  const reached = new Set([start]);
  for (const s of reached) {
    for (let next = 0; next < transitions.columns; next++) {
      if (transitions.get(s, next) > 0) reached.add(next);
    }
  }
  return reached;
}

/**
 * P* = lim (1/T) Σ_{t<T} Pᵗ: in a closed class every row is its stationary distribution, dᵀP = dᵀ,
 * and from a transient state the rows of the classes weighted by the probability of ending there.
 */
function limitMatrix(P: Matrix): Matrix {
  const limit = Matrix.zeros(P.rows, P.rows);
  const classes = closedClasses(P);
  for (const states of classes) {
    const distribution = stationary(P.selection(states, states));
    for (const s of states) states.forEach((next, i) => limit.set(s, next, distribution[i]));
  }
  const recurrent = classes.flat();
  const transient = Array.from({ length: P.rows }, (_, s) => s).filter(
    (s) => !recurrent.includes(s),
  );
  if (transient.length === 0) return limit;
  const leaving = Matrix.eye(transient.length).sub(P.selection(transient, transient));
  const everywhere = Array.from({ length: P.rows }, (_, s) => s);
  const ahead = P.selection(transient, recurrent).mmul(limit.selection(recurrent, everywhere));
  solve(leaving, ahead)
    .to2DArray()
    .forEach((row, i) => limit.setRow(transient[i], row));
  return limit;
}

/**
 * d with dᵀP = dᵀ and Σd = 1 of a chain of one class, by eliminating one state after another.
 *
 * Nothing is subtracted, so that the rarest state keeps all digits and none turns negative.
 * Source: Grassmann, Taksar & Heyman 1985, Operations Research 33:1107-1116.
 */
function stationary(P: Matrix): number[] {
  const a = P.to2DArray();
  for (let k = a.length - 1; k > 0; k--) {
    const leaving = a[k].slice(0, k).reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < k; i++) {
      a[i][k] /= leaving;
      for (let j = 0; j < k; j++) a[i][j] += a[i][k] * a[k][j];
    }
  }
  const d = [1];
  for (let k = 1; k < a.length; k++) d.push(d.reduce((sum, value, i) => sum + value * a[i][k], 0));
  const total = d.reduce((sum, value) => sum + value, 0);
  return d.map((value) => value / total);
}

/** Σ pᵢxᵢ. */
export function expectation(p: readonly number[], x: readonly number[]): number {
  return p.reduce((sum, value, i) => sum + value * x[i], 0);
}
