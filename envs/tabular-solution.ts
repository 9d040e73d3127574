import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { MatrixRows } from "./lqr-problem.ts";
import {
  chainUnder,
  chainValues,
  closedClasses,
  expectation,
  expectedRewards,
} from "./tabular-chain.ts";
import { requireTabularPolicy, type TabularPolicy } from "./tabular-policy.ts";
import { requireGamma, requireTabularProblem, type TabularProblem } from "./tabular-problem.ts";

/** Everything about a policy on a tabular problem, over its own θ. */
export interface TabularValues {
  /**
   * Whether J has the gradient given here: always for γ < 1, and for γ = 1 where the chain under the
   * policy has one closed class. With several, the average reward depends on the start and jumps.
   */
  readonly differentiable: boolean;
  /** J. */
  readonly return: number;
  /** V(s), never normalised: E Σ γᵗ rₜ, and for γ = 1 E Σ (rₜ − J), zero on average over d. */
  readonly values: readonly number[];
  /** Q(s, a) of the same kind. */
  readonly actionValues: MatrixRows;
  /** A(s, a) = Q(s, a) − V(s). */
  readonly advantages: MatrixRows;
  /** d, normalised: (1 − γ) Σ γᵗ p(sₜ), and for γ = 1 the stationary distribution. */
  readonly stateDistribution: readonly number[];
  /** ∇J; NaN where not differentiable. */
  readonly gradient: readonly number[];
  /**
   * F = E_d[F_s], Kakade's metric: the Fisher matrix of π(· | s) averaged over d. Infinite in a
   * direction in which an action of probability 0 gets a positive one.
   */
  readonly fisher: MatrixRows;
  /** F⁺∇J, of least norm where F is singular; NaN where not differentiable or F is infinite. */
  readonly naturalGradient: readonly number[];
}

export interface TabularValuesOptions {
  /** γ ∈ [0, 1]; 1 is the average reward. */
  readonly gamma: number;
  /** Whether J, ∇J and the natural gradient are times 1 − γ, which puts rewards and returns on one scale; nothing for γ = 1. */
  readonly normalised?: boolean;
}

/**
 * J = E Σ γᵗ rₜ for γ < 1, times 1 − γ if normalised, and the long-run average reward for γ = 1; with
 * derivatives over the policy's θ.
 *
 * Normalised, J = Σ d(s) π(a|s) r(s, a) and ∇J = Σ d(s) ∂π(a|s) A(s, a) (Sutton et al. 2000). With the
 * score ψ = ∂π/π, F = Σ d π ψψᵀ, and the natural gradient is the w that minimises
 * Σ d π (ψᵀw − A)² (Kakade 2002, theorem 1): solved as that least-squares problem, whose condition
 * is the root of that of F.
 *
 * @throws RangeError for shapes that do not fit, what are no probabilities, or γ outside [0, 1].
 */
export function tabularValues(
  problem: TabularProblem,
  policy: TabularPolicy,
  { gamma, normalised = false }: TabularValuesOptions,
): TabularValues {
  requireTabularProblem(problem);
  requireTabularPolicy(policy, problem.start.length, problem.transitions[0].length);
  requireGamma(gamma);
  const chain = chainUnder(problem, policy.probabilities);
  const { gains, relative, distribution } = chainValues(chain, gamma);
  const differentiable = gamma < 1 || closedClasses(chain.transitions).length === 1;
  const advantages = expectedRewards(problem).map((row, s) =>
    row.map((reward, a) => {
      const ahead = expectation(problem.transitions[s][a], relative);
      return reward - gains[s] + gamma * ahead - relative[s];
    }),
  );
  const average = expectation(problem.start, gains);
  const values = relative.map((value) => (gamma < 1 ? average / (1 - gamma) : 0) + value);
  const scale = gamma === 1 || normalised ? 1 : 1 / (1 - gamma);
  const over = (vector: readonly number[]): number[] =>
    vector.map((value) => (differentiable ? scale * value : NaN));
  return {
    differentiable,
    return: scale * average,
    values,
    actionValues: advantages.map((row, s) => row.map((advantage) => values[s] + advantage)),
    advantages,
    stateDistribution: distribution,
    gradient: over(gradientOf(policy, distribution, advantages)),
    // Formed when it is asked for: a policy of many parameters has too large a one.
    get fisher() {
      return stateFisher(policy, distribution);
    },
    naturalGradient: over(compatibleWeights(policy, distribution, advantages)),
  };
}

/** Σₛ d(s) Σₐ ∂π(a | s) A(s, a). */
function gradientOf(
  { jacobian }: TabularPolicy,
  distribution: readonly number[],
  advantages: MatrixRows,
): number[] {
  const gradient = new Array<number>(jacobian[0][0].length).fill(0);
  jacobian.forEach((actions, s) => {
    actions.forEach((slopes, a) => {
      slopes.forEach((slope, k) => (gradient[k] += distribution[s] * advantages[s][a] * slope));
    });
  });
  return gradient;
}

/** Σₛ w(s) F_s with F_s = Σₐ ∂π ∂πᵀ/π, the Fisher matrix of π(· | s). */
export function stateFisher(
  { probabilities, jacobian }: TabularPolicy,
  weights: readonly number[],
): MatrixRows {
  const size = jacobian[0][0].length;
  const fisher = Matrix.zeros(size, size).to2DArray();
  jacobian.forEach((actions, s) => {
    if (weights[s] === 0) return;
    actions.forEach((slopes, a) => {
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const product = weights[s] * slopes[i] * slopes[j];
          if (product !== 0) fisher[i][j] += product / probabilities[s][a];
        }
      }
    });
  });
  return fisher;
}

/**
 * w that minimises Σ d π (ψᵀw − A)², of least norm; NaN where a score ψ is infinite.
 *
 * Rows √(dπ)ψ = √d ∂π/√π against √(dπ)A, by singular values.
 */
function compatibleWeights(
  { probabilities, jacobian }: TabularPolicy,
  distribution: readonly number[],
  advantages: MatrixRows,
): number[] {
  const size = jacobian[0][0].length;
  const rows: number[][] = [];
  const targets: number[] = [];
  jacobian.forEach((actions, s) => {
    actions.forEach((slopes, a) => {
      const root = Math.sqrt(probabilities[s][a]);
      const weight = Math.sqrt(distribution[s]);
      const scaled = (slope: number): number =>
        weight * slope === 0 ? 0 : weight * (slope / root);
      rows.push(slopes.map(scaled));
      targets.push(weight * root * advantages[s][a]);
    });
  });
  if (rows.some((row) => !row.every(Number.isFinite))) return new Array<number>(size).fill(NaN);
  return new SingularValueDecomposition(new Matrix(rows), { autoTranspose: true })
    .solve(Matrix.columnVector(targets))
    .to1DArray();
}
