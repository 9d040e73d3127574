import { Matrix } from "ml-matrix";
import type { MatrixRows } from "./lqr-problem.ts";
import { chainUnder } from "./tabular-chain.ts";
import { requireTabularPolicy, type TabularPolicy } from "./tabular-policy.ts";
import { requireTabularProblem, type TabularProblem } from "./tabular-problem.ts";
import { stateFisher } from "./tabular-solution.ts";

export interface PathFisherOptions {
  /** T, the most steps of a path. */
  readonly steps: number;
  /** The probability with which a path goes on after each of its steps; a discount γ read as one. */
  readonly survival?: number;
}

/**
 * The Fisher matrix of the distribution of whole paths, E[∇log p(τ) ∇log p(τ)ᵀ] over τ = s₀ a₀ s₁ … of
 * at most T steps: Σ_{t<T} γᵗ Σₛ p(sₜ = s) F_s, with γ the survival.
 *
 * The cross terms of different steps vanish, since a score has mean zero given the past. Per step it
 * tends to the state-weighted F: F_T/T → F of the average reward for γ = 1, and (1 − γ)F_T → F of
 * the discounted return for γ < 1. Source: Bagnell & Schneider 2003, Covariant Policy Search; Peters,
 * Vijayakumar & Schaal 2003, Reinforcement Learning for Humanoid Robotics.
 *
 * @throws RangeError for shapes that do not fit, steps not a positive integer or a survival outside [0, 1].
 */
export function pathFisher(
  problem: TabularProblem,
  policy: TabularPolicy,
  { steps, survival = 1 }: PathFisherOptions,
): MatrixRows {
  requireTabularProblem(problem);
  requireTabularPolicy(policy, problem.start.length, problem.transitions[0].length);
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`pathFisher: steps must be a positive integer, got ${steps}`);
  }
  if (!(survival >= 0 && survival <= 1)) {
    throw new RangeError(`pathFisher: survival must lie in [0, 1], got ${survival}`);
  }
  const { transitions, start } = chainUnder(problem, policy.probabilities);
  const backwards = transitions.transpose();
  const visits = Matrix.zeros(start.rows, 1);
  let present = start;
  for (let t = 0; t < steps; t++) {
    visits.add(present);
    present = backwards.mmul(present).mul(survival);
  }
  return stateFisher(policy, visits.to1DArray());
}
