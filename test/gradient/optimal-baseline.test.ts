import { describe, expect, it } from "vitest";
import {
  createEpisodeCollector,
  createRandom,
  createSurrogate,
  type Environment,
  gpomdp,
  type GradientEstimator,
  mean,
  noBaseline,
  optimalBaseline,
  reinforce,
  standardDeviation,
} from "../../src/index.ts";
import { policyOf } from "../support/lqr.ts";

const MU = 0.4;
const SIGMA = 0.5;
const OFFSET = 2.6;

/** One step, one action: r = a + 2.6. */
const bandit: Environment = {
  name: "bandit",
  stateSize: 1,
  observationSize: 1,
  horizon: 1,
  actionSpace: { kind: "box", low: [-Infinity], high: [Infinity] },
  reset: (s) => void s.fill(1),
  step: (_, a) => a[0] + OFFSET,
  observe: (s, o) => o.set(s),
  isTerminal: () => false,
};

/** M·Var(g) over θ = (μ, log σ), and the mean of g. */
function spreadOf(estimator: GradientEstimator): { variances: number[]; means: number[] } {
  const [episodes, batches] = [200, 2000];
  const policy = policyOf({ K: [[MU]], sigma: [SIGMA] });
  const random = createRandom("bandit");
  const collector = createEpisodeCollector({ environment: bandit, policy, random, episodes });
  const surrogate = createSurrogate(policy, episodes);
  const estimates = Array.from({ length: batches }, () => {
    const batch = collector.collect();
    surrogate.at(batch);
    const g = new Float64Array(2);
    estimator.estimate(batch, surrogate, g);
    return g;
  });
  const columns = [0, 1].map((j) => estimates.map((g) => g[j]));
  return {
    variances: columns.map((column) => episodes * standardDeviation(column) ** 2),
    means: columns.map(mean),
  };
}

// With z = (a − μ)/σ and m = E[r], r = m + σz; the scores are z/σ and z² − 1. So b* = m for both,
// Var[s r] = m²/σ² + 2 and 2m² + 10σ², Var[s (r − b*)] = 2 and 10σ².
const m = OFFSET + MU;
const closed = {
  none: [m ** 2 / SIGMA ** 2 + 2, 2 * m ** 2 + 10 * SIGMA ** 2],
  optimal: [2, 10 * SIGMA ** 2],
};

describe.each([
  ["reinforce", reinforce],
  ["gpomdp", gpomdp],
])("on a bandit whose variances are known in closed form, %s", (_, make) => {
  it.each([
    ["has that of s r without a baseline", noBaseline, closed.none],
    [
      "has that of s (r − b*) with the optimal one, a fraction of it",
      optimalBaseline,
      closed.optimal,
    ],
  ])("%s", (__, baseline, expected) => {
    const { variances, means } = spreadOf(make({ discount: 1, baseline }));
    // The variance of 2000 batches has a standard error of 3 %.
    variances.forEach((variance, j) => {
      expect(variance / expected[j]).toBeGreaterThan(0.87);
      expect(variance / expected[j]).toBeLessThan(1.13);
    });
    // ∇J = (1, 0), but for the bias of the published baseline: −3/M of the first, to first order.
    const error = variances.map((variance) => Math.sqrt(variance / 200 / 2000));
    expect(Math.abs(means[0] - 1)).toBeLessThan(4 * error[0] + 4 / 200);
    expect(Math.abs(means[1])).toBeLessThan(4 * error[1] + 4 / 200);
  });
});
