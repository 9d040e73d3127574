import { describe, expect, it } from "vitest";
import { lqr, lqrReference } from "../../envs/index.ts";
import {
  type Batch,
  cholesky,
  type Collector,
  createEpisodeCollector,
  createRandom,
  createSurrogate,
  direct,
  discountedStates,
  type Environment,
  exactFisher,
  fixed,
  type GradientEstimator,
  identityFisher,
  klNormalised,
  lineSearch,
  mean,
  naturalGradient,
  norm,
  type Policy,
  type Random,
  rewardsToGo,
  solved,
  standardDeviation,
  type StepRule,
  type Surrogate,
  zero,
} from "../../src/index.ts";
import { typedArraysMade } from "../support/allocations.ts";
import { bits, expectClose } from "../support/close.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";

const DISCOUNT = 0.6;
const HORIZON = 12;
const problem = { ...plane, m0: [1, -0.5] };
const environment = lqr({ ...problem, horizon: HORIZON });
/** D. */
const length = (1 - DISCOUNT ** HORIZON) / (1 - DISCOUNT);

/** An estimator, and how its batches come about. */
export interface GradientEstimatorRow {
  readonly make: (policy: Policy, discount: number) => GradientEstimator;
  /** Batches of about M episodes; whole episodes under θ itself by default. */
  readonly collect?: (
    environment: Environment,
    policy: Policy,
    random: Random,
    episodes: number,
  ) => Collector;
  /** Whether E[g] is ∇J/D, to below the standard error of this suite. */
  readonly unbiased: boolean;
}

/**
 * The largest error of the mean in standard errors, or in thousandths of ‖∇J/D‖ where an estimator
 * hardly varies: the rewards behind the horizon count for so much.
 */
function worstError(samples: readonly Float64Array[], expected: Float64Array): number {
  const least = 1e-3 * norm(expected);
  return Math.max(
    ...expected.map((value, j) => {
      const column = samples.map((sample) => sample[j]);
      const error = standardDeviation(column) / Math.sqrt(samples.length);
      return Math.abs(mean(column) - value) / Math.max(error, least);
    }),
  );
}

