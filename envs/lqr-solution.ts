import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import {
  backup,
  closedLoop,
  curvature,
  invert,
  matrices,
  matrix,
  solveLyapunov,
  stepNoise,
  symmetric,
  type System,
  trace,
  valueMatrix,
} from "./lqr-algebra.ts";
import {
  type LinearPolicy,
  type LqrProblem,
  type MatrixRows,
  requireDiscount,
  requireHorizon,
  requireLinearPolicy,
  requireLqrProblem,
} from "./lqr-problem.ts";

/** Everything about a linear policy on a linear-quadratic problem, over θ = (K row-major, σ). */
export interface LqrValues {
  /**
   * Whether √γ·ρ(A + BK) < 1, the criterion used here. It is sufficient for J to be finite but not
   * necessary: it leaves out policies under which a mode grows that costs nothing, or that neither
   * the start nor the noise excites. Always true for a finite horizon.
   */
  readonly stable: boolean;
  /** J; reported as −∞ when not stable, also where a growing mode costs nothing. */
  readonly return: number;
  /** ∇J; NaN when not stable. */
  readonly gradient: readonly number[];
  /** E[s sᵀ] over the normalised (discounted) state distribution d; NaN when not stable. */
  readonly stateSecondMoment: MatrixRows;
  /** F = E_d[score scoreᵀ] = blockdiag(E[s sᵀ]/σⱼ², 2/σⱼ²); NaN when not stable. */
  readonly fisher: MatrixRows;
  /** F⁻¹∇J; NaN when not stable. */
  readonly naturalGradient: readonly number[];
}

/** ρ(A + BK), the spectral radius of the closed loop. */
export function spectralRadius(problem: LqrProblem, { K }: Pick<LinearPolicy, "K">): number {
  return radiusOf(closedLoop(matrices(problem), matrix(K)));
}

/** The largest |λ| over the eigenvalues λ. */
export function radiusOf(loop: Matrix): number {
  if (loop.rows === 1) return Math.abs(loop.get(0, 0));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(loop);
  return Math.max(...realEigenvalues.map((re, i) => Math.hypot(re, imaginaryEigenvalues[i])));
}

/**
 * J = E Σ γᵗ rₜ for γ < 1, and the long-run average reward per step for γ = 1, with derivatives.
 *
 * With M = A + BK: P = Q + KᵀRK + γ MᵀPM; E = (R + γBᵀPB)K + γBᵀPA;
 * Σ = (1 − γ)(S₀ + m₀m₀ᵀ) + γ(MΣMᵀ + B diag(σ²) Bᵀ + W);
 * (1 − γ)J = −(1 − γ) tr P(S₀ + m₀m₀ᵀ) − γ tr PW − Σⱼ (R + γBᵀPB)ⱼⱼ σⱼ²;
 * (1 − γ)∇_K J = −2EΣ, (1 − γ)∂J/∂σⱼ = −2(R + γBᵀPB)ⱼⱼ σⱼ; natural: −2σⱼ²Eⱼ and −(R + γBᵀPB)ⱼⱼ σⱼ³.
 * For γ = 1 the factors (1 − γ) on the left drop out. No ½ in the reward.
 *
 * A closed loop with √γ·ρ(M) ≥ 1 is reported as J = −∞. Below 1 is sufficient for J to be finite, not
 * necessary: with Q = 0 and K = 0 nothing costs and J = 0 whatever A is, and yet −∞ is reported.
 *
 * Source: Peters & Schaal 2008, Neurocomputing 71:1180-1190, section 3.2, whose printed w belong to
 * a reward with the ½.
 *
 * @throws RangeError for matrices that do not fit or γ outside [0, 1].
 */
export function stationaryValues(
  problem: LqrProblem,
  policy: LinearPolicy,
  gamma: number,
): LqrValues {
  requireAll(problem, policy, gamma);
  return valuesOf(matrices(problem), policy, gamma);
}

/** `stationaryValues` of a problem already checked. */
export function valuesOf(system: System, policy: LinearPolicy, gamma: number): LqrValues {
  const K = matrix(policy.K);
  const loop = closedLoop(system, K);
  if (Math.sqrt(gamma) * radiusOf(loop) >= 1) return unstable(system);
  const P = valueMatrix(system, K, gamma);
  const { E, H } = curvature(system, K, P, gamma);
  const noise = stepNoise(system, policy.sigma);
  const second = symmetric(
    solveLyapunov(loop, Matrix.add(Matrix.mul(system.M0, 1 - gamma), noise.mul(gamma)), gamma),
  );
  const variance = policy.sigma.map((sigma) => sigma * sigma);
  const scale = gamma === 1 ? 1 : 1 / (1 - gamma);
  const perStep =
    gamma * trace(P, system.W) + variance.reduce((sum, v, j) => sum + H.get(j, j) * v, 0);
  const gradientK = E.mmul(second).mul(-2 * scale);
  return {
    stable: true,
    return: -(gamma === 1 ? 0 : trace(P, system.M0)) - scale * perStep,
    gradient: stack(gradientK, (j) => -2 * scale * H.get(j, j) * policy.sigma[j]),
    stateSecondMoment: second.to2DArray(),
    fisher: fisherOf(second, policy.sigma),
    naturalGradient: stack(
      E.clone()
        .mulColumnVector(variance)
        .mul(-2 * scale),
      (j) => -scale * H.get(j, j) * variance[j] * policy.sigma[j],
    ),
  };
}

