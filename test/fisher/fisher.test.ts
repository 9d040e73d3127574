import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  cholesky,
  conjugateGradient,
  createRandom,
  diagonalFisher,
  empiricalFisher,
  exactFisher,
  identityFisher,
  preconditioned,
} from "../../src/index.ts";
import { columnsOf, type FisherSample, operatorOf } from "../contracts/fisher.ts";
import { expectClose } from "../support/close.ts";
import { hessianOf } from "../support/finite-differences.ts";
import { linearGaussian, policyShapes, type PolicyShape, sampleFrom } from "../support/policies.ts";
import { rootMeanSquareError, worstZ } from "../support/statistics.ts";

const sampleOf = (shape: PolicyShape, count = 12, seed = "batch"): FisherSample => {
  const policy = linearGaussian(shape);
  return { policy, ...sampleFrom(policy, count, seed) };
};

describe("the exact Fisher matrix", () => {
  it.each(policyShapes)("is the Hessian of KL(π_θ ‖ π_θ′) at θ′ = θ for %j", (shape) => {
    const sample = sampleOf(shape);
    const { policy, observations, weights } = sample;
    const [old, moved] = [0, 1].map(() => policy.network.linearisation(observations.count));
    old.at(policy.theta, observations);
    const kl = (theta: Float64Array): number => {
      moved.at(theta, observations);
      const rows = new Float64Array(observations.count);
      policy.distribution.kl(old.outputs, moved.outputs, rows);
      return rows.reduce((sum, value, i) => sum + weights[i] * value, 0);
    };
    const hessian = hessianOf(kl, policy.theta, 3e-4);
    const [flat, expected] = [columnsOf(exactFisher(), sample).flat(), hessian.flat()];
    const scale = Math.max(...expected.map(Math.abs));
    flat.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-6 * scale));
  });

  it("does not depend on the actions that were sampled", () => {
    const sample = sampleOf(policyShapes[3]);
    const other = { ...sample, actions: sampleFrom(sample.policy, 12, "other").actions };
    expect(columnsOf(exactFisher(), sample)).toEqual(columnsOf(exactFisher(), other));
  });
});

describe("the empirical Fisher matrix", () => {
  const shape = policyShapes[2];
  const base = sampleOf(shape, 60);
  /** F̂ of fresh actions at the same observations, `repeats` times. */
  const estimates = (repeats: number, copies: number): number[][] =>
    Array.from({ length: repeats }, (_, r) => {
      const sums = new Array<number>(base.policy.theta.length ** 2).fill(0);
      for (let c = 0; c < copies; c++) {
        const { observations } = base;
        const actions = actionsAt(base, `${r}/${c}`);
        const columns = columnsOf(empiricalFisher(), { ...base, observations, actions }).flat();
        columns.forEach((value, k) => (sums[k] += value / copies));
      }
      return sums;
    });
  const exact = columnsOf(exactFisher(), base).flat();

  it("is an unbiased estimate of the exact one", () => {
    expect(worstZ(estimates(400, 1), exact)).toBeLessThan(4);
  });

  it("tends to the exact one as 1/√N", () => {
    const few = rootMeanSquareError(estimates(100, 1), exact);
    const many = rootMeanSquareError(estimates(100, 16), exact);
    expect(few / many).toBeGreaterThan(3.2);
    expect(few / many).toBeLessThan(5);
  });

  it("has a rank of at most N", () => {
    const sample = sampleOf(policyShapes[3], 2);
    const columns = columnsOf(empiricalFisher(), sample);
    const kernel = kernelVector(columns);
    const out = new Float64Array(columns.length);
    operatorOf(empiricalFisher(), sample).apply(kernel, out);
    expect(Math.hypot(...out) / Math.hypot(...kernel)).toBeLessThan(1e-10);
  });
});

describe("the diagonal Fisher matrix", () => {
  it("is the diagonal of the exact one and solves with itself", () => {
    const sample = sampleOf(policyShapes[3]);
    const operator = operatorOf(diagonalFisher(), sample);
    const exact = columnsOf(exactFisher(), sample);
    const out = new Float64Array(operator.size);
    operator.applyInverse(new Float64Array(operator.size).fill(1), 0.25, out);
    expectClose(
      out,
      exact.map((column, j) => 1 / (column[j] + 0.25)),
      1e-12,
    );
  });
});

describe("the identity as a Fisher matrix", () => {
  it("gives the gradient itself, shortened by damping", () => {
    const operator = operatorOf(identityFisher(), sampleOf(policyShapes[1]));
    const out = new Float64Array(3);
    operator.applyInverse(Float64Array.of(1, 2, 3), 1, out);
    expect([...out]).toEqual([0.5, 1, 1.5]);
  });
});

describe("a preconditioned Fisher matrix", () => {
  const sample = sampleOf(policyShapes[3], 40);
  const b = Float64Array.from(sample.policy.theta, (_, j) => Math.cos(j));

  it("carries the preconditioner for conjugate gradient", () => {
    const operator = operatorOf(preconditioned(exactFisher(), diagonalFisher()), sample);
    const expected = operatorOf(diagonalFisher(), sample);
    const [out, right] = [new Float64Array(b.length), new Float64Array(b.length)];
    operator.preconditioner?.applyInverse(b, 0.1, out);
    expected.applyInverse(b, 0.1, right);
    expect(out).toEqual(right);
  });

  it("has the same natural gradient, in no more iterations when units differ", () => {
    const scaled = { ...sample, observations: scaleColumn(sample.observations, 0, 300) };
    const plain = operatorOf(exactFisher(), scaled);
    const helped = operatorOf(preconditioned(exactFisher(), diagonalFisher()), scaled);
    const [x, y, z] = [0, 0, 0].map(() => new Float64Array(b.length));
    const solver = conjugateGradient({ iterations: 200, tolerance: 1e-11 });
    const without = solver.solve(plain, 1e-3, b, x);
    const withIt = solver.solve(helped, 1e-3, b, y);
    cholesky().solve(plain, 1e-3, b, z);
    expectClose(x, z, 1e-5);
    expectClose(y, z, 1e-7);
    expect(withIt.iterations).toBeLessThan(without.iterations);
  });
});

/** Fresh actions of the policy at the observations of a sample. */
function actionsAt({ policy, observations }: FisherSample, seed: string): FisherSample["actions"] {
  const point = policy.network.linearisation(observations.count);
  point.at(policy.theta, observations);
  const { actions } = sampleFrom(policy, observations.count, "shape");
  policy.distribution.sample(point.outputs, createRandom(seed), actions);
  return actions;
}

function scaleColumn(rows: FisherSample["observations"], k: number, factor: number): typeof rows {
  const data = rows.data.map((value, i) => (i % rows.width === k ? value * factor : value));
  return { ...rows, data };
}

/** A vector that a matrix of rank two, given by columns, maps to zero: from its smallest eigenvalue. */
function kernelVector(columns: number[][]): Float64Array {
  const { eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(columns), {
    assumeSymmetric: true,
  });
  return Float64Array.from(eigenvectorMatrix.getColumn(0));
}
