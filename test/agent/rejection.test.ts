import { describe, expect, it } from "vitest";
import { tetris } from "../../envs/index.ts";
import {
  createCollector,
  createRandom,
  fixed,
  naturalGradient,
  policyFor,
  type UpdateReport,
} from "../../src/index.ts";
import { batchFor, partsOf, scriptedSolver, spoil } from "../support/agent.ts";
import { bits, expectClose } from "../support/close.ts";

type Replaced = NonNullable<Parameters<typeof partsOf>[0]>;

/** Updates once on a batch and expects θ bit for bit as it was. */
function expectRejected(
  replaced: Replaced,
  change = (batch: ReturnType<typeof batchFor>) => batch,
): UpdateReport {
  const parts = partsOf(replaced);
  const before = bits(parts.policy.theta);
  const report = naturalGradient(parts).update(change(batchFor(parts.policy)));
  expect(bits(parts.policy.theta)).toBe(before);
  expect(report).toMatchObject({
    ...{ stepSize: 0, backtracks: 0, kl: 0, gain: 0, predictedKl: 0, predictedGain: 0 },
    outcome: expect.stringMatching(/^rejected: /) as string,
  });
  return report;
}

describe("an update is rejected, θ as it was bit for bit,", () => {
  it.each([
    ["observations", NaN, "step 1, component 1"],
    ["actions", -Infinity, "step 1, component 1"],
    ["rewards", NaN, "step 3"],
  ] as const)("when %s hold %d", (what, value, where) => {
    const report = expectRejected({}, (batch) => spoil(batch, what, value));
    expect(report.outcome).toBe(
      `rejected: ${what} hold ${String(value)} at environment 0, ${where}`,
    );
    expect(report).toMatchObject({ solves: 0, slope: 0, curvature: 0, damping: 0.01 });
  });

  it("when the advantages are not finite, though all that came in is", () => {
    const report = expectRejected({}, (batch) => ({
      ...batch,
      rewards: batch.rewards.map(() => 1.5e308),
    }));
    expect(report.outcome).toMatch(
      /^rejected: advantages hold Infinity at environment 0, step \d+$/,
    );
  });

  it.each([
    [Infinity, "rejected: θ holds Infinity at index 0, in layer 1 of 2"],
    [
      1.7e308,
      /^rejected: policy outputs hold -?(Infinity|NaN) at environment 0, step \d+, component 0$/,
    ],
  ])("when a weight of the policy is %d, by layer or by the step it spoils", (weight, outcome) => {
    const parts = partsOf();
    parts.policy.theta[0] = weight;
    const batch = batchFor(partsOf().policy);
    batch.observations.data.forEach((value, i, data) => (data[i] = 10 * value));
    const before = bits(parts.policy.theta);
    expect(naturalGradient(parts).update(batch).outcome).toMatch(outcome);
    expect(bits(parts.policy.theta)).toBe(before);
  });

  it("when a state leaves no choice, and not when it rules some out", () => {
    const environment = tetris({ width: 5 });
    const policy = policyFor(environment, createRandom(0));
    const options = { environment, policy, random: createRandom(1) };
    const collector = createCollector({ ...options, environments: 2, stepsPerEnvironment: 100 });
    const agent = naturalGradient(partsOf({ policy }));
    expect(agent.update(collector.collect()).outcome).toBe("accepted");
    const batch = collector.collect();
    const { width, data } = batch.observations;
    data.fill(0, 103 * width, 104 * width);
    const before = bits(policy.theta);
    expect(agent.update(batch).outcome).toBe(
      "rejected: policy outputs hold -Infinity at environment 1, step 3, component 0",
    );
    expect(bits(policy.theta)).toBe(before);
  });

  it("when the gradient is zero", () => {
    const report = expectRejected({}, (batch) => ({
      ...batch,
      rewards: batch.rewards.map(() => 0),
    }));
    expect(report).toMatchObject({ outcome: "rejected: the gradient is zero", gradientNorm: 0 });
    expect(report.direction.every((value) => value === 0)).toBe(true);
  });

  it("when the solver finds no positive definite matrix, at whatever damping", () => {
    const solver = scriptedSolver(() => "not-positive-definite");
    const report = expectRejected({ solver, retries: 3 });
    expectClose(solver.dampings, [0.01, 0.1, 1, 10], 1e-12);
    expect(report).toMatchObject({ solves: 4, solve: { status: "not-positive-definite" } });
    expectClose([report.damping], [10], 1e-12);
    expect(report.outcome).toBe(
      `rejected: the damped Fisher matrix is not positive definite at λ = ${report.damping}`,
    );
  });

  it("when the solver returns numbers that are not finite", () => {
    const solver = scriptedSolver((_, __, x) => {
      x.fill(1);
      x[2] = NaN;
      return "converged";
    });
    const report = expectRejected({ solver });
    expect(report.outcome).toBe("rejected: the solver returned numbers that are not finite");
  });

  it("when the direction descends, or is zero", () => {
    const descending = scriptedSolver((_, b, x) => {
      x.set(b.map((value) => -value));
      return "converged";
    });
    const report = expectRejected({ solver: descending });
    expect(report.slope).toBeLessThan(0);
    expect(report.outcome).toBe(`rejected: the direction does not ascend, gᵀw = ${report.slope}`);
    const zero = scriptedSolver((_, __, x) => {
      x.fill(0);
      return "iteration-limit";
    });
    expect(expectRejected({ solver: zero }).outcome).toContain("gᵀw = 0");
  });

  it("when the curvature overflows", () => {
    const solver = scriptedSolver((_, b, x) => {
      x.set(b.map((value) => 1e200 * value));
      return "converged";
    });
    expect(expectRejected({ solver }).outcome).toBe(
      "rejected: the curvature wᵀFw must be positive, got Infinity",
    );
  });

  it.each([0, NaN, Infinity, -1])("when the step rule returns %d", (alpha) => {
    const report = expectRejected({ step: () => alpha });
    expect(report.outcome).toBe(`rejected: the step rule returned α = ${String(alpha)}`);
  });

  it("when the step itself measures numbers that are not finite", () => {
    const report = expectRejected({ step: fixed(1e300) });
    expect(report.outcome).toMatch(/^rejected: the step α = 1e\+300 has gain \S+ and KL \S+$/);
  });
});