/**
 * J = E Σ_{t<T} γᵗ rₜ and its derivatives, by backward recursion for Pₜ and forward for E[sₜsₜᵀ].
 *
 * P_T = 0, Pₜ = Q + KᵀRK + γMᵀPₜ₊₁M; ∇_K J = −2 Σ γᵗ Eₜ E[sₜsₜᵀ] with Eₜ formed from Pₜ₊₁. The
 * Fisher matrix is over the normalised distribution of the T visited states.
 *
 * @throws RangeError for matrices that do not fit, γ outside [0, 1] or T not a positive integer.
 */
export function finiteHorizonValues(
  problem: LqrProblem,
  policy: LinearPolicy,
  gamma: number,
  horizon: number,
): LqrValues {
  requireAll(problem, policy, gamma);
  requireHorizon(horizon);
  const system = matrices(problem);
  const K = matrix(policy.K);
  const loop = closedLoop(system, K);
  const ahead = costsToGo(system, K, gamma, horizon);
  const noise = stepNoise(system, policy.sigma);
  const { n, m } = system;
  const gradientK = Matrix.zeros(m, n);
  const gradientSigma = new Array<number>(m).fill(0);
  const second = Matrix.zeros(n, n);
  let S = system.M0;
  let value = -trace(ahead[0], S);
  let weight = 1;
  let total = 0;
  for (let t = 0; t < horizon; t++) {
    const { E, H } = curvature(system, K, ahead[t + 1], gamma);
    gradientK.add(E.mmul(S).mul(-2 * weight));
    policy.sigma.forEach((sigma, j) => {
      gradientSigma[j] -= 2 * weight * H.get(j, j) * sigma;
      value -= weight * H.get(j, j) * sigma * sigma;
    });
    value -= weight * gamma * trace(ahead[t + 1], system.W);
    second.add(Matrix.mul(S, weight));
    total += weight;
    weight *= gamma;
    S = symmetric(loop.mmul(S).mmul(loop.transpose()).add(noise));
  }
  second.div(total);
  const inverseSecond = invert(second);
  const variance = policy.sigma.map((sigma) => sigma * sigma);
  return {
    stable: true,
    return: value,
    gradient: stack(gradientK, (j) => gradientSigma[j]),
    stateSecondMoment: second.to2DArray(),
    fisher: fisherOf(second, policy.sigma),
    naturalGradient: stack(
      gradientK.mmul(inverseSecond).mulColumnVector(variance),
      (j) => (gradientSigma[j] * variance[j]) / 2,
    ),
  };
}

/** P₀ … P_T. */
function costsToGo(system: System, K: Matrix, gamma: number, horizon: number): Matrix[] {
  const costs = new Array<Matrix>(horizon + 1);
  costs[horizon] = Matrix.zeros(system.n, system.n);
  for (let t = horizon - 1; t >= 0; t--) costs[t] = backup(system, K, costs[t + 1], gamma);
  return costs;
}

/** (K-part row-major, σ-part). */
function stack(overK: Matrix, overSigma: (j: number) => number): number[] {
  return [...overK.to1DArray(), ...Array.from({ length: overK.rows }, (_, j) => overSigma(j))];
}

/** blockdiag(E[s sᵀ]/σ₁², …, E[s sᵀ]/σₘ², 2/σ₁², …, 2/σₘ²). */
function fisherOf(second: Matrix, sigma: readonly number[]): number[][] {
  const n = second.rows;
  const m = sigma.length;
  const fisher = Matrix.zeros(m * (n + 1), m * (n + 1));
  sigma.forEach((value, j) => {
    const precision = 1 / (value * value);
    fisher.setSubMatrix(Matrix.mul(second, precision), j * n, j * n);
    fisher.set(m * n + j, m * n + j, 2 * precision);
  });
  return fisher.to2DArray();
}

function unstable({ n, m }: System): LqrValues {
  const size = m * (n + 1);
  const nothing = (rows: number, columns: number): number[][] =>
    Matrix.zeros(rows, columns).mul(NaN).to2DArray();
  return {
    stable: false,
    return: -Infinity,
    gradient: nothing(1, size)[0],
    stateSecondMoment: nothing(n, n),
    fisher: nothing(size, size),
    naturalGradient: nothing(1, size)[0],
  };
}

function requireAll(problem: LqrProblem, policy: LinearPolicy, gamma: number): void {
  requireLqrProblem(problem);
  requireLinearPolicy(problem, policy);
  requireDiscount(gamma);
}
