import { describe, expect, it } from "vitest";
import {
  createSurrogate,
  gpomdp,
  type GradientEstimator,
  leaveOneOutBaseline,
  type LikelihoodRatioOptions,
  noBaseline,
  optimalBaseline,
  reinforce,
} from "../../src/index.ts";
import {
  batchOfTrajectories,
  exactGradient,
  tablePolicy,
  type Trajectory,
  trajectories,
} from "../support/two-step.ts";

const THETA = [0.4, -0.3, -0.2, 0.5];
const DISCOUNT = 0.7;

type Make = (options: LikelihoodRatioOptions) => GradientEstimator;
const estimators: [string, Make][] = [
  ["reinforce", reinforce],
  ["gpomdp", gpomdp],
];

/** g·D, the estimate of ∇J itself, from these episodes. */
function estimate(estimator: GradientEstimator, played: readonly Trajectory[]): Float64Array {
  const batch = batchOfTrajectories(played);
  const policy = tablePolicy(THETA);
  const surrogate = createSurrogate(policy, batch.rewards.length);
  surrogate.at(batch);
  const g = new Float64Array(4).fill(NaN);
  estimator.estimate(batch, surrogate, g);
  const lengths = played.map(({ rewards }) => (rewards.length === 2 ? 1 + DISCOUNT : 1));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / played.length;
  return g.map((value) => value * mean);
}

/** E[ĝ·D] over all batches of M episodes, summed exactly. */
function expectation(estimator: GradientEstimator, count: number, ends: boolean): Float64Array {
  const all = trajectories(THETA, ends);
  const sum = new Float64Array(4);
  const visit = (played: Trajectory[], weight: number): void => {
    if (played.length < count) {
      for (const one of all) visit([...played, one], weight * one.probability);
      return;
    }
    estimate(estimator, played).forEach((value, h) => (sum[h] += weight * value));
  };
  visit([], 1);
  return sum;
}

const error = (a: Float64Array, b: Float64Array): number =>
  Math.max(...a.map((value, h) => Math.abs(value - b[h])));

describe("the enumeration", () => {
  it.each([false, true])(
    "has probabilities that sum to 1, and the closed ∇J of its J (%s)",
    (ends) => {
      const total = (theta: readonly number[]): number =>
        trajectories(theta, ends).reduce((sum, each) => sum + each.probability, 0);
      expect(total(THETA)).toBeCloseTo(1, 14);
      const J = (theta: readonly number[]): number =>
        trajectories(theta, ends).reduce(
          (sum, { probability, rewards: [first, second = 0] }) =>
            sum + probability * (first + DISCOUNT * second),
          0,
        );
      const h = 1e-5;
      const exact = exactGradient(THETA, DISCOUNT, ends);
      THETA.forEach((_, j) => {
        const moved = (by: number): number[] => THETA.map((x, k) => (k === j ? x + by : x));
        expect(exact[j]).toBeCloseTo((J(moved(h)) - J(moved(-h))) / (2 * h), 9);
      });
    },
  );
});

describe.each(estimators)("%s, summed over every batch of a two-step process:", (_, make) => {
  describe.each([
    ["whose episodes have one length", false],
    ["whose episodes may end early", true],
  ])("%s", (__, ends) => {
    const truth = exactGradient(THETA, DISCOUNT, ends);

    it("g·D is ∇J without a baseline, to rounding", () => {
      const estimator = make({ discount: DISCOUNT, baseline: noBaseline });
      expect(error(expectation(estimator, 1, ends), truth)).toBeLessThan(1e-12);
      expect(error(expectation(estimator, 2, ends), truth)).toBeLessThan(1e-12);
    });

    it("g·D is ∇J with a baseline of the other episodes, to rounding", () => {
      const estimator = make({ discount: DISCOUNT, baseline: leaveOneOutBaseline });
      expect(error(expectation(estimator, 2, ends), truth)).toBeLessThan(1e-12);
      expect(error(expectation(estimator, 3, ends), truth)).toBeLessThan(1e-12);
    });

    it("g·D is biased with the published baseline, which its own episodes give, and less for more", () => {
      const estimator = make({ discount: DISCOUNT });
      const [two, three] = [2, 3].map((count) => error(expectation(estimator, count, ends), truth));
      expect(two).toBeGreaterThan(1e-3);
      expect(three).toBeLessThan(two);
    });
  });
});

describe.each(estimators)("%s", (name, make) => {
  const batchOf = (played: readonly Trajectory[]) => batchOfTrajectories(played);
  const [one, , two] = trajectories(THETA);
  const refuse = (batch: ReturnType<typeof batchOf>, baseline = optimalBaseline): (() => void) => {
    const surrogate = createSurrogate(tablePolicy(THETA), batch.rewards.length);
    surrogate.at(batch);
    const estimator = make({ discount: 1, baseline });
    return () => estimator.estimate(batch, surrogate, new Float64Array(4));
  };

  it("refuses an episode that began in an earlier batch, and names the remedy", () => {
    const batch = batchOf([one, two]);
    const episodes = batch.episodes.map((episode) => ({ ...episode, elapsed: 3 }));
    expect(refuse({ ...batch, episodes })).toThrow(
      `${name}: episodes must begin in the batch, got one that had taken 3 steps; collect with createEpisodeCollector`,
    );
  });

  it("refuses an episode that the end of the batch cut off", () => {
    const batch = batchOf([one, two]);
    expect(refuse({ ...batch, finished: batch.finished.slice(1) })).toThrow(
      `${name}: episodes must end in the batch, got 1 of 2 cut off by its end; collect with`,
    );
  });

  it("refuses a single episode with a baseline, which would leave nothing of it", () => {
    expect(refuse(batchOf([one]))).toThrow(
      `${name}: batches must hold at least 2 episodes, got 1; collect more of them`,
    );
    expect(refuse(batchOf([one]), noBaseline)).not.toThrow();
  });

  it.each([-0.1, 1.1, NaN])("refuses a discount of %d", (discount) => {
    expect(() => make({ discount })).toThrow(`${name}: discount must lie in [0, 1], got`);
  });
});
