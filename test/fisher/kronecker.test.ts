import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  conjugateGradient,
  type ConjugateGradientOptions,
  createRandom,
  direct,
  dot,
  exactFisher,
  kroneckerFisher,
  type Linearisation,
  preconditioned,
  sampledScores,
} from "../../src/index.ts";
import { columnsOf, type FisherSample, operatorOf } from "../contracts/fisher.ts";
import { expectClose } from "../support/close.ts";
import { randomRows, randomVector, relativeError } from "../support/numbers.ts";
import { perceptronPolicies, gaussian } from "../support/perceptrons.ts";
import { linearGaussian, policyShapes, sampleFrom } from "../support/policies.ts";

const sampleOf = (make: () => FisherSample["policy"], count: number): FisherSample => {
  const policy = make();
  return { policy, ...sampleFrom(policy, count, "batch") };
};

/** Where each layer's parameters begin and end. */
function spansOf({ policy, observations }: FisherSample): { start: number; end: number }[] {
  const point = policy.network.linearisation(observations.count);
  point.at(policy.theta, observations);
  return (point.layers?.(point.outputs) ?? []).map(({ layer }) => ({
    start: layer.offset,
    end: layer.offset + layer.outputs * (layer.inputs + (layer.bias ? 1 : 0)),
  }));
}

/** The entries of a block of a dense matrix. */
const blockOf = (columns: number[][], { start, end }: { start: number; end: number }): number[][] =>
  columns.slice(start, end).map((column) => column.slice(start, end));

/** Jᵀ(w ⊙ u), as a gradient is, with u a smooth function of the observations and some noise. */
function gradientLike({ policy, observations, weights }: FisherSample): Float64Array {
  const point = policy.network.linearisation(observations.count);
  point.at(policy.theta, observations);
  const u = randomRows(observations.count, policy.network.outputSize, "u");
  u.data.forEach((noise, k) => {
    const i = Math.floor(k / u.width);
    u.data[k] = weights[i] * (noise + 1.5 * Math.sin(3 * observations.data[k]));
  });
  const b = new Float64Array(policy.theta.length);
  point.vjp(u, b);
  return b;
}

describe.each(perceptronPolicies)("K-FAC of $name", (row) => {
  it("has the layers' blocks of the exact F for one row", () => {
    const sample = sampleOf(() => row.make(), 1);
    const [approximate, exact] = [kroneckerFisher(), exactFisher()].map((f) =>
      columnsOf(f, sample),
    );
    for (const span of spansOf(sample)) {
      const [block, expected] = [approximate, exact].map((all) => blockOf(all, span).flat());
      expect(relativeError(block, expected)).toBeLessThan(1e-12);
    }
  });

  it("is symmetric and positive semidefinite, and zero outside the blocks", () => {
    const sample = sampleOf(() => row.make(), 40);
    const columns = columnsOf(kroneckerFisher(), sample);
    const inBlocks = spansOf(sample).map((span) => {
      const block = new Matrix(blockOf(columns, span));
      expect(relativeError(block.to1DArray(), block.transpose().to1DArray())).toBeLessThan(1e-12);
      const values = new EigenvalueDecomposition(block, { assumeSymmetric: true }).realEigenvalues;
      expect(Math.min(...values)).toBeGreaterThan(-1e-12 * Math.max(...values));
      return block.to1DArray().filter((entry) => entry !== 0).length;
    });
    const nonZero = columns.flat().filter((entry) => entry !== 0).length;
    expect(nonZero).toBe(inBlocks.reduce((sum, count) => sum + count));
  });

  it("solves with itself to rounding", () => {
    const operator = operatorOf(
      kroneckerFisher(),
      sampleOf(() => row.make(), 40),
    );
    const b = randomVector(operator.size, createRandom("b"));
    const x = new Float64Array(operator.size);
    for (const damping of [1e-4, 1]) {
      expect(direct().solve(operator, damping, b, x)).toMatchObject({ status: "converged" });
    }
  });

  it("is estimated without bias in its output factors by sampled scores", () => {
    // The first layer's inputs are the observations, so its block is linear in the output factor.
    const sample = sampleOf(() => row.make(), 4000);
    const [sampled, exact] = [kroneckerFisher({ cotangents: sampledScores }), kroneckerFisher()]
      .map((model) => columnsOf(model, sample))
      .map((columns) => blockOf(columns, spansOf(sample)[0]).flat());
    expect(relativeError(sampled, exact)).toBeLessThan(0.15);
  });
});

