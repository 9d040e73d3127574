import { inverse, Matrix, pseudoInverse, SingularValueDecomposition } from "ml-matrix";
import type { LqrProblem, MatrixRows } from "./lqr-problem.ts";

/** The problem as matrices, with M₀ = S₀ + m₀m₀ᵀ. */
export interface System {
  readonly n: number;
  readonly m: number;
  readonly A: Matrix;
  readonly B: Matrix;
  readonly Q: Matrix;
  readonly R: Matrix;
  readonly W: Matrix;
  readonly M0: Matrix;
}

export function matrices({ A, B, Q, R, W, m0, S0 }: LqrProblem): System {
  const mean = Matrix.columnVector([...m0]);
  return {
    n: A.length,
    m: B[0].length,
    A: matrix(A),
    B: matrix(B),
    Q: matrix(Q),
    R: matrix(R),
    W: matrix(W),
    M0: matrix(S0).add(mean.mmul(mean.transpose())),
  };
}

export function matrix(rows: MatrixRows): Matrix {
  return new Matrix(rows.map((row) => [...row]));
}

/** A + BK. */
export function closedLoop({ A, B }: System, K: Matrix): Matrix {
  return B.mmul(K).add(A);
}

/** P = Q + KᵀRK + γ(A + BK)ᵀP(A + BK), the cost matrix of V(s) = −sᵀPs − const. */
export function valueMatrix(system: System, K: Matrix, gamma: number): Matrix {
  return solveLyapunov(closedLoop(system, K).transpose(), stepCost(system, K), gamma);
}

/** Q + KᵀRK + γ(A + BK)ᵀP(A + BK) for a given P. */
export function backup(system: System, K: Matrix, P: Matrix, gamma: number): Matrix {
  const loop = closedLoop(system, K);
  const ahead = loop.transpose().mmul(P).mmul(loop).mul(gamma);
  return symmetric(stepCost(system, K).add(ahead));
}

/** H = R + γBᵀPB, half the curvature of the cost in the action, and E = HK + γBᵀPA. */
export function curvature(
  { A, B, R }: System,
  K: Matrix,
  P: Matrix,
  gamma: number,
): { readonly E: Matrix; readonly H: Matrix } {
  const weighted = B.transpose().mmul(P).mul(gamma);
  const H = weighted.mmul(B).add(R);
  return { H, E: H.mmul(K).add(weighted.mmul(A)) };
}

/** −(R + γBᵀPB)⁻¹γBᵀPA, the gain that is greedy for V(s) = −sᵀPs. */
export function greedyGain(system: System, P: Matrix, gamma: number): Matrix {
  const { E, H } = curvature(system, Matrix.zeros(system.m, system.n), P, gamma);
  return invert(H).mmul(E).mul(-1);
}

/** B diag(σ²) Bᵀ + W, the covariance that one step adds. */
export function stepNoise({ B, W }: System, sigma: readonly number[]): Matrix {
  const spread = B.clone().mulRowVector(sigma.map((value) => value * value));
  return spread.mmul(B.transpose()).add(W);
}

/**
 * X = C + γ M X Mᵀ, by doubling: X ← X + NXNᵀ, N ← N² from N = √γM, X = C, which needs
 * log₂ of the steps that the plain iteration does. Needs √γ·ρ(M) < 1. Source: Smith 1968.
 */
export function solveLyapunov(M: Matrix, C: Matrix, gamma: number): Matrix {
  let X = C.clone();
  let N = Matrix.mul(M, Math.sqrt(gamma));
  for (let k = 0; k < 64; k++) {
    const increment = N.mmul(X).mmul(N.transpose());
    X = symmetric(Matrix.add(X, increment));
    if (increment.norm("frobenius") <= 1e-17 * X.norm("frobenius")) break;
    N = N.mmul(N);
  }
  return X;
}

/** tr(AB) of symmetric matrices. */
export function trace(a: Matrix, b: Matrix): number {
  return Matrix.mul(a, b).sum();
}

/** (A + Aᵀ)/2. */
export function symmetric(a: Matrix): Matrix {
  return Matrix.add(a, a.transpose()).mul(0.5);
}

/** Singular values below this share of the norm are rounding. */
const SINGULAR = 1e-14;

/**
 * A⁻¹, or the pseudo-inverse of an A singular to rounding: the least change that has the effect.
 *
 * @throws RangeError for an A that overflowed.
 */
export function invert(a: Matrix): Matrix {
  const scale = a.norm("frobenius");
  if (!Number.isFinite(scale)) {
    throw new RangeError(
      `lqr: products of the matrices must stay below ${Number.MAX_VALUE}, got one of norm ${scale}; choose other units`,
    );
  }
  if (scale === 0) return Matrix.zeros(a.columns, a.rows);
  const unit = Matrix.div(a, scale);
  const smallest = Math.min(...new SingularValueDecomposition(unit).diagonal);
  return (smallest > SINGULAR ? inverse(unit) : pseudoInverse(unit, SINGULAR)).div(scale);
}

function stepCost({ Q, R }: System, K: Matrix): Matrix {
  return K.transpose().mmul(R).mmul(K).add(Q);
}
