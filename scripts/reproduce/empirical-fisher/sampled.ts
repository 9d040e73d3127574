import {
  createRandom,
  createRows,
  empiricalFisher,
  exactFisher,
  type LinearOperator,
  materialise,
  type Rows,
} from "../../../src/index.ts";
import { angleBetween, createField } from "./field.ts";
import { type LeastSquares, type Parameters, settings, withoutPrior } from "./problem.ts";

/** The two matrices that are called empirical, beside the exact one, at one θ. */
export interface FisherDistances {
  readonly at: Parameters;
  /** ‖F̂ − F‖/‖F‖ (Frobenius) with the labels of the data set. */
  readonly labels: number;
  /** The root mean square of the same with labels that the model draws at θ. */
  readonly sampled: number;
  /** Degrees between F̂⁻¹g and F⁻¹g with the labels; not a number where g = 0. */
  readonly angle: number;
}

/**
 * One model of F with two kinds of labels. Those of the data make it Kunstner et al.'s empirical
 * Fisher; those that the model itself draws make it a Monte-Carlo estimate of F, `draws` times here.
 */
export function fisherDistances(
  problem: LeastSquares,
  at: Parameters,
  draws: number,
): FisherDistances {
  const { network, distribution } = problem.policy;
  const { observations, actions } = problem.batch;
  const point = network.linearisation(observations.count);
  const theta = Float64Array.from(at);
  point.at(theta, observations);
  const entries = (operator: LinearOperator): number[] => materialise(operator).to1DArray();
  const exact = withoutPrior(exactFisher());
  const expected = entries(exact.at(point, distribution, actions, problem.weights));
  const distanceOf = (labels: Rows): number => {
    const model = withoutPrior(empiricalFisher());
    return relative(entries(model.at(point, distribution, labels, problem.weights)), expected);
  };
  const drawn = createRows(actions.count, 1);
  const squares = Array.from({ length: draws }, (_, i) => {
    distribution.sample(
      point.outputs,
      createRandom(`empirical-fisher/${at.join(" ")}/${i}`),
      drawn,
    );
    return distanceOf(drawn) ** 2;
  });
  return {
    at,
    labels: distanceOf(actions),
    sampled: Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / draws),
    angle: angleBetweenFields(problem, theta),
  };
}

/** ‖x − y‖/‖y‖. */
function relative(x: readonly number[], y: readonly number[]): number {
  return Math.hypot(...x.map((value, i) => value - y[i])) / Math.hypot(...y);
}

function angleBetweenFields(problem: LeastSquares, theta: Float64Array): number {
  const [natural, empirical] = [new Float64Array(2), new Float64Array(2)];
  createField("natural", problem)(theta, natural);
  createField("empirical", problem)(theta, empirical);
  return angleBetween(natural, empirical);
}

/** The root mean square that draws of N labels have in expectation: √(2 Σ‖xᵢ‖⁴)/(N‖F‖), as Var z² = 2. */
export function expectedDistance({ batch }: LeastSquares): number {
  const { rows } = settings;
  const { data } = batch.observations;
  const moments = [0, 0, 0];
  let fourth = 0;
  for (let i = 0; i < rows; i++) {
    const [a, b] = [data[2 * i], data[2 * i + 1]];
    fourth += (a * a + b * b) ** 2;
    [a * a, a * b, b * b].forEach((value, k) => (moments[k] += value / rows));
  }
  return Math.sqrt(2 * fourth) / rows / Math.hypot(moments[0], moments[1], moments[1], moments[2]);
}
