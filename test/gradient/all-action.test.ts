import { describe, expect, it } from "vitest";
import { lqr, lqrActionValue } from "../../envs/index.ts";
import {
  type ActionValue,
  allAction,
  createEpisodeCollector,
  createRandom,
  createSurrogate,
  diagonalGaussian,
  discountedStates,
  learntActionValue,
  type Policy,
  policyGradientTheorem,
  rewardsToGo,
  rowsFrom,
  standardDeviation,
  uniformStates,
  zero,
} from "../../src/index.ts";
import { batchOf } from "../support/batches.ts";
import { expectClose } from "../support/close.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";
import {
  actionValues,
  batchOfTrajectories,
  exactGradient,
  tablePolicy,
  trajectories,
} from "../support/two-step.ts";

describe("allAction over choices", () => {
  const theta = [0.4, -0.3, -0.2, 0.5];
  const discount = 0.7;
  const Q = actionValues(theta, discount);
  /** Rows are the steps 0, 1 of episodes of two. */
  const tabulated: ActionValue = {
    predict: ({ count, data: o }, { data: a }, out) => {
      for (let i = 0; i < count; i++) out[i] = Q[i % 2][o[2 * i + 1]][a[i]];
    },
  };

  it("is ∇J/D summed over every trajectory, to rounding, and so is the sampled gradient", () => {
    const sums = [new Float64Array(4), new Float64Array(4)];
    for (const trajectory of trajectories(theta)) {
      const batch = batchOfTrajectories([trajectory]);
      const surrogate = createSurrogate(tablePolicy(theta), 2);
      surrogate.at(batch);
      discountedStates(discount)(batch, surrogate.weights);
      tabulated.predict(batch.observations, batch.actions, surrogate.advantages);
      [allAction({ actionValue: tabulated }), policyGradientTheorem()].forEach((estimator, k) => {
        const g = new Float64Array(4);
        estimator.estimate(batch, surrogate, g);
        g.forEach((value, h) => (sums[k][h] += trajectory.probability * (1 + discount) * value));
      });
    }
    for (const sum of sums) expectClose(sum, exactGradient(theta, discount), 1e-12);
  });

  it("takes a choice as a unit vector where Q is learnt, and so learns any table", () => {
    const learnt = learntActionValue({ kind: "discrete", count: 3 });
    const table = [
      [1, -2, 0.5],
      [0.25, 3, -1],
    ];
    const pairs = [0, 1].flatMap((s) => [0, 1, 2].map((a) => [s, a]));
    const observations = rowsFrom(pairs.map(([s]) => [s]));
    const actions = rowsFrom(pairs.map(([, a]) => [a]));
    const values = Float64Array.from(pairs, ([s, a]) => table[s][a]);
    learnt.fit?.(observations, actions, values);
    const out = new Float64Array(6);
    learnt.predict(observations, actions, out);
    expectClose(out, values, 1e-6);
  });

  it("takes several choices as a unit vector each, and so learns any table of two", () => {
    const learnt = learntActionValue({ kind: "multi-discrete", counts: [2, 3] });
    const pairs = [0, 1].flatMap((a) => [0, 1, 2].map((b) => [a, b]));
    const observations = rowsFrom(pairs.map(() => [1]));
    const actions = rowsFrom(pairs);
    const values = Float64Array.of(1, -2, 0.5, 0.25, 3, -1);
    learnt.fit?.(observations, actions, values);
    const out = new Float64Array(6);
    learnt.predict(observations, actions, out);
    expectClose(out, values, 1e-6);
  });
});