describe("the damping of an update", () => {
  /** Fails until call `success`, then answers the gradient itself. */
  const failingUntil = (success: number): ReturnType<typeof scriptedSolver> =>
    scriptedSolver((call, b, x) => {
      x.set(b);
      return call < success ? "not-positive-definite" : "converged";
    });

  it("grows tenfold with each failure, and the update that then succeeds is called shrunk", () => {
    const solver = failingUntil(3);
    const report = naturalGradient(partsOf({ solver })).update(batchFor(partsOf().policy));
    expectClose(solver.dampings, [0.01, 0.1, 1], 1e-12);
    expect(report).toMatchObject({ outcome: "shrunk", solves: 3, backtracks: 0 });
    expectClose([report.damping], [1], 1e-12);
  });

  it("grows from 1e-3 where the first solve had none", () => {
    const solver = failingUntil(4);
    naturalGradient(partsOf({ solver, damping: 0 })).update(batchFor(partsOf().policy));
    expectClose(solver.dampings, [0, 1e-3, 1e-2, 1e-1], 1e-12);
  });

  it("grows after a refused step as well", () => {
    const solver = failingUntil(1);
    let calls = 0;
    const step = (): number => (++calls < 3 ? 0 : 1e-4);
    const report = naturalGradient(partsOf({ solver, step })).update(batchFor(partsOf().policy));
    expect(report).toMatchObject({ outcome: "shrunk", solves: 3, stepSize: 1e-4 });
  });

  it("begins anew with each update", () => {
    const solver = failingUntil(2);
    const agent = naturalGradient(partsOf({ solver }));
    agent.update(batchFor(agent.policy));
    agent.update(batchFor(agent.policy));
    expectClose(solver.dampings, [0.01, 0.1, 0.01], 1e-12);
  });

  it("is raised five times unless told otherwise, and not at all for 0 retries", () => {
    for (const [replaced, solves] of [
      [{}, 6],
      [{ retries: 0 }, 1],
    ] as const) {
      const solver = failingUntil(Infinity);
      expect(expectRejected({ solver, ...replaced }).solves).toBe(solves);
    }
  });
});
