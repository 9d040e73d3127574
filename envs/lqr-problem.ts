import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Rows of numbers. */
export type MatrixRows = readonly (readonly number[])[];

/**
 * A linear system with a quadratic reward:
 * s′ = A s + B a + w, w ~ N(0, W); r = −sᵀQs − aᵀRa; s₀ ~ N(m₀, S₀).
 */
export interface LqrProblem {
  /** n × n. */
  readonly A: MatrixRows;
  /** n × m. */
  readonly B: MatrixRows;
  /** n × n, symmetric positive semidefinite. */
  readonly Q: MatrixRows;
  /** m × m, symmetric positive semidefinite. */
  readonly R: MatrixRows;
  /** n × n covariance of the process noise. */
  readonly W: MatrixRows;
  /** n numbers, the mean of the start. */
  readonly m0: readonly number[];
  /** n × n covariance of the start. */
  readonly S0: MatrixRows;
}

/** a ~ N(K s, diag σ²). */
export interface LinearPolicy {
  /** m × n. */
  readonly K: MatrixRows;
  /** m standard deviations. */
  readonly sigma: readonly number[];
}

/** r = −s² − a² with s′ = s + a and s₀ ~ N(0, 1). */
export const scalarProblem: LqrProblem = {
  A: [[1]],
  B: [[1]],
  Q: [[1]],
  R: [[1]],
  W: [[0]],
  m0: [0],
  S0: [[1]],
};

/**
 * Returns the problem, or says what is wrong with it.
 *
 * @throws RangeError for a number that is not finite or so large that products overflow, a shape that does not fit the n × n of A or
 * the n × m of B, or Q, R, W, S0 that are not symmetric positive semidefinite.
 */
export function requireLqrProblem(problem: LqrProblem): LqrProblem {
  const n = problem.A.length;
  const m = problem.B.length > 0 ? problem.B[0].length : 0;
  if (n === 0) throw new RangeError("lqr: A must have at least one row, got none; give [[a]]");
  requireShape("A", problem.A, n, n, "square");
  requireShape("B", problem.B, n, Math.max(m, 1), "with a row for each row of A");
  requireShape("Q", problem.Q, n, n, "as large as A");
  requireShape("R", problem.R, m, m, "with a row and column for each column of B");
  requireShape("W", problem.W, n, n, "as large as A");
  requireShape("S0", problem.S0, n, n, "as large as A");
  requireShape("m0", [problem.m0], 1, n, "one number for each row of A");
  for (const name of ["Q", "R", "W", "S0"] as const) requireSemidefinite(name, problem[name]);
  return problem;
}

/** @throws RangeError unless K is m × n and sigma has m numbers of at least 0. */
export function requireLinearPolicy(
  { A, B }: Pick<LqrProblem, "A" | "B">,
  { K, sigma }: LinearPolicy,
): void {
  const m = B[0].length;
  requireShape("K", K, m, A.length, "with a row for each column of B and a column for each of A");
  requireShape("sigma", [sigma], 1, m, "one number for each column of B");
  const bad = sigma.find((value) => value < 0);
  if (bad !== undefined) {
    throw new RangeError(
      `lqr: sigma must hold standard deviations of at least 0, got ${bad}; use its absolute value`,
    );
  }
}

/** @throws RangeError unless γ lies in [0, 1]. */
export function requireDiscount(gamma: number): void {
  if (gamma >= 0 && gamma <= 1) return;
  throw new RangeError(`lqr: gamma must lie in [0, 1] (1 for the average reward), got ${gamma}`);
}

/** @throws RangeError unless the number of steps is a positive integer. */
export function requireHorizon(horizon: number): void {
  if (Number.isInteger(horizon) && horizon > 0) return;
  throw new RangeError(`lqr: horizon must be a positive integer, got ${horizon}`);
}

/** The same problem with the state measured in units of which `scale` make one of the old: s̃ = scale · s. */
export function inUnits(problem: LqrProblem, scale: number): LqrProblem {
  const times = (rows: MatrixRows, factor: number): MatrixRows =>
    rows.map((row) => row.map((value) => value * factor));
  return {
    ...problem,
    B: times(problem.B, scale),
    Q: times(problem.Q, 1 / (scale * scale)),
    W: times(problem.W, scale * scale),
    m0: problem.m0.map((value) => value * scale),
    S0: times(problem.S0, scale * scale),
  };
}

/** The problem of s̃ = (s, 1), in which the affine policy a = K s + b is the linear one of (K b). */
export function withConstant(problem: LqrProblem): LqrProblem {
  const border = (rows: MatrixRows, corner: number): MatrixRows => [
    ...rows.map((row) => [...row, 0]),
    [...rows.map(() => 0), corner],
  ];
  return {
    A: border(problem.A, 1),
    B: [...problem.B, problem.B[0].map(() => 0)],
    Q: border(problem.Q, 0),
    R: problem.R,
    W: border(problem.W, 0),
    m0: [...problem.m0, 1],
    S0: border(problem.S0, 0),
  };
}

/** L with LLᵀ = C, for a symmetric positive semidefinite C; all zeros for C = 0. */
export function factorCovariance(covariance: MatrixRows): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = eigen(covariance);
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(value, 0)));
  return eigenvectorMatrix.mulRowVector(roots);
}

/** Entries from here on are refused: the answers are products of several of them. */
const TOO_LARGE = 1e100;

function requireShape(
  name: string,
  value: MatrixRows,
  rows: number,
  columns: number,
  why: string,
): void {
  const ragged = value.find((row) => row.length !== columns);
  if (value.length !== rows || ragged) {
    const got = `${value.length} × ${ragged ? ragged.length : columns}`;
    throw new RangeError(`lqr: ${name} must be ${rows} × ${columns} (${why}), got ${got}`);
  }
  value.forEach((row, i) => {
    row.forEach((entry, j) => {
      if (!Number.isFinite(entry)) {
        throw new RangeError(
          `lqr: ${name} must hold finite numbers, got ${entry} in row ${i}, column ${j}`,
        );
      }
      if (Math.abs(entry) >= TOO_LARGE) {
        throw new RangeError(
          `lqr: ${name} must hold numbers below ${TOO_LARGE} in magnitude, whose products do not overflow, got ${entry} in row ${i}, column ${j}; choose other units`,
        );
      }
    });
  });
}

function requireSemidefinite(name: string, rows: MatrixRows): void {
  const size = Math.max(...rows.flat().map(Math.abs));
  const tolerance = 1e-10 * size;
  rows.forEach((row, i) => {
    row.forEach((entry, j) => {
      if (Math.abs(entry - rows[j][i]) > tolerance) {
        throw new RangeError(
          `lqr: ${name} must be symmetric, got ${entry} at (${i}, ${j}) and ${rows[j][i]} at (${j}, ${i}); use (${name} + ${name}ᵀ)/2`,
        );
      }
    });
  });
  const smallest = Math.min(...eigen(rows).realEigenvalues);
  if (smallest < -tolerance) {
    throw new RangeError(
      `lqr: ${name} must be positive semidefinite, got an eigenvalue of ${smallest}; costs and covariances cannot be negative`,
    );
  }
}

function eigen(rows: MatrixRows): EigenvalueDecomposition {
  return new EigenvalueDecomposition(new Matrix(rows.map((row) => [...row])), {
    assumeSymmetric: true,
  });
}
