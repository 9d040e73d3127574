import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { exactFisher, type Linearisation, materialise } from "../../../src/index.ts";
import { createProblem, type Inputs, targets } from "./problem.ts";

/** What the Fisher matrix, here also the Hessian of the loss, says of gradient descent. */
export interface Spectrum {
  readonly largest: number;
  /** κ(F) = λ_max/λ_min. */
  readonly condition: number;
  /** κ of F scaled to a unit diagonal: what Cholesky's rounding depends on. */
  readonly unitDiagonal: number;
  /** Gradient updates with step 1/λ_max from f = 0 until the loss is 10⁻⁶ of what it was. */
  readonly gradientUpdates: number;
}

/** The share of the loss at which an experiment counts as done. */
export const DONE = 1e-6;

export function spectrumOf(inputs: Inputs): Spectrum {
  const { policy, batch } = createProblem(inputs);
  const { observations, actions } = batch;
  const point = policy.network.linearisation(observations.count);
  point.at(policy.theta, observations);
  const weights = new Float64Array(observations.count).fill(1 / observations.count);
  const fisher = materialise(exactFisher().at(point, policy.distribution, actions, weights));
  const [least, largest] = rangeOf(fisher);
  const [leastScaled, largestScaled] = rangeOf(toUnitDiagonal(fisher));
  return {
    largest,
    condition: largest / least,
    unitDiagonal: largestScaled / leastScaled,
    gradientUpdates: updatesTo(point),
  };
}

const eigenOf = (matrix: Matrix): EigenvalueDecomposition =>
  new EigenvalueDecomposition(matrix, { assumeSymmetric: true });

function rangeOf(matrix: Matrix): [number, number] {
  const values = eigenOf(matrix).realEigenvalues;
  return [Math.min(...values), Math.max(...values)];
}

function toUnitDiagonal(matrix: Matrix): Matrix {
  const scale = matrix.diagonal().map(Math.sqrt);
  const scaled = matrix.clone();
  for (let i = 0; i < scaled.rows; i++) {
    for (let j = 0; j < scaled.columns; j++)
      scaled.set(i, j, matrix.get(i, j) / (scale[i] * scale[j]));
  }
  return scaled;
}

/**
 * The residual of eigenvector j of K = JJᵀ/N shrinks by 1 − λⱼ/λ_max an update, so that the loss after
 * k updates is Σⱼ pⱼ(1 − λⱼ/λ_max)²ᵏ, with pⱼ the square of that part of the targets: the real k at
 * which it is `DONE` of Σⱼ pⱼ.
 */
function updatesTo(point: Linearisation): number {
  const { count } = point.outputs;
  const tangent = new Float64Array(point.parameterCount);
  const kernel = materialise({
    size: count,
    apply: (u, out) => {
      point.vjp({ count, width: 1, data: u }, tangent);
      for (let j = 0; j < tangent.length; j++) tangent[j] /= count;
      point.jvp(tangent, { count, width: 1, data: out });
    },
  });
  const { realEigenvalues, eigenvectorMatrix } = eigenOf(kernel);
  const parts = eigenvectorMatrix.transpose().mmul(Matrix.columnVector(targets)).to1DArray();
  const squares = parts.map((part) => part * part);
  const total = squares.reduce((sum, square) => sum + square, 0);
  const rates = realEigenvalues.map((value) => Math.log1p(-value / Math.max(...realEigenvalues)));
  const left = (k: number): number =>
    squares.reduce((sum, square, j) => sum + square * Math.exp(2 * k * rates[j]), 0) / total;
  let [low, high] = [0, 1];
  while (left(high) > DONE) high *= 2;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (left(middle) > DONE) low = middle;
    else high = middle;
  }
  return high;
}
