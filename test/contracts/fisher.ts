import { describe } from "vitest";
import {
  type FisherCase,
  type FisherModel,
  type LinearOperator,
  type Policy,
  type Rows,
  verifyFisher,
} from "../../src/index.ts";
import { jacobianOf } from "../support/finite-differences.ts";
import { expectPassed } from "./checks.ts";

/** A policy at a point with the steps of a batch. */
export interface FisherSample {
  readonly policy: Policy;
  readonly observations: Rows;
  readonly actions: Rows;
  readonly weights: Float64Array;
}

/** The dense matrix that a model stands for, computed apart from any Fisher model. */
export type ExplicitFisher = (sample: FisherSample) => number[][];

/** What every Fisher model promises, on linear-Gaussian policies of several shapes. */
export function describeFisher(
  name: string,
  make: () => FisherModel<LinearOperator>,
  explicit: ExplicitFisher,
  approximates: NonNullable<FisherCase["approximates"]> = "other",
): void {
  describe(`${name} as a Fisher model`, () => {
    expectPassed(
      verifyFisher(make, {
        approximates,
        explicit: (sample) => Float64Array.from(explicit(sample).flat()),
      }),
    );
  });
}

/** The operator of a model at a sample. */
export function operatorOf<A extends LinearOperator>(
  model: FisherModel<A>,
  { policy, observations, actions, weights }: FisherSample,
): A {
  const point = policy.network.linearisation(observations.count);
  point.at(policy.theta, observations);
  return model.at(point, policy.distribution, actions, weights);
}

/** F e₀, F e₁, …. */
export function columnsOf(model: FisherModel<LinearOperator>, sample: FisherSample): number[][] {
  const operator = operatorOf(model, sample);
  return Array.from({ length: operator.size }, (_, j) => {
    const basis = new Float64Array(operator.size);
    basis[j] = 1;
    const column = new Float64Array(operator.size).fill(NaN);
    operator.apply(basis, column);
    return [...column];
  });
}

/** Σᵢ wᵢ JᵢᵀM(ηᵢ)Jᵢ with J by finite differences of the network and M = diag(1/σ², 2) as printed. */
export function explicitExact({ policy, observations, weights }: FisherSample): number[][] {
  const { network, theta } = policy;
  const width = network.outputSize;
  const eta = (x: Float64Array): Float64Array => {
    const point = network.linearisation(observations.count);
    point.at(x, observations);
    return point.outputs.data;
  };
  const outputs = eta(theta);
  const jacobian = jacobianOf(eta, theta);
  const half = width / 2;
  const metric = (row: number): number => {
    const [i, k] = [Math.floor(row / width), row % width];
    return weights[i] * (k < half ? Math.exp(-2 * outputs[i * width + half + k]) : 2);
  };
  return Array.from(theta, (_, a) =>
    Array.from(theta, (_, b) =>
      jacobian.reduce((sum, partial, row) => sum + metric(row) * partial[a] * partial[b], 0),
    ),
  );
}

/** Σᵢ wᵢ sᵢsᵢᵀ with sᵢ by finite differences of log π(aᵢ | oᵢ; θ). */
export function explicitEmpirical(sample: FisherSample): number[][] {
  const { policy, observations, actions, weights } = sample;
  const logProb = (x: Float64Array): Float64Array => {
    const point = policy.network.linearisation(observations.count);
    point.at(x, observations);
    const out = new Float64Array(observations.count);
    policy.distribution.logProb(point.outputs, actions, out);
    return out;
  };
  const scores = jacobianOf(logProb, policy.theta, 1e-5);
  return Array.from(policy.theta, (_, a) =>
    Array.from(policy.theta, (_, b) =>
      scores.reduce((sum, score, i) => sum + weights[i] * score[a] * score[b], 0),
    ),
  );
}