/** What every estimator of the gradient promises. */
export function describeGradientEstimator(name: string, row: GradientEstimatorRow): void {
  const policy = policyOf(planePolicy);
  const size = policy.theta.length;
  const collectorOf = (episodes: number, seed: string, of = policy): Collector => {
    const random = createRandom(seed);
    return (
      row.collect?.(environment, of, random, episodes) ??
      createEpisodeCollector({ environment, policy: of, random, episodes })
    );
  };
  const prepare = (batch: Batch): Surrogate => {
    const surrogate = createSurrogate(policy, batch.rewards.length);
    surrogate.at(batch);
    discountedStates(DISCOUNT)(batch, surrogate.weights);
    const returns = new Float64Array(batch.rewards.length);
    rewardsToGo({ discount: DISCOUNT }).estimate(batch, zero(), surrogate.advantages, returns);
    return surrogate;
  };
  const estimate = (batch: Batch, estimator = row.make(policy, DISCOUNT)): Float64Array => {
    const g = new Float64Array(size).fill(NaN);
    estimator.estimate(batch, prepare(batch), g);
    return g;
  };

  describe(`${name} as an estimator of the gradient`, () => {
    it.runIf(row.unbiased)("is ∇J/D on average, within four standard errors", () => {
      const truth = lqrReference(problem)(policy, DISCOUNT, HORIZON);
      if (truth === undefined) throw new Error("no ground truth");
      const collector = collectorOf(24, "unbiased");
      const estimator = row.make(policy, DISCOUNT);
      const samples = Array.from({ length: 800 }, () => estimate(collector.collect(), estimator));
      const expected = truth.gradient.map((x) => x / length);
      expect(worstError(samples, expected)).toBeLessThan(4);
      // so precisely that twice as much would be seen
      const twice = expected.map((x) => 2 * x);
      expect(worstError(samples, twice)).toBeGreaterThan(4);
    });

    it("gives the same bits for the same batch, whatever it has seen before", () => {
      const [batch, other] = ["batch", "other"].map((seed) => collectorOf(8, seed).collect());
      const estimator = row.make(policy, DISCOUNT);
      const first = bits(estimate(batch, estimator));
      estimate(other, estimator);
      expect(bits(estimate(batch, estimator))).toBe(first);
      expect(bits(estimate(other))).not.toBe(first);
    });

    it("takes batches of one size after another", () => {
      const estimator = row.make(policy, DISCOUNT);
      for (const episodes of [8, 20, 7]) {
        const batch = collectorOf(episodes, "sizes").collect();
        expect(bits(estimate(batch, estimator))).toBe(bits(estimate(batch)));
      }
    });

    it("leaves θ, the batch, its advantages and its weights alone", () => {
      const batch = collectorOf(8, "alone").collect();
      const surrogate = prepare(batch);
      const seen = (): string =>
        [
          policy.theta,
          batch.rewards,
          batch.observations.data,
          batch.actions.data,
          surrogate.advantages,
          surrogate.weights,
        ]
          .map(bits)
          .join();
      const before = seen();
      row.make(policy, DISCOUNT).estimate(batch, surrogate, new Float64Array(size));
      expect(seen()).toBe(before);
    });

    it("overwrites g", () => {
      const batch = collectorOf(8, "overwrites").collect();
      const g = new Float64Array(size).fill(1e6);
      row.make(policy, DISCOUNT).estimate(batch, prepare(batch), g);
      expect(bits(g)).toBe(bits(estimate(batch)));
    });

    it.each<[string, StepRule]>([
      ["fixed", fixed(1e-3)],
      ["KL-normalised", klNormalised(1e-3)],
      ["line-searched", lineSearch({ kl: 1e-3 })],
    ])("serves vanilla and natural steps that are %s", (_, step) => {
      for (const direction of [
        solved(identityFisher(), direct()),
        solved(exactFisher(), cholesky()),
      ]) {
        const learner = policyOf(planePolicy);
        const agent = naturalGradient({
          direction,
          policy: learner,
          baseline: zero(),
          advantage: rewardsToGo({ discount: DISCOUNT }),
          weighting: discountedStates(DISCOUNT),
          gradient: row.make(learner, DISCOUNT),
          damping: 0,
          step,
        });
        const report = agent.update(collectorOf(30, "steps", learner).collect());
        expect(report.outcome).toMatch(/accepted|shrunk/);
        expect(report.slope).toBeGreaterThan(0);
      }
    });
  });
}

/** What an estimator promises besides that is linear in the rewards and works on buffers of its own. */
export function describeLinearEstimator(name: string, { make }: GradientEstimatorRow): void {
  describe(`${name} as an estimator that learns nothing`, () => {
    const policy = policyOf(planePolicy);
    const random = createRandom("linear");
    const batch = createEpisodeCollector({ environment, policy, random, episodes: 6 }).collect();
    const surrogate = createSurrogate(policy, batch.rewards.length);
    const at = (rewards: Float64Array, estimator = make(policy, DISCOUNT)): Float64Array => {
      const changed = { ...batch, rewards };
      surrogate.at(changed);
      discountedStates(DISCOUNT)(changed, surrogate.weights);
      const returns = new Float64Array(rewards.length);
      const advantage = rewardsToGo({ discount: DISCOUNT });
      advantage.estimate(changed, zero(), surrogate.advantages, returns);
      const g = new Float64Array(policy.theta.length);
      estimator.estimate(changed, surrogate, g);
      return g;
    };

    it("scales with the rewards, and adds up over them", () => {
      const g = at(batch.rewards);
      expectClose(
        at(batch.rewards.map((r) => -3 * r)),
        g.map((x) => -3 * x),
        1e-10,
      );
      const other = at(batch.rewards.map((_, i) => Math.sin(i)));
      const both = at(batch.rewards.map((r, i) => r + Math.sin(i)));
      expectClose(
        both,
        g.map((x, j) => x + other[j]),
        1e-10,
      );
    });

    it("makes no typed array when warm", () => {
      const estimator = make(policy, DISCOUNT);
      at(batch.rewards, estimator);
      const g = new Float64Array(policy.theta.length);
      expect(typedArraysMade(() => estimator.estimate(batch, surrogate, g))).toBe(0);
    });
  });
}
