import {
  type Batch,
  createPolicy,
  createRandom,
  createRows,
  createSurrogate,
  dot,
  type FisherModel,
  fixed,
  type LinearOperator,
  naturalGradient,
  type Network,
  oneStepBatch,
  type Random,
  rewardsToGo,
  type Rows,
  rowsFrom,
  type Solver,
  type SurrogateMaker,
  type UpdateReport,
  type Vector,
  zero,
} from "../../../src/index.ts";
import { family, type Model } from "./problem.ts";
import { quadrature } from "./quadrature.ts";

/** Where w comes from and how far a step goes. */
export interface InferenceParts<A extends LinearOperator> {
  /** Makes the η of q from the parameters that are learnt. */
  readonly network: Network;
  readonly fisher: FisherModel<A>;
  readonly solver: Solver<A>;
  readonly stepSize: number;
}

/** q, and updates of it. */
export interface Inference {
  /** η of q. */
  readonly eta: () => number[];
  /** One update with the exact gradient of the ELBO. */
  readonly update: () => UpdateReport;
  /** One update from draws of q, whose rewards are lowered by `baseline`. */
  readonly updateFromDraws: (random: Random, draws: number, baseline: number) => UpdateReport;
}

/**
 * Variational inference as a policy gradient: the action is w ~ q, its reward log p(y, w) − log q(w),
 * and the return that is climbed E_q of that, the ELBO.
 *
 * E_q[∇log q] = 0, so the policy gradient Σᵢ ρᵢ rᵢ ∇log q(wᵢ) is that of the ELBO, without a term for
 * the q inside the reward; by quadrature it is exact, since r and ∇log q are quadratic in w.
 */
export function createInference<A extends LinearOperator>(
  model: Model,
  { network, fisher, solver, stepSize }: InferenceParts<A>,
): Inference {
  const policy = createPolicy(network, family, createRandom(0));
  const common = {
    ...{ policy, fisher, solver, damping: 0, step: fixed(stepSize), retries: 0 },
    ...{ baseline: zero(), advantage: rewardsToGo({ discount: 0 }) },
    surrogate: elboSurrogate(model),
  };
  const { weights } = quadrature;
  const exact = naturalGradient({ ...common, weighting: (_, out) => out.set(weights) });
  const sampled = naturalGradient(common);
  const etaRows = (count: number): Rows => {
    const point = network.linearisation(count);
    point.at(policy.theta, createRows(count, 0));
    return point.outputs;
  };
  return {
    eta: () => [...etaRows(1).data],
    update: () => {
      const eta = etaRows(weights.length);
      return exact.update(decisions(model, eta, quadrature.points(family, eta)));
    },
    updateFromDraws: (random, draws, baseline) => {
      const eta = etaRows(draws);
      const points = createRows(draws, family.actionSize);
      family.sample(eta, random, points);
      const batch = decisions(model, eta, points);
      for (let i = 0; i < draws; i++) batch.rewards[i] -= baseline;
      return sampled.update(batch);
    },
  };
}

/** The ELBO of q in nats. */
export function elboOf(model: Model, eta: readonly number[]): number {
  const rows = rowsFrom(Array.from(quadrature.weights, () => [...eta]));
  const { rewards } = decisions(model, rows, quadrature.points(family, rows));
  return dot(quadrature.weights, rewards);
}

/** The points w with the rewards log p(y, w) − log q(w). */
export function decisions(model: Model, eta: Rows, points: Rows): Batch {
  const rewards = new Float64Array(points.count);
  const logQ = new Float64Array(points.count);
  model.logJoint(points, rewards);
  family.logProb(eta, points, logQ);
  for (let i = 0; i < rewards.length; i++) rewards[i] -= logQ[i];
  return oneStepBatch(createRows(points.count, 0), points, rewards);
}

/** The surrogate, but that a trial's gain is the rise of the ELBO itself; not a number outside the family. */
function elboSurrogate(model: Model): SurrogateMaker {
  return (policy, count, divergence) => {
    const surrogate = createSurrogate(policy, count, divergence);
    const point = policy.network.linearisation(1);
    const none = createRows(1, 0);
    const elboAt = (theta: Vector): number => {
      point.at(theta, none);
      return elboOf(model, [...point.outputs.data]);
    };
    return {
      ...surrogate,
      measure: (theta) => ({
        ...surrogate.measure(theta),
        gain: elboAt(theta) - elboAt(policy.theta),
      }),
    };
  };
}
