import { describe, expect, it } from "vitest";
import { lqr } from "../../envs/index.ts";
import {
  createCollector,
  createRandom,
  fixed,
  gae,
  lstdQ,
  type LstdQOptions,
  naturalGradient,
  quadraticFeatures,
  ridge,
  type ValueFeatures,
} from "../../src/index.ts";
import { bits } from "../support/close.ts";
import { find, noisy, quiet, quietPolicy, stepsOf } from "../support/directions.ts";
import { policyOf } from "../support/lqr.ts";

const GAMMA = 0.9;
const features = quadraticFeatures();
const source = (options: Partial<LstdQOptions> = {}) =>
  lstdQ({ discount: GAMMA, features, ...options });

describe("lstdQ", () => {
  const policy = policyOf(quietPolicy);

  it("postpones until it has seen as many steps as unknowns, and until w turns no more than ε", () => {
    const environment = lqr({ ...quiet, horizon: 15 });
    const parts = {
      ...{
        policy: policyOf(quietPolicy),
        baseline: ridge(),
        advantage: gae({ discount: GAMMA, lambda: 1 }),
      },
      ...{ damping: 0, step: fixed(1e-3), direction: source({ angle: Math.PI / 180 }) },
    };
    const agent = naturalGradient(parts);
    const collector = createCollector({
      ...{ environment, policy: parts.policy, random: createRandom("settling") },
      ...{ environments: 1, stepsPerEnvironment: 8 },
    });
    const before = bits(parts.policy.theta);
    const outcomes = [0, 1, 2, 3].map(() => {
      if (bits(parts.policy.theta) !== before) return "moved";
      return agent.update(collector.collect()).outcome;
    });
    expect(outcomes).toEqual([
      "postponed: LSTD-Q needs 9 steps for as many unknowns, got 8",
      "postponed: the first w at this θ, with none to compare it to",
      "accepted", // nothing is random but the actions, so w is the same
      "moved",
    ]);
  });

  it("says how far w has turned", () => {
    const settling = source({ angle: Math.PI / 180 });
    const batches = [30, 40].map((steps) => stepsOf(lqr(noisy), policy, steps));
    find(settling, policy, batches[0]);
    expect(find(settling, policy, batches[1]).report).toMatchObject({
      status: "converged",
      refusal: expect.stringMatching(
        /^postponed: w has a cosine of -?[\d.]+ with the one before, below 0\.\d+$/,
      ) as string,
    });
  });

  it("reports dependent features, and no direction then", () => {
    const twice: ValueFeatures = {
      size: (width) => features.size(width) + 1,
      write: (observations, i, out, at) => {
        features.write(observations, i, out, at);
        out[at + features.size(2)] = 2 * out[at + 1];
      },
    };
    const { w, report } = find(
      source({ features: twice }),
      policy,
      stepsOf(lqr(noisy), policy, 200),
    );
    expect(report).toMatchObject({
      status: "not-positive-definite",
      refusal: "rejected: the equations of LSTD-Q are singular at λ = 0",
    });
    expect([...w]).toEqual([0, 0, 0]);
  });

  it("rejects a batch whose sums overflow, and goes on as if it had not seen it", () => {
    const [batch, other] = [60, 80].map((steps) => stepsOf(lqr(noisy), policy, steps));
    const broken = { ...batch, rewards: batch.rewards.map(() => 1e308) };
    const disturbed = source();
    expect(find(disturbed, policy, broken).report.refusal).toBe(
      "rejected: the sums of LSTD-Q over the batch overflow",
    );
    expect(bits(find(disturbed, policy, other).w)).toBe(bits(find(source(), policy, other).w));
  });

  it("refuses more unknowns than a dense solve is for", () => {
    const many: ValueFeatures = { size: () => 2000, write: () => undefined };
    expect(() => find(source({ features: many }), policy, stepsOf(lqr(noisy), policy, 4))).toThrow(
      "regression: at most 2000 unknowns are solved for, got 2003; take a smaller policy",
    );
  });

  it.each([
    [{ discount: 2 }, "lstdQ: discount must lie in [0, 1], got 2"],
    [{ lambda: -1 }, "lstdQ: lambda must lie in [0, 1], got -1"],
    [{ forgetting: NaN }, "lstdQ: forgetting must lie in [0, 1], got NaN"],
    [{ angle: 0 }, "lstdQ: angle must lie in (0, π] radians, got 0"],
    [{ angle: 4 }, "lstdQ: angle must lie in (0, π] radians, got 4"],
  ])("refuses %j", (options, message) => {
    expect(() => source(options)).toThrow(new RangeError(message));
  });
});
