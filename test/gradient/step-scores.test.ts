import { describe, expect, it } from "vitest";
import {
  createRandom,
  createSurrogate,
  kernelMlp,
  loadKernels,
  mlp,
  type Network,
  type Policy,
  policyFor,
} from "../../src/index.ts";
import { createStepScores } from "../../src/gradient/step-scores.ts";
import { lqr } from "../../envs/index.ts";
import { batchFor } from "../support/agent.ts";
import { typedArraysMade } from "../support/allocations.ts";
import { expectClose } from "../support/close.ts";
import { jacobianOf } from "../support/finite-differences.ts";
import { plane } from "../support/lqr.ts";

const environment = lqr(plane);
const kernels = loadKernels();
const linearPolicy = policyFor(environment, createRandom(1));
linearPolicy.theta.set(linearPolicy.theta.map((_, j) => 0.1 * Math.sin(j)));
const deep = (perceptron: typeof mlp): Policy =>
  policyFor(environment, createRandom(1), { hidden: [4, 3], perceptron });

/** The same policy, whose linearisations show no layers. */
function withoutLayers(policy: Policy): Policy {
  const { network } = policy;
  const hiding: Network = {
    ...network,
    linearisation: (rows) => {
      const point = network.linearisation(rows);
      return {
        parameterCount: point.parameterCount,
        outputs: point.outputs,
        at: (theta, inputs) => point.at(theta, inputs),
        jvp: (v, out) => point.jvp(v, out),
        vjp: (u, out) => point.vjp(u, out),
      };
    },
  };
  return { ...policy, network: hiding };
}

describe.each([
  ["a linear policy", linearPolicy, linearPolicy, 1e-10],
  ["a perceptron", deep(mlp), deep(mlp), 1e-10],
  ["a perceptron by kernels", deep((options) => kernelMlp(kernels, options)), deep(mlp), 2e-5],
  ["a policy that shows no layers", withoutLayers(deep(mlp)), deep(mlp), 1e-10],
])("the scores of single steps of %s", (_, policy, { network }, rounding) => {
  const batch = batchFor(policy, 12);
  const surrogate = createSurrogate(policy, 12);
  surrogate.at(batch);
  const size = policy.theta.length;

  it("are the derivatives of log π, step by step, added where they belong", () => {
    const logProb = (theta: Float64Array): Float64Array => {
      const at = network.linearisation(12);
      at.at(theta, batch.observations);
      const out = new Float64Array(12);
      policy.distribution.logProb(at.outputs, batch.actions, out);
      return out;
    };
    const expected = jacobianOf(logProb, policy.theta, 1e-5);
    const scores = createStepScores()(batch, surrogate);
    expected.forEach((row, i) => {
      const out = new Float64Array(size + 2).fill(1);
      scores.add(i, out, 1);
      expectClose(
        out.subarray(1, size + 1).map((x) => x - 1),
        row,
        Math.max(rounding, 1e-6),
      );
      expect([out[0], out[size + 1]]).toEqual([1, 1]);
    });
  });

  it("sum to Jᵀ score", () => {
    const scores = createStepScores()(batch, surrogate);
    const sum = new Float64Array(size);
    for (let i = 0; i < 12; i++) scores.add(i, sum, 0);
    const whole = new Float64Array(size);
    surrogate.weights.fill(1);
    surrogate.advantages.fill(1);
    surrogate.gradient(whole);
    expectClose(sum, whole, rounding);
  });

  it("make no typed array when warm", () => {
    const scoresOf = createStepScores();
    const out = new Float64Array(size);
    const add = (): void => scoresOf(batch, surrogate).add(3, out, 0);
    add();
    expect(typedArraysMade(add)).toBe(0);
  });
});
