import { describe, expect, it } from "vitest";
import { inUnits, lqr } from "../../envs/index.ts";
import {
  cholesky,
  createCollector,
  createRandom,
  direct,
  exactFisher,
  fixed,
  identityFisher,
  klNormalised,
  naturalGradient,
  type Policy,
  rewardsToGo,
  type UpdateReport,
  zero,
} from "../../src/index.ts";
import { expectClose, relativeError } from "../support/close.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";

const GAINS = 4;

/** One update on the plane measured in units of which `scale` make one of the old, told in the old. */
function stepInUnits(
  scale: number,
  update: (
    policy: Policy,
    batch: Parameters<ReturnType<typeof naturalGradient>["update"]>[0],
  ) => UpdateReport,
): { step: number[]; report: UpdateReport } {
  const K = planePolicy.K.map((row) => row.map((value) => value / scale));
  const policy = policyOf({ K, sigma: planePolicy.sigma });
  const before = policy.theta.slice();
  const batch = createCollector({
    environment: lqr({ ...inUnits(plane, scale), horizon: 20 }),
    policy,
    random: createRandom("units"),
    environments: 2,
    stepsPerEnvironment: 200,
  }).collect();
  const report = update(policy, batch);
  const step = Array.from(
    policy.theta,
    (value, i) => (value - before[i]) * (i < GAINS ? scale : 1),
  );
  return { step, report };
}

const parts = (policy: Policy) => ({
  policy,
  baseline: zero(),
  advantage: rewardsToGo({ discount: 0.95 }),
  damping: 0,
});

describe("one update from samples, with the same seed in other units", () => {
  it.each([2 ** 10, 1000, 0.01])("of the natural gradient is the same step (× %d)", (scale) => {
    const natural = (unit: number): ReturnType<typeof stepInUnits> =>
      stepInUnits(unit, (policy, batch) =>
        naturalGradient({
          ...parts(policy),
          fisher: exactFisher(),
          solver: cholesky(),
          step: klNormalised(0.01),
        }).update(batch),
      );
    const [was, is] = [natural(1), natural(scale)];
    expect(is.report.outcome).toBe("accepted");
    expectClose(is.step, was.step, 1e-6);
    expectClose([is.report.kl, is.report.gain], [was.report.kl, was.report.gain], 1e-6);
  });

  it("of the vanilla gradient grows by scale² along the gains", () => {
    const vanilla = (unit: number): number[] =>
      stepInUnits(unit, (policy, batch) =>
        naturalGradient({
          ...parts(policy),
          fisher: identityFisher(),
          solver: direct(),
          step: fixed(1e-4),
        }).update(batch),
      ).step;
    const [was, is] = [vanilla(1), vanilla(8)];
    expect(relativeError(is, was)).toBeGreaterThan(10);
    expectClose(
      is,
      was.map((value, i) => (i < GAINS ? 64 * value : value)),
      1e-6,
    );
  });
});
