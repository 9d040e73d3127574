import { describe, expect, it } from "vitest";
import {
  finiteHorizonValues,
  type LinearPolicy,
  lqr,
  type LqrProblem,
  scalarProblem,
} from "../../envs/index.ts";
import {
  type Collector,
  createCollector,
  createRandom,
  createSurrogate,
  discountedStates,
  exactFisher,
  materialise,
  rewardsToGo,
  type StateWeighting,
  uniformStates,
  zero,
} from "../../src/index.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";
import { rootMeanSquareError, worstZ } from "../support/statistics.ts";

const GAMMA = 0.6;
const HORIZON = 6;

interface Estimate {
  readonly gradient: Float64Array;
  readonly fisher: number[];
}

/** Estimates of g and F from seeded batches of whole episodes, over θ = (K row-major, log σ). */
function estimates(
  problem: LqrProblem,
  linear: LinearPolicy,
  {
    batches,
    episodes,
    weighting,
  }: { batches: number; episodes: number; weighting: StateWeighting },
): Estimate[] {
  const policy = policyOf(linear);
  const count = episodes * HORIZON;
  const collector: Collector = createCollector({
    environment: lqr({ ...problem, horizon: HORIZON }),
    policy,
    random: createRandom("unbiased"),
    environments: 1,
    stepsPerEnvironment: count,
  });
  const surrogate = createSurrogate(policy, count);
  const advantage = rewardsToGo({ discount: GAMMA });
  const fisher = exactFisher();
  const returns = new Float64Array(count);
  return Array.from({ length: batches }, () => {
    const batch = collector.collect();
    surrogate.at(batch);
    weighting(batch, surrogate.weights);
    advantage.estimate(batch, zero(), surrogate.advantages, returns);
    const gradient = new Float64Array(policy.theta.length);
    surrogate.gradient(gradient);
    const operator = fisher.at(
      surrogate.point,
      policy.distribution,
      batch.actions,
      surrogate.weights,
    );
    return { gradient, fisher: materialise(operator).to1DArray() };
  });
}

/** ∇J/Σγᵗ and F over (K, log σ): the derivative by log σ is σ times that by σ. */
function exact(
  problem: LqrProblem,
  linear: LinearPolicy,
): { gradient: number[]; fisher: number[] } {
  const values = finiteHorizonValues(problem, linear, GAMMA, HORIZON);
  const total = (1 - GAMMA ** HORIZON) / (1 - GAMMA);
  const gains = linear.K.flat().length;
  const chain = (i: number): number => (i < gains ? 1 : linear.sigma[i - gains]);
  return {
    gradient: values.gradient.map((value, i) => (value * chain(i)) / total),
    fisher: values.fisher.flatMap((row, i) => row.map((value, j) => value * chain(i) * chain(j))),
  };
}

// Starts far from zero, so that which states count, and how much, decides the gradient.
const problems: [string, LqrProblem, LinearPolicy][] = [
  [
    "the scalar problem",
    { ...scalarProblem, W: [[0.1]], m0: [2], S0: [[0.1]] },
    { K: [[-0.3]], sigma: [0.8] },
  ],
  ["two states and two actions", { ...plane, m0: [2, -1] }, { ...planePolicy, sigma: [0.8, 0.6] }],
];

describe.each(problems)("estimates from samples on %s", (_, problem, linear) => {
  const truth = exact(problem, linear);
  const weighting = discountedStates(GAMMA);
  const samples = estimates(problem, linear, { batches: 1500, episodes: 25, weighting });

  it("of the policy gradient are unbiased with rewards to go, no baseline and discounted states", () => {
    const gradients = samples.map(({ gradient }) => gradient);
    expect(worstZ(gradients, truth.gradient)).toBeLessThan(4);
  });

  it("of the Fisher matrix are unbiased, block by block", () => {
    // Entries that are exactly known, such as the 2 of log σ, have no variance and no z-score.
    const random = truth.fisher
      .map((__, k) => k)
      .filter((k) => {
        const values = samples.map(({ fisher }) => fisher[k]);
        return Math.max(...values) - Math.min(...values) > 1e-9;
      });
    expect(random.length).toBeGreaterThan(0);
    const pick = (values: readonly number[]): number[] => random.map((k) => values[k]);
    expect(
      worstZ(
        samples.map(({ fisher }) => pick(fisher)),
        pick(truth.fisher),
      ),
    ).toBeLessThan(4);
    truth.fisher.forEach((value, k) => {
      if (!random.includes(k)) expect(samples[0].fisher[k]).toBeCloseTo(value, 12);
    });
  });

  it("of the policy gradient have an error that falls as 1/√N", () => {
    const errorOf = (episodes: number): number =>
      rootMeanSquareError(
        estimates(problem, linear, { batches: 150, episodes, weighting }).map(
          ({ gradient }) => gradient,
        ),
        truth.gradient,
      );
    const ratio = errorOf(5) / errorOf(80);
    expect(ratio).toBeGreaterThan(3.2);
    expect(ratio).toBeLessThan(5);
  });

  it("of the policy gradient are biased over the states as visited", () => {
    const gradients = estimates(problem, linear, {
      batches: 1500,
      episodes: 25,
      weighting: uniformStates(),
    }).map(({ gradient }) => gradient);
    expect(worstZ(gradients, truth.gradient)).toBeGreaterThan(6);
  });
});
