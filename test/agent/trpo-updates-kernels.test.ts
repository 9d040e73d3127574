import { describe, expect, test } from "vitest";
import {
  kernelConjugateGradient,
  kernelFisher,
  kernelMlp,
  klNewToOld,
  loadKernels,
  naturalGradient,
  zero,
} from "../../src/index.ts";
import { relativeError } from "../support/numbers.ts";
import {
  batchOf,
  givenAdvantages,
  peerStep,
  peerUpdates,
  policyOf,
} from "../support/peer-updates.ts";

const TOLERANCE = 1e-4;

describe.each(["simd", "relaxed"] as const)("the %s kernels", (build) => {
  const kernels = loadKernels({ builds: [build] });

  test("are what computes here", () => {
    expect(kernels.name).toBe(build);
  });

  describe.each(peerUpdates)(
    "hold to sb3-contrib TRPO, $name",
    ({ policy: setup, batch, config, expected }) => {
      const { observations, actions } = batchOf(batch);
      const count = observations.count;
      /** The peer averages its KL over the components of an action. */
      const components = setup.kind === "gaussian" ? setup.actionSize : 1;
      const policy = policyOf(setup, (options) => kernelMlp(kernels, options));
      const { network, distribution } = policy;
      const point = network.linearisation(count);
      point.at(policy.theta, observations);

      test("log π and entropy", () => {
        const out = new Float64Array(count);
        distribution.logProb(point.outputs, actions, out);
        expect(relativeError(out, expected.logProb)).toBeLessThan(TOLERANCE);
        distribution.entropy(point.outputs, out);
        expect(relativeError(out, expected.entropy)).toBeLessThan(TOLERANCE);
      });

      test("F v", () => {
        const weights = new Float64Array(count).fill(1 / count / components);
        const out = new Float64Array(network.parameterCount);
        const fisher = kernelFisher().at(point, distribution, actions, weights);
        fisher.apply(Float64Array.from(expected.vector), out);
        expect(relativeError(out, expected.fisherVectorProduct)).toBeLessThan(TOLERANCE);
      });

      test("the gradient and the whole update", () => {
        const learner = policyOf(setup, (options) => kernelMlp(kernels, options));
        const { gradient, stepSize } = naturalGradient({
          policy: learner,
          baseline: zero(),
          advantage: givenAdvantages(batch),
          fisher: kernelFisher(),
          damping: config.damping * components,
          solver: kernelConjugateGradient({
            iterations: config.conjugateGradientSteps,
            tolerance: 1e-6,
          }),
          step: peerStep(config, components),
          divergence: klNewToOld,
          retries: 0,
        }).update(batchOf(batch));
        expect(relativeError(gradient, expected.gradient)).toBeLessThan(TOLERANCE);
        expect(stepSize > 0).toBe(expected.lineSearchSucceeded);
        expect(relativeError(learner.theta, expected.updatedParameters)).toBeLessThan(TOLERANCE);
      });
    },
  );
});
