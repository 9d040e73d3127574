import { solveGeneral } from "../linear/general-solve.ts";
import { squareMatrix } from "../linear/gram.ts";
import { type Saved, savedNumber, savedVector } from "../math/resumable.ts";
import type { Rows } from "../math/rows.ts";
import { addScaled, type Vector } from "../math/vector.ts";
import type { DirectionReport, Refusal } from "./direction.ts";

/** The normal equations A (w, v) = b of a direction w and the parameters v of a value. */
export interface Regression {
  /** A, n × n, with the rows and columns of w first. */
  readonly matrix: Rows;
  /** b, n numbers. */
  readonly right: Vector;
  /** Σ x² of each regressor, the square of its unit. */
  readonly squares: Vector;
  /** How many Fisher matrices of one step the part of w sums up: what λ is multiplied by. */
  steps: number;
}

/** The most unknowns: they are solved for with a dense factorisation, in seconds for so many. */
const MOST_UNKNOWNS = 2000;

/** No equations yet. @throws RangeError for more than 2000 unknowns. */
export function createRegression(size: number): Regression {
  if (size > MOST_UNKNOWNS) {
    throw new RangeError(
      `regression: at most ${MOST_UNKNOWNS} unknowns are solved for, got ${size}; take a smaller policy, or a Fisher model and a solver`,
    );
  }
  return {
    matrix: squareMatrix(size),
    right: new Float64Array(size),
    squares: new Float64Array(size),
    steps: 0,
  };
}

/** All sums ← 0. */
export function clearRegression(regression: Regression): void {
  const { matrix, right, squares } = regression;
  for (const sums of [matrix.data, right, squares]) sums.fill(0);
  regression.steps = 0;
}

/** All sums ← β times themselves. */
export function scaleRegression(regression: Regression, beta: number): void {
  const { matrix, right, squares } = regression;
  for (const sums of [matrix.data, right, squares]) {
    for (let i = 0; i < sums.length; i++) sums[i] *= beta;
  }
  regression.steps *= beta;
}

/** Sums ← sums + those of another. */
export function addRegression(other: Regression, regression: Regression): void {
  addScaled(1, other.matrix.data, regression.matrix.data);
  addScaled(1, other.right, regression.right);
  addScaled(1, other.squares, regression.squares);
  regression.steps += other.steps;
}

/** All sums as they are. */
export function saveRegression({ matrix, right, squares, steps }: Regression): Saved {
  return { matrix: matrix.data.slice(), right: right.slice(), squares: squares.slice(), steps };
}

/** The sums that `saveRegression` saved. @throws RangeError */
export function restoreRegression(saved: Saved): Regression {
  const right = savedVector(saved, "right");
  const regression = createRegression(right.length);
  regression.right.set(right);
  regression.matrix.data.set(savedVector(saved, "matrix", right.length * right.length));
  regression.squares.set(savedVector(saved, "squares", right.length));
  regression.steps = savedNumber(saved, "steps");
  return regression;
}

/** A ← A + x yᵀ. */
export function addOuter(x: Vector, y: Vector, { data, width }: Rows): void {
  for (let i = 0; i < width; i++) {
    if (x[i] === 0) continue;
    for (let j = 0; j < width; j++) data[i * width + j] += x[i] * y[j];
  }
}

/** sums ← sums + x². */
export function addSquares(x: Vector, sums: Vector): void {
  for (let i = 0; i < sums.length; i++) sums[i] += x[i] * x[i];
}

/**
 * w ← the leading part of (A + λ·steps·diag(I, 0))⁻¹ b, so that λ is a ridge on the Fisher matrix of
 * one step, and the value has none. Each unknown is scaled by its regressor, so that the solution
 * does not depend on units.
 *
 * `not-positive-definite` and w ← 0 where the equations are singular to rounding.
 */
export function solveRegression(
  owner: string,
  { matrix, right, squares, steps }: Regression,
  damping: number,
  w: Vector,
): DirectionReport {
  const damped = { ...matrix, data: matrix.data.slice() };
  const scale = new Float64Array(right.length);
  for (let i = 0; i < scale.length; i++) {
    const ridge = i < w.length ? damping * steps : 0;
    damped.data[i * damped.width + i] += ridge;
    const square = squares[i] + ridge;
    scale[i] = square > 0 ? 1 / Math.sqrt(square) : 1;
  }
  const x = new Float64Array(right.length);
  const { singular, residual } = solveGeneral(damped, right, scale, x);
  if (singular) return unsolvable(`the equations of ${owner} are singular at λ = ${damping}`, w);
  for (let i = 0; i < w.length; i++) w[i] = x[i];
  return { status: "converged", iterations: 0, residual, compatible: true };
}

/** The report of equations without a solution; w ← 0. */
export function unsolvable(reason: string, w: Vector): DirectionReport {
  w.fill(0);
  const refusal: Refusal = `rejected: ${reason}`;
  return { status: "not-positive-definite", iterations: 0, residual: 1, refusal };
}

/** Of fewer episodes than a regression over them has unknowns; undefined where there are enough. */
export function tooFewEpisodes(
  owner: string,
  { episodes, unknowns }: { readonly episodes: number; readonly unknowns: number },
  w: Vector,
): DirectionReport | undefined {
  if (episodes >= unknowns) return undefined;
  const needed = `${owner} needs at least ${unknowns} episodes for as many unknowns`;
  return unsolvable(`${needed}, got ${episodes}`, w);
}
