import { describe, expect, it } from "vitest";
import {
  conjugateGradient,
  createSurrogate,
  exactFisher,
  fixed,
  identityFisher,
  direct,
  klNormalised,
  lineSearch,
  naturalGradient,
  rewardsToGo,
  type StepRule,
  type UpdateReport,
  uniformStates,
  zero,
} from "../../src/index.ts";
import { operatorOf } from "../contracts/fisher.ts";
import { batchFor, partsOf } from "../support/agent.ts";
import { bits, expectClose } from "../support/close.ts";

/** One update with some parts replaced, and what the policy was before. */
function updateOnce(replaced: Parameters<typeof partsOf>[0] = {}): {
  report: UpdateReport;
  before: Float64Array;
  theta: Float64Array;
  batch: ReturnType<typeof batchFor>;
} {
  const parts = partsOf(replaced);
  const before = parts.policy.theta.slice();
  const batch = batchFor(parts.policy);
  const report = naturalGradient(parts).update(batch);
  return { report, before, theta: parts.policy.theta, batch };
}

describe("the report of an update", () => {
  const { report, before, theta, batch } = updateOnce({ damping: 0.05 });
  const { policy } = partsOf();
  const weights = new Float64Array(batch.rewards.length).fill(1 / batch.rewards.length);
  const fisher = operatorOf(exactFisher(), {
    policy,
    observations: batch.observations,
    actions: batch.actions,
    weights,
  });

  it("has the curvature wᵀFw of the exact Fisher matrix, without the damping", () => {
    const { direction: w } = report;
    const fw = new Float64Array(w.length);
    fisher.apply(w, fw);
    const curvature = w.reduce((sum, x, i) => sum + x * fw[i], 0);
    expectClose([report.curvature], [curvature], 1e-12);
    expectClose([report.predictedKl], [0.5 * report.stepSize ** 2 * curvature], 1e-12);
  });

  it("has a direction that solves (F + λI) w = g", () => {
    const { direction: w, gradient: g } = report;
    const fw = new Float64Array(w.length);
    fisher.apply(w, fw);
    expectClose(
      fw.map((x, i) => x + 0.05 * w[i]),
      g,
      1e-9,
    );
    expect(report).toMatchObject({ damping: 0.05, solves: 1, outcome: "accepted", backtracks: 0 });
  });

  it("has the gain and the KL that the surrogate measures at the new θ", () => {
    const surrogate = createSurrogate(policy, batch.rewards.length);
    surrogate.at(batch);
    uniformStates()(batch, surrogate.weights);
    const returns = new Float64Array(batch.rewards.length);
    rewardsToGo({ discount: 0.9 }).estimate(batch, zero(), surrogate.advantages, returns);
    expect(surrogate.measure(theta)).toMatchObject({ gain: report.gain, kl: report.kl });
    const g = new Float64Array(before.length);
    surrogate.gradient(g);
    expect(report.gradient).toEqual(g);
  });

  it("predicts gain and KL to first and second order: they agree for a small step", () => {
    const small = updateOnce({ step: klNormalised(1e-10) }).report;
    expect(small.gain / small.predictedGain).toBeCloseTo(1, 3);
    expect(small.kl / small.predictedKl).toBeCloseTo(1, 3);
    expectClose([small.predictedKl], [1e-10], 1e-12);
  });
});

describe("the step of an update", () => {
  it("is of the KL asked for with an identity model too, whose direction is the gradient", () => {
    const { policy, baseline, advantage } = partsOf();
    const { gradient, direction, predictedKl, kl } = naturalGradient({
      ...{ policy, baseline, advantage, damping: 0, step: klNormalised(1e-6) },
      fisher: identityFisher(),
      solver: direct(),
    }).update(batchFor(policy));
    expect(direction).toEqual(gradient);
    // Measured, so that the curvature is known to be that of the exact F and not of I.
    expectClose([predictedKl, kl], [1e-6, 1e-6], 2e-2);
  });

  it("agrees between conjugate gradient and Cholesky", () => {
    const [a, b] = [
      updateOnce(),
      updateOnce({ solver: conjugateGradient({ iterations: 50, tolerance: 1e-14 }) }),
    ];
    expectClose(b.theta, a.theta, 1e-9);
    expect(b.report.solve.iterations).toBeGreaterThan(1);
  });

  it("tells the rule the slope and the curvature, and counts the trials that were not taken", () => {
    const seen: number[] = [];
    const third: StepRule = (proposal) => {
      seen.push(proposal.slope, proposal.curvature);
      for (const alpha of [1e-2, 1e-3, 1e-4]) proposal.trial(alpha);
      return 1e-4;
    };
    const { report } = updateOnce({ step: third });
    expect(seen).toEqual([report.slope, report.curvature]);
    expect(report).toMatchObject({ stepSize: 1e-4, backtracks: 2, outcome: "shrunk" });
    expect(report.predictedGain).toBe(1e-4 * report.slope);
  });

  it("is the α that the rule returned, also when it tried another last", () => {
    const back: StepRule = (proposal) => {
      proposal.trial(1e-3);
      proposal.trial(1e-6);
      return 1e-3;
    };
    const { report, before, theta } = updateOnce({ step: back });
    const straight = updateOnce({ step: fixed(1e-3) });
    expect(theta).toEqual(before.map((x, i) => x + 1e-3 * report.direction[i]));
    expect(bits(theta)).toBe(bits(straight.theta));
    expect([report.kl, report.gain]).toEqual([straight.report.kl, straight.report.gain]);
  });

  it("leaves the policy alone while the rule tries", () => {
    const parts = partsOf();
    const before = bits(parts.policy.theta);
    const step: StepRule = (proposal) => {
      proposal.trial(1e-3);
      expect(bits(parts.policy.theta)).toBe(before);
      return 1e-3;
    };
    naturalGradient({ ...parts, step }).update(batchFor(parts.policy));
    expect(bits(parts.policy.theta)).not.toBe(before);
  });
});

