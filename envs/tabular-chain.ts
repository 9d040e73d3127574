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
      typeof reward === "number" ? reward : inner(transitions[s][a], reward),
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
          inner(
            probabilities[s],
            actions.map((row) => row[next]),
          ),
        ),
      ),
    ),
    rewards: Matrix.columnVector(rewards.map((row, s) => inner(probabilities[s], row))),
    start: Matrix.columnVector([...start]),
  };
}

/** Gains and values of the states of a chain. */
export interface ChainValues {
  /** g(s), the long-run reward per step from s, for γ = 1; zero for γ < 1. */
  readonly gains: readonly number[];
  /** V(s) = E Σ γᵗ rₜ for γ < 1; for γ = 1 the bias E Σ (rₜ − g(sₜ)), which P* takes to zero. */
  readonly values: readonly number[];
}

/**
 * V = (I − γP)⁻¹r for γ < 1; for γ = 1, g = P*r and V = (I − P + P*)⁻¹(r − g) with P* = lim (1/T) Σ Pᵗ.
 *
 * Source: Puterman 1994, Markov Decision Processes, section 8.2 and theorem A.7.
 */
export function chainValues({ transitions, rewards }: Chain, gamma: number): ChainValues {
  const n = transitions.rows;
  if (gamma < 1) {
    const system = Matrix.eye(n).sub(Matrix.mul(transitions, gamma));
    return { gains: new Array<number>(n).fill(0), values: solve(system, rewards).to1DArray() };
  }
  const limit = limitMatrix(transitions);
  const gains = limit.mmul(rewards);
  const system = Matrix.eye(n).sub(transitions).add(limit);
  const values = solve(system, Matrix.sub(rewards, gains));
  return { gains: gains.to1DArray(), values: values.to1DArray() };
}

/**
 * d = (1 − γ) Σ γᵗ p(sₜ) from ρ₀, and for γ = 1 the long-run share of time in each state.
 *
 * Both are that share under γP + (1 − γ)1ρ₀ᵀ, the chain that starts anew with probability 1 − γ.
 */
export function stateDistribution({ transitions, start }: Chain, gamma: number): number[] {
  const anew = Matrix.ones(transitions.rows, 1).mmul(start.transpose());
  const restarting = Matrix.mul(transitions, gamma).add(anew.mul(1 - gamma));
  return limitMatrix(restarting).transpose().mmul(start).to1DArray();
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

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
