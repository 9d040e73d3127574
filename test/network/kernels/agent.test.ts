import { expect, test } from "vitest";
import {
  type Agent,
  type Batch,
  conjugateGradient,
  constantHead,
  createPolicy,
  diagonalGaussian,
  exactFisher,
  type FisherModel,
  kernelConjugateGradient,
  kernelFisher,
  kernelMlp,
  klNormalised,
  type LinearOperator,
  loadKernels,
  naturalGradient,
  type Network,
  rewardsToGo,
  type Solver,
  zero,
} from "../../../src/index.ts";
import { createRandom, relativeError, uniformRows, uniformVector, refereeMlp } from "./fixtures.ts";

const COUNT = 120;

function batchOf(name: string): Batch {
  const random = createRandom(name);
  return {
    observations: uniformRows(random, COUNT, 4),
    actions: uniformRows(random, COUNT, 2),
    rewards: uniformVector(random, COUNT),
    episodes: [{ start: 0, end: COUNT, elapsed: 0, ending: "terminated" }],
    finished: [],
    lastObservations: uniformRows(random, 1, 4),
  };
}

function agentOf<A extends LinearOperator>(
  body: Network,
  parts: { fisher: FisherModel<A>; solver: Solver<A> },
): Agent {
  const network = constantHead(body, [-0.5, -0.5]);
  return naturalGradient({
    policy: createPolicy(network, diagonalGaussian(2), createRandom("policy")),
    baseline: zero(),
    advantage: rewardsToGo({ discount: 0.9 }),
    damping: 0.1,
    step: klNormalised(0.01),
    ...parts,
  });
}

test("an agent made of kernel parts learns what one of float64 parts learns, to 1e-4", () => {
  const kernels = loadKernels();
  const fast = agentOf(kernelMlp(kernels, { inputSize: 4, hidden: [32, 32], outputSize: 2 }), {
    fisher: kernelFisher(),
    solver: kernelConjugateGradient({ iterations: 10 }),
  });
  const exact = agentOf(refereeMlp({ widths: [4, 32, 32, 2], activation: "tanh" }), {
    fisher: exactFisher(),
    solver: conjugateGradient({ iterations: 10 }),
  });
  expect(fast.policy.theta).toEqual(exact.policy.theta);
  for (const name of ["first", "second", "third"]) {
    const [report, expected] = [fast, exact].map((agent) => agent.update(batchOf(name)));
    expect(report.outcome).toBe("accepted");
    expect(report.kl).toBeCloseTo(expected.kl, 5);
    expect(relativeError(report.direction, expected.direction)).toBeLessThan(1e-4);
  }
  expect(relativeError(fast.policy.theta, exact.policy.theta)).toBeLessThan(1e-5);
});
