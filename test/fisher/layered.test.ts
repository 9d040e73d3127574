import { describe, expect, it } from "vitest";
import {
  cholesky,
  createRandom,
  createRows,
  diagonalFisher,
  direct,
  type Distribution,
  exactFisher,
  kroneckerFisher,
  norm,
  sampleSpaceFisher,
  subsampled,
} from "../../src/index.ts";
import { columnsOf, type FisherSample, operatorOf } from "../contracts/fisher.ts";
import { randomVector, relativeError } from "../support/numbers.ts";
import { gaussian, perceptronPolicies, softmax } from "../support/perceptrons.ts";
import { sampleFrom } from "../support/policies.ts";

const sampleOf = (make: () => FisherSample["policy"], count: number): FisherSample => {
  const policy = make();
  return { policy, ...sampleFrom(policy, count, "batch") };
};

describe.each(perceptronPolicies)("for $name", (row) => {
  it("the diagonal by layers is the diagonal by columns, and that of the exact F", () => {
    const sample = sampleOf(() => row.make(), 30);
    const { factor, ...unfactored } = sample.policy.distribution;
    expect(factor).toBeDefined();
    const distribution: Distribution = unfactored;
    const byColumns = { ...sample, policy: { ...sample.policy, distribution } };
    const [layered, columns, exact] = [
      columnsOf(diagonalFisher(), sample),
      columnsOf(diagonalFisher(), byColumns),
      columnsOf(exactFisher(), sample),
    ].map((matrix) => matrix.map((column, j) => column[j]));
    expect(relativeError(layered, columns)).toBeLessThan(1e-13);
    expect(relativeError(layered, exact)).toBeLessThan(1e-13);
  });

  it.each([1e-6, 1e-3, 1])("the sample-space solve is Cholesky's for λ = %d", (damping) => {
    const sample = sampleOf(() => row.make(), 3);
    const b = randomVector(sample.policy.theta.length, createRandom("b"));
    const [x, expected] = [new Float64Array(b.length), new Float64Array(b.length)];
    const operator = operatorOf(sampleSpaceFisher(), sample);
    expect(direct().solve(operator, damping, b, x).status).toBe("converged");
    cholesky().solve(operatorOf(exactFisher(), sample), damping, b, expected);
    expect(relativeError(x, expected)).toBeLessThan(1e-14 * (10 + 1 / damping));
  });

  it("every k-th step is a batch of those steps alone", () => {
    const sample = sampleOf(() => row.make(), 11);
    const rows = [0, 3, 6, 9];
    const chosen = rows.map((i) => sample.weights[i]);
    const scale = chosen.reduce((sum, weight) => sum + weight);
    const part = {
      policy: sample.policy,
      observations: pick(sample.observations, rows),
      actions: pick(sample.actions, rows),
      weights: Float64Array.from(chosen, (weight) => weight / scale),
    };
    for (const make of [exactFisher, kroneckerFisher]) {
      const some = columnsOf(subsampled(make(), { every: 3 }), sample).flat();
      expect(relativeError(some, columnsOf(make(), part).flat())).toBeLessThan(1e-13);
    }
    const all = columnsOf(subsampled(exactFisher(), { every: 1 }), sample);
    expect(relativeError(all.flat(), columnsOf(exactFisher(), sample).flat())).toBeLessThan(1e-13);
  });
});

function pick(rows: FisherSample["observations"], indices: readonly number[]) {
  const { width, data } = rows;
  const out = createRows(indices.length, width);
  indices.forEach((i, j) => out.data.set(data.slice(i * width, (i + 1) * width), j * width));
  return out;
}

describe("the sample-space solve", () => {
  it("needs fewer numbers in sample space than parameters, and says so", () => {
    const sample = sampleOf(() => softmax(2, [4], 2), 23);
    expect(sample.policy.theta).toHaveLength(22);
    expect(() => operatorOf(sampleSpaceFisher(), sample)).toThrow(
      /at most the 22 parameters, got 23 × 1; use exactFisher with conjugateGradient or cholesky/,
    );
  });

  it("without damping is reported as not positive definite, since F is singular", () => {
    const operator = operatorOf(
      sampleSpaceFisher(),
      sampleOf(() => gaussian(2, [6], 1), 4),
    );
    const b = randomVector(operator.size, createRandom("b"));
    const report = direct().solve(operator, 0, b, new Float64Array(operator.size));
    expect(report.status).toBe("not-positive-definite");
  });

  it("may be solved again with another damping", () => {
    const operator = operatorOf(
      sampleSpaceFisher(),
      sampleOf(() => gaussian(2, [6], 1), 4),
    );
    const b = randomVector(operator.size, createRandom("b"));
    const lengths = [1e-3, 1, 1e-3].map((damping) => {
      const x = new Float64Array(operator.size);
      expect(direct().solve(operator, damping, b, x).status).toBe("converged");
      return norm(x);
    });
    expect(lengths[0]).toBe(lengths[2]);
    expect(lengths[1]).toBeLessThan(lengths[0]);
  });
});

describe("subsampled", () => {
  it.each([0, 1.5, -2, NaN])("refuses every = %d", (every) => {
    expect(() => subsampled(exactFisher(), { every })).toThrow(
      `subsampled: every must be a positive integer, got ${every}`,
    );
  });
});
