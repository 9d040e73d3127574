import {
  type Batch,
  cholesky,
  createPolicy,
  createRandom,
  createRows,
  exactFisher,
  exp,
  type FisherModel,
  fixed,
  linear,
  type LinearOperator,
  locationGaussian,
  maximumLikelihood,
  oneStepBatch,
  type Policy,
} from "../../../src/index.ts";
import { numpyRandom } from "../../support/numpy-random.ts";

/** Settings of the experiment "vecfield" in the paper's code, behind its figure 1. */
export const settings = {
  seed: 0,
  rows: 1000,
  truth: [2, 2],
  /** x is log-normal with this σ, y has noise of variance 1. */
  sigmaOfLogX: 0.75,
  /** Each parameter has the prior N(0, this variance); the code's default, which the paper leaves out. */
  priorVariance: 0.1,
  damping: 1e-8,
} as const;

/** (b, θ): intercept and slope. */
export type Parameters = readonly [number, number];

/**
 * y ~ N(b + θx, 1) with inputs (1, x), and the prior on (b, θ) as two more rows: that θⱼ/√v ~ N(0, 1)
 * was observed to be 0 is the prior N(0, v) of θⱼ. Every row has weight 1/N.
 */
export interface LeastSquares {
  readonly policy: Policy;
  readonly batch: Batch;
  readonly weights: Float64Array;
}

/** x and y of the data, the same as numpy's after `np.random.seed(0)` but for the last bits. */
export function drawData(): { readonly x: Float64Array; readonly y: Float64Array } {
  const random = numpyRandom(settings.seed);
  const { rows, sigmaOfLogX, truth } = settings;
  const x = Float64Array.from({ length: rows }, () => exp(sigmaOfLogX * random.normal()));
  const y = x.map((value) => truth[0] + truth[1] * value + random.normal());
  return { x, y };
}

export function createProblem(): LeastSquares {
  const { x, y } = drawData();
  const count = x.length + 2;
  const inputs = createRows(count, 2);
  const labels = createRows(count, 1);
  for (let i = 0; i < x.length; i++) inputs.data.set([1, x[i]], 2 * i);
  labels.data.set(y);
  const precision = 1 / Math.sqrt(settings.priorVariance);
  inputs.data.set([precision, 0, 0, precision], 2 * x.length);
  const network = linear(2, 1, { bias: false });
  const policy = createPolicy(network, locationGaussian([1]), createRandom(0));
  const weights = new Float64Array(count).fill(1 / x.length);
  return { policy, batch: oneStepBatch(inputs, labels), weights };
}

/** The four starts of the paper's paths. */
export const starts: readonly Parameters[] = [
  [2, 4.5],
  [1, 0],
  [4.5, 3],
  [-0.5, 3],
];

/** The maximum of the posterior: the objective is quadratic, so one natural step of size 1 from 0 is there. */
export function optimumOf({ policy, batch, weights }: LeastSquares): Parameters {
  const agent = maximumLikelihood({
    ...{ policy, fisher: exactFisher(), damping: 0, solver: cholesky(), step: fixed(1) },
    weighting: (_, out) => out.set(weights),
  });
  const theta = policy.theta.slice();
  policy.theta.fill(0);
  agent.update(batch);
  const [intercept, slope] = policy.theta;
  policy.theta.set(theta);
  return [intercept, slope];
}

/** The model at the data alone: the code has the prior in the Hessian and not in the empirical Fisher. */
export function withoutPrior<A extends LinearOperator>(model: FisherModel<A>): FisherModel<A> {
  let weights = new Float64Array(0);
  return {
    at: (point, distribution, actions, all) => {
      weights = all.slice();
      weights.fill(0, settings.rows);
      return model.at(point, distribution, actions, weights);
    },
  };
}