describe("allAction of a Gaussian", () => {
  const [mu, sigma] = [0.3, 0.8];
  const policy = policyOf({ K: [[mu]], sigma: [sigma] });
  const batch = batchOf([{ rewards: [0], ending: "terminated", observations: [1] }]);
  const surrogate = createSurrogate(policy, 1);
  surrogate.at(batch);
  surrogate.weights.fill(1);
  const gradientOf = (q: (a: number) => number, points?: number): Float64Array => {
    const actionValue: ActionValue = {
      predict: (_, actions, out) => void (out[0] = q(actions.data[0])),
    };
    const g = new Float64Array(2);
    const options = points === undefined ? { actionValue } : { actionValue, points };
    allAction(options).estimate(batch, surrogate, g);
    return g;
  };

  it("has the closed form ∇E[Q] over (μ, log σ) for quadratic and cubic Q with three points", () => {
    // E[−2(a − 1)²] = −2((μ − 1)² + σ²)
    const quadratic = [-4 * (mu - 1), -4 * sigma ** 2];
    expectClose(
      gradientOf((a) => -2 * (a - 1) ** 2),
      quadratic,
      1e-13,
    );
    // E[a³] = μ³ + 3μσ²
    const cubic = [3 * mu ** 2 + 3 * sigma ** 2, 6 * mu * sigma ** 2];
    expectClose(
      gradientOf((a) => a ** 3),
      cubic,
      1e-13,
    );
  });

  it("needs a fourth point for the fourth degree", () => {
    // E[a⁴] = μ⁴ + 6μ²σ² + 3σ⁴
    const quartic = [
      4 * mu ** 3 + 12 * mu * sigma ** 2,
      12 * mu ** 2 * sigma ** 2 + 12 * sigma ** 4,
    ];
    expectClose(
      gradientOf((a) => a ** 4, 4),
      quartic,
      1e-12,
    );
    expect(Math.abs(gradientOf((a) => a ** 4, 3)[1] - quartic[1])).toBeGreaterThan(0.1);
  });

  it("refuses a distribution without a quadrature, and names the way round", () => {
    const { quadrature, ...bare } = diagonalGaussian(1);
    expect(quadrature?.(2).count).toBe(2);
    const other = createSurrogate({ ...policy, distribution: bare }, 1);
    other.at(batch);
    const estimator = allAction({ actionValue: { predict: (_, __, out) => void out.fill(0) } });
    expect(() => estimator.estimate(batch, other, new Float64Array(2))).toThrow(
      "allAction: the distribution must give a quadrature over its actions, got one without; add `quadrature` to it, or take policyGradientTheorem",
    );
    expect(() => allAction({ actionValue: { predict: () => undefined }, points: 0 })).toThrow(
      "allAction: points must be a positive integer, got 0",
    );
  });
});

describe("allAction on the regulator", () => {
  const discount = 0.8;
  const policy = policyOf(planePolicy);
  const environment = lqr({ ...plane, horizon: 25 });
  const sampled = (episodes: number, learner: Policy = policy) => {
    const random = createRandom("all-action");
    const collector = createEpisodeCollector({ environment, policy: learner, random, episodes });
    const surrogate = createSurrogate(learner, 25 * episodes);
    const returns = new Float64Array(25 * episodes);
    return () => {
      const batch = collector.collect();
      surrogate.at(batch);
      uniformStates()(batch, surrogate.weights);
      rewardsToGo({ discount }).estimate(batch, zero(), surrogate.advantages, returns);
      return { batch, surrogate };
    };
  };
  const exact = allAction({ actionValue: lqrActionValue(plane, policy, discount) });

  it("varies far less than the gradient at the sampled actions, by the states alone", () => {
    const next = sampled(4);
    const pairs = Array.from({ length: 60 }, () => {
      const { batch, surrogate } = next();
      return [exact, policyGradientTheorem()].map((estimator) => {
        const g = new Float64Array(6);
        estimator.estimate(batch, surrogate, g);
        return g;
      });
    });
    for (let h = 0; h < 6; h++) {
      const [all, some] = [0, 1].map((k) => standardDeviation(pairs.map((pair) => pair[k][h])));
      expect(all).toBeLessThan(0.5 * some);
      // Q's curvature in a is the same at every state.
      if (h >= 4) expect(all).toBeLessThan(1e-12);
    }
  });

  it("with a Q learnt from the batch comes near that with the exact one", () => {
    const { batch, surrogate } = sampled(800)();
    const { low, high } = { low: [-1, -1], high: [1, 1] };
    const actionValue = learntActionValue({ kind: "box", low, high });
    const [learnt, expected] = [allAction({ actionValue }), exact].map((estimator) => {
      const g = new Float64Array(6);
      estimator.estimate(batch, surrogate, g);
      return g;
    });
    const error = Math.hypot(...learnt.map((x, h) => x - expected[h])) / Math.hypot(...expected);
    expect(error).toBeLessThan(0.1);
  });
});