describe("a line search", () => {
  it("never exceeds δ and always gains, over many updates", () => {
    for (const kl of [1e-4, 0.01, 0.3]) {
      const parts = partsOf({ step: lineSearch({ kl }), damping: 1e-3 });
      const agent = naturalGradient(parts);
      for (let k = 0; k < 15; k++) {
        const report = agent.update(batchFor(parts.policy, 60, `${kl}/${k}`));
        expect(report.kl).toBeLessThanOrEqual(kl);
        if (!report.outcome.startsWith("rejected")) expect(report.gain).toBeGreaterThan(0);
      }
    }
  });

  it("that shrinks reports the predicted gain of the step that was taken, not of the longest", () => {
    const parts = partsOf({ step: lineSearch({ kl: 3, factor: 0.7, backtracks: 40 }) });
    const report = naturalGradient(parts).update(batchFor(parts.policy, 40));
    expect(report.outcome).toBe("shrunk");
    expect(report.backtracks).toBeGreaterThan(0);
    expect(report.predictedGain).toBe(report.stepSize * report.slope);
    const longest = Math.sqrt((2 * 3) / report.curvature);
    expectClose([report.stepSize], [longest * 0.7 ** report.backtracks], 1e-12);
  });

  // Tianshou kept the last refused parameters for five years.
  it("that fails restores θ bit for bit and says what it tried last", () => {
    const step: StepRule = (proposal) =>
      lineSearch({ kl: 1e-3, backtracks: 2 })({
        ...proposal,
        trial: (alpha) => ({ ...proposal.trial(alpha), gain: -1 }),
      });
    const { report, before, theta } = updateOnce({ step });
    expect(report.outcome).toMatch(
      /^rejected: no step accepted in 3 trials, the last α = \S+ with gain \S+ and KL \S+$/,
    );
    expect(report).toMatchObject({ stepSize: 0, kl: 0, gain: 0, backtracks: 2, predictedGain: 0 });
    expect(bits(theta)).toBe(bits(before));
  });
});

describe("the baseline of an update", () => {
  it("is asked before and fitted after the step, to the returns of the estimator", () => {
    const parts = partsOf();
    const before = bits(parts.policy.theta);
    const calls: string[] = [];
    let fitted = new Float64Array(0);
    const agent = naturalGradient({
      ...parts,
      baseline: {
        predict: (observations, out) => {
          expect(bits(parts.policy.theta)).toBe(before);
          calls.push(`predict ${observations.count}`);
          out.fill(0.5, 0, observations.count);
        },
        fit: (observations, returns) => {
          expect(bits(parts.policy.theta)).not.toBe(before);
          calls.push(`fit ${observations.count}`);
          fitted = returns.slice();
        },
      },
    });
    const batch = batchFor(parts.policy);
    expect(agent.update(batch).outcome).toBe("accepted");
    expect(calls).toEqual(["predict 120", `predict ${batch.episodes.length}`, "fit 120"]);
    const returns = new Float64Array(120);
    const half = { ...zero(), predict: (_: unknown, out: Float64Array) => void out.fill(0.5) };
    rewardsToGo({ discount: 0.9 }).estimate(batch, half, new Float64Array(120), returns);
    expect(fitted).toEqual(returns);
  });

  it("is fitted after a refused step, whose batch was sound, and not to bad numbers", () => {
    let fits = 0;
    const baseline = {
      ...zero(),
      fit: () => {
        fits++;
      },
    };
    const refused = partsOf({ baseline, step: () => 0 });
    const batch = batchFor(refused.policy);
    naturalGradient(refused).update(batch);
    expect(fits).toBe(1);
    naturalGradient(refused).update({ ...batch, rewards: batch.rewards.map(() => NaN) });
    expect(fits).toBe(1);
  });
});

describe("the settings of naturalGradient", () => {
  it.each([-1e-9, NaN, Infinity])("refuse a damping of %d", (damping) => {
    expect(() => naturalGradient(partsOf({ damping }))).toThrow(
      new RangeError(
        `naturalGradient: damping must be a number of at least 0, got ${String(damping)}`,
      ),
    );
  });

  it.each([-1, 0.5, NaN])("refuse %d retries", (retries) => {
    expect(() => naturalGradient(partsOf({ retries }))).toThrow(
      new RangeError(
        `naturalGradient: retries must be an integer of at least 0, got ${String(retries)}`,
      ),
    );
  });

  it("pass on the discount of the advantages", () => {
    expect(naturalGradient(partsOf()).discount).toBe(0.9);
  });
});
