import {
  type Batch,
  bernoulli,
  createPolicy,
  createRandom,
  createRows,
  linear,
  oneStepBatch,
  type Policy,
  type Rows,
} from "../../../src/index.ts";
import { numpyRandom } from "../../support/numpy-random.ts";

/** Settings of the note's listing; it sets no seed, so that 0 is chosen here. */
export const settings = {
  seed: 0,
  rows: 100,
  stepSize: 0.01,
  damping: 0.01,
  iterations: 10,
} as const;

/** Points of the unit square, y = 1 where x₁ + x₂ > 1, drawn as the listing draws them. */
export function drawData(): { readonly inputs: Rows; readonly labels: Rows } {
  const random = numpyRandom(settings.seed);
  const inputs = createRows(settings.rows, 2);
  const labels = createRows(settings.rows, 1);
  for (let i = 0; i < inputs.data.length; i++) inputs.data[i] = random.uniform();
  for (let i = 0; i < labels.count; i++) {
    labels.data[i] = inputs.data[2 * i] + inputs.data[2 * i + 1] > 1 ? 1 : 0;
  }
  return { inputs, labels };
}

/** y ~ Bernoulli(logit θᵀx), or with an intercept θᵀx + b, which the listing leaves out. */
export interface LogisticRegression {
  readonly policy: Policy;
  /** Its rewards, 1, make the labels more likely. */
  readonly batch: Batch;
  /** The same with rewards of −1: its ascent direction is that of descent. */
  readonly reversed: Batch;
}

export function createProblem({ intercept = false } = {}): LogisticRegression {
  const { inputs, labels } = drawData();
  const network = linear(2, 1, { bias: intercept });
  return {
    policy: createPolicy(network, bernoulli(1), createRandom(0)),
    batch: oneStepBatch(inputs, labels),
    reversed: oneStepBatch(inputs, labels, new Float64Array(labels.count).fill(-1)),
  };
}

/** The mean negative log-likelihood in nats. */
export function lossOf(
  { policy: { network, distribution }, batch }: LogisticRegression,
  theta: Float64Array,
): number {
  const point = network.linearisation(batch.actions.count);
  const logs = new Float64Array(batch.actions.count);
  point.at(theta, batch.observations);
  distribution.logProb(point.outputs, batch.actions, logs);
  return -logs.reduce((sum, log) => sum + log, 0) / logs.length;
}

/** The least of ±(θᵀx + b) over the rows, + where y = 1: positive where θ separates the classes. */
export function leastMargin(
  { policy, batch }: LogisticRegression,
  theta: readonly number[],
): number {
  const point = policy.network.linearisation(batch.actions.count);
  point.at(Float64Array.from(theta), batch.observations);
  return Math.min(
    ...point.outputs.data.map((logit, i) => (batch.actions.data[i] === 1 ? logit : -logit)),
  );
}
