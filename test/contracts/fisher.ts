import { describe, expect, it } from "vitest";
import { type FisherModel, type LinearOperator, type Policy, type Rows } from "../../src/index.ts";
import { relativeError } from "../support/close.ts";
import { jacobianOf } from "../support/finite-differences.ts";
import { linearGaussian, policyShapes, type PolicyShape, sampleFrom } from "../support/policies.ts";

/** A policy at a point with the steps of a batch. */
export interface FisherSample {
  readonly policy: Policy;
  readonly observations: Rows;
  readonly actions: Rows;
  readonly weights: Float64Array;
}

/** The dense matrix that a model stands for, computed apart from any Fisher model. */
export type ExplicitFisher = (sample: FisherSample) => number[][];

const COUNT = 12;

/** What every Fisher model promises, on linear-Gaussian policies of several shapes. */
export function describeFisher(
  name: string,
  make: () => FisherModel<LinearOperator>,
  explicit: ExplicitFisher,
): void {
  const sampleOf = (shape: PolicyShape): FisherSample => {
    const policy = linearGaussian(shape);
    return { policy, ...sampleFrom(policy, COUNT, "batch") };
  };

  describe(`${name} as a Fisher model`, () => {
    describe.each(policyShapes)(
      "of $observations observations and $actions actions, bias $bias",
      (shape) => {
        const sample = sampleOf(shape);

        it("applied to each basis vector gives the column of the explicit matrix", () => {
          const implicit = columnsOf(make(), sample);
          expect(relativeError(implicit.flat(), explicit(sample).flat())).toBeLessThan(1e-8);
        });

        it("is symmetric and positive semidefinite", () => {
          const columns = columnsOf(make(), sample);
          const scale = Math.max(...columns.flat().map(Math.abs));
          columns.forEach((column, j) => {
            column.forEach((value, i) =>
              expect(Math.abs(value - columns[i][j])).toBeLessThan(1e-12 * scale),
            );
          });
          for (let k = 0; k < 20; k++) {
            const v = columns.map((_, j) => Math.sin(7 * k + 3 * j));
            const curvature = v.reduce(
              (sum, vi, i) => sum + vi * v.reduce((inner, vj, j) => inner + columns[j][i] * vj, 0),
              0,
            );
            expect(curvature).toBeGreaterThanOrEqual(-1e-12 * scale);
          }
        });

        it("honours the weights of the steps", () => {
          const weights = sample.weights.map((weight, i) => (i % 2 === 0 ? 3 * weight : 0));
          const weighted = { ...sample, weights };
          expect(
            relativeError(columnsOf(make(), weighted).flat(), explicit(weighted).flat()),
          ).toBeLessThan(1e-8);
        });

        it("leaves the vector that it is applied to alone", () => {
          const operator = operatorOf(make(), sample);
          const v = Float64Array.from({ length: operator.size }, (_, j) => j - 1.5);
          const before = v.slice();
          operator.apply(v, new Float64Array(operator.size));
          expect(v).toEqual(before);
        });
      },
    );

    it("has as many rows as the policy has parameters", () => {
      for (const shape of policyShapes) {
        const sample = sampleOf(shape);
        expect(operatorOf(make(), sample).size).toBe(sample.policy.theta.length);
      }
    });

    it("may be moved to a batch or a policy of another size", () => {
      const model = make();
      for (const shape of [policyShapes[3], policyShapes[0], policyShapes[3]]) {
        const sample = sampleOf(shape);
        expect(columnsOf(model, sample)).toEqual(columnsOf(make(), sample));
      }
      const { policy } = sampleOf(policyShapes[1]);
      for (const count of [7, 3, 20]) {
        const sample = { policy, ...sampleFrom(policy, count, "resized") };
        expect(columnsOf(model, sample)).toEqual(columnsOf(make(), sample));
      }
    });
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