describe("K-FAC", () => {
  it.each(policyShapes)("is the exact F of a linear-Gaussian policy, %j", (shape) => {
    const sample = sampleOf(() => linearGaussian(shape), 12);
    const [actual, exact] = [kroneckerFisher(), exactFisher()].map((f) => columnsOf(f, sample));
    expectClose(actual.flat(), exact.flat(), 1e-10);
  });

  it("has the exact block of a constant head", () => {
    const sample = sampleOf(() => gaussian(3, [5], 2), 30);
    const head = spansOf(sample).at(-1) ?? { start: 0, end: 0 };
    expect(head.end - head.start).toBe(2);
    const [actual, exact] = [kroneckerFisher(), exactFisher()].map((f) =>
      blockOf(columnsOf(f, sample), head).flat(),
    );
    expectClose(actual, exact, 1e-12);
  });

  describe("as a preconditioner, on inputs of unlike scales", () => {
    const policy = gaussian(4, [16, 16], 2);
    const sample = { policy, ...sampleFrom(policy, 500, "batch") };
    const { data, width } = sample.observations;
    data.forEach((x, k) => (data[k] = x * [0.01, 0.1, 1, 10][k % width]));
    const models = {
      plain: exactFisher(),
      helped: preconditioned(exactFisher(), kroneckerFisher()),
    };
    const damping = 1e-3;
    const b = gradientLike(sample);
    const solve = (name: keyof typeof models, options: ConjugateGradientOptions) => {
      const operator = operatorOf(models[name], sample);
      const x = new Float64Array(b.length);
      const report = conjugateGradient(options).solve(operator, damping, b, x);
      const product = new Float64Array(b.length);
      operator.apply(x, product);
      const objective = dot(b, x) - 0.5 * (dot(x, product) + damping * dot(x, x));
      return { ...report, objective };
    };

    it("takes conjugate gradient to a residual of a tenth in fewer iterations", () => {
      const options = { iterations: 100, tolerance: 0.1 };
      expect(solve("helped", options)).toMatchObject({ status: "converged" });
      const [helped, plain] = [solve("helped", options), solve("plain", options)];
      expect(helped.iterations).toBeLessThan(plain.iterations);
    });

    it("gains more of bᵀx − ½xᵀ(F + λI)x in 3 iterations than plain ones do in 10", () => {
      const best = solve("plain", { iterations: 1000, tolerance: 1e-12 }).objective;
      const helped = solve("helped", { iterations: 3 }).objective / best;
      const plain = solve("plain", { iterations: 10 }).objective / best;
      expect(helped).toBeGreaterThan(plain);
    });
  });

  it("refuses a network without layers and a distribution without a factor, with the remedy", () => {
    const { policy, observations, actions, weights } = sampleOf(() => gaussian(2, [3], 1), 5);
    const point = policy.network.linearisation(5);
    point.at(policy.theta, observations);
    const bare: Linearisation = {
      parameterCount: point.parameterCount,
      outputs: point.outputs,
      at: (theta, inputs) => point.at(theta, inputs),
      jvp: (v, out) => point.jvp(v, out),
      vjp: (u, out) => point.vjp(u, out),
    };
    const { distribution } = policy;
    expect(() => kroneckerFisher().at(bare, distribution, actions, weights)).toThrow(
      /kroneckerFisher: the network must show its layers, got .* without; add `layers`/,
    );
    const { factor, ...unfactored } = distribution;
    expect(factor?.columns).toBe(2);
    expect(() => kroneckerFisher().at(point, unfactored, actions, weights)).toThrow(
      /the distribution must give a factor of M, got one without; add `factor`/,
    );
  });
});
