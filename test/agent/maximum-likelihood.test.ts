import { Matrix, pseudoInverse } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  type Batch,
  bernoulli,
  cholesky,
  createLikelihood,
  createPolicy,
  createRandom,
  createRows,
  direct,
  exactFisher,
  fixed,
  identityFisher,
  linear,
  lineSearch,
  locationGaussian,
  maximumLikelihood,
  mlp,
  oneStepBatch,
  type Policy,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf } from "../support/finite-differences.ts";
import { randomRows } from "../support/numbers.ts";

const COUNT = 12;
const inputs = randomRows(COUNT, 2, "inputs");
const noise = randomRows(COUNT, 1, "labels");

function regression(): { policy: Policy; batch: Batch } {
  const policy = createPolicy(linear(2, 1), locationGaussian([0.7]), createRandom(1));
  return { policy, batch: oneStepBatch(inputs, noise) };
}

function classification(): { policy: Policy; batch: Batch } {
  const network = mlp({ inputSize: 2, hidden: [3], outputSize: 1 });
  const policy = createPolicy(network, bernoulli(1), createRandom(1));
  const labels = { ...noise, data: noise.data.map((x) => (x > 0 ? 1 : 0)) };
  return { policy, batch: oneStepBatch(inputs, labels) };
}

/** Σᵢ log p(yᵢ | xᵢ; θ) / N. */
function meanLogLikelihood({ network, distribution }: Policy, batch: Batch, theta: Float64Array) {
  const point = network.linearisation(COUNT);
  point.at(theta, batch.observations);
  const logs = new Float64Array(COUNT);
  distribution.logProb(point.outputs, batch.actions, logs);
  return logs.reduce((sum, log) => sum + log, 0) / COUNT;
}

describe("the likelihood of labels", () => {
  const { policy, batch } = classification();
  const likelihood = createLikelihood(policy, COUNT);
  likelihood.at(batch);
  likelihood.weights.fill(1 / COUNT);
  likelihood.advantages.fill(1);

  it("has Jᵀ(ρ ⊙ score) as the finite differences of the mean log-likelihood", () => {
    const g = new Float64Array(policy.theta.length);
    likelihood.gradient(g);
    const value = (theta: Float64Array): number => meanLogLikelihood(policy, batch, theta);
    expectClose(g, gradientOf(value, policy.theta), 1e-6);
  });

  it("gains the difference of the mean log-likelihoods, and not a ratio of probabilities", () => {
    const moved = policy.theta.map((x, i) => x + 0.3 * Math.sin(i));
    const gain =
      meanLogLikelihood(policy, batch, moved) - meanLogLikelihood(policy, batch, policy.theta);
    const measured = likelihood.measure(moved);
    expect(measured.gain).toBeCloseTo(gain, 14);
    expect(measured.kl).toBeGreaterThan(0);
  });
});

describe("maximumLikelihood", () => {
  it("with the exact Fisher matrix and a step of 1 solves least squares at once", () => {
    const { policy, batch } = regression();
    const agent = maximumLikelihood({
      ...{ policy, fisher: exactFisher(), damping: 0, solver: cholesky(), step: fixed(1) },
    });
    const report = agent.update(batch);
    const design = new Matrix(COUNT, 3);
    for (let i = 0; i < COUNT; i++) {
      design.setRow(i, [inputs.data[2 * i], inputs.data[2 * i + 1], 1]);
    }
    const solution = pseudoInverse(design).mmul(Matrix.columnVector(noise.data));
    expectClose(policy.theta, solution.to1DArray(), 1e-12);
    // F is the Hessian here: a step of 1 gains half of what the slope promises.
    expect(report.gain).toBeCloseTo(0.5 * report.predictedGain, 14);
    expect(agent.update(batch).stepSize === 0 || agent.update(batch).gain < 1e-28).toBe(true);
  });

  it("with I and the direct solver is gradient ascent", () => {
    const { policy, batch } = regression();
    const value = (theta: Float64Array): number => meanLogLikelihood(policy, batch, theta);
    const slope = gradientOf(value, policy.theta);
    const parts = { fisher: identityFisher(), damping: 0, solver: direct(), step: fixed(0.1) };
    maximumLikelihood({ policy, ...parts }).update(batch);
    expectClose(
      policy.theta,
      slope.map((x) => 0.1 * x),
      1e-8,
    );
  });

  it("raises the likelihood by line search at every update", () => {
    const { policy, batch } = classification();
    const parts = { fisher: exactFisher(), damping: 1e-3, solver: cholesky() };
    const agent = maximumLikelihood({ policy, ...parts, step: lineSearch({ kl: 0.02 }) });
    let before = meanLogLikelihood(policy, batch, policy.theta);
    for (let k = 0; k < 8; k++) {
      const { gain } = agent.update(batch);
      const after = meanLogLikelihood(policy, batch, policy.theta);
      expect(after).toBeGreaterThan(before);
      expect(gain).toBeCloseTo(after - before, 12);
      before = after;
    }
  });

  it("honours the weights of a data set", () => {
    const parts = { fisher: exactFisher(), damping: 0, solver: cholesky(), step: fixed(1) };
    const whole = regression();
    const weighting = (_: Batch, weights: Float64Array): void => {
      weights.fill(0);
      weights.fill(1 / 6, 0, 6);
    };
    maximumLikelihood({ policy: whole.policy, ...parts, weighting }).update(whole.batch);
    const half = regression();
    const rows = (data: Float64Array, width: number) => ({
      ...createRows(6, width),
      data: data.slice(0, 6 * width),
    });
    const batch = oneStepBatch(rows(inputs.data, 2), rows(noise.data, 1));
    maximumLikelihood({ policy: half.policy, ...parts }).update(batch);
    expectClose(whole.policy.theta, half.policy.theta, 1e-12);
  });
});
