import { describe, expect, it } from "vitest";
import { lqr } from "../../envs/index.ts";
import {
  type Batch,
  createPerturbedCollector,
  createRandom,
  createSurrogate,
  finiteDifferences,
  type PerturbedCollectorOptions,
  type Policy,
  rowsFrom,
} from "../../src/index.ts";
import { batchOf } from "../support/batches.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf } from "../support/finite-differences.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";

const DISCOUNT = 0.8;
const environment = lqr({ ...plane, horizon: 6 });

/** Two-parameter quadratics J(δ) = 3 + bᵀδ + ½δᵀHδ. */
const slope = [2, -1];
const quadratic = ([x, y]: readonly number[]): number =>
  3 + slope[0] * x + slope[1] * y + 0.5 * (4 * x * x + 2 * 0.7 * x * y - 3 * y * y);

/** One-step episodes whose rewards are J(δ). */
function batchAt(deltas: readonly (readonly number[])[]): Batch {
  const batch = batchOf(
    deltas.map((delta) => ({ rewards: [quadratic(delta)], ending: "terminated" })),
  );
  const finished = batch.episodes.map(() => ({ return: 0, length: 1 }));
  return { ...batch, finished, perturbations: rowsFrom(deltas) };
}

function estimate(batch: Batch, size: number, policy = policyOf(planePolicy)): Float64Array {
  const g = new Float64Array(size).fill(NaN);
  const surrogate = createSurrogate(policy, batch.rewards.length);
  finiteDifferences({ discount: DISCOUNT }).estimate(batch, surrogate, g);
  return g;
}

const deltas = [
  [0.3, 0.1],
  [-0.2, 0.4],
  [0.15, -0.35],
  [0.4, 0.2],
];
const shrunk = (factor: number): number[][] => deltas.map((delta) => delta.map((x) => factor * x));

describe("finiteDifferences on a quadratic J", () => {
  it("is ∇J to rounding from opposite pairs, at any size", () => {
    for (const factor of [1, 1e-3]) {
      const pairs = shrunk(factor).flatMap((delta) => [delta, delta.map((x) => -x)]);
      expectClose(estimate(batchAt(pairs), 2), slope, 1e-10);
    }
  });

  it("is off by the curvature without pairs, in proportion to the size", () => {
    const errorAt = (factor: number): number[] =>
      Array.from(estimate(batchAt(shrunk(factor)), 2), (value, j) => value - slope[j]);
    const whole = errorAt(1);
    expect(Math.hypot(...whole)).toBeGreaterThan(0.1);
    expectClose(
      errorAt(1e-2),
      whole.map((x) => 1e-2 * x),
      1e-8,
    );
  });

  it("is not finite where the perturbations span too little, so that no step is taken", () => {
    const pairs = [0.1, 0.2, 0.3].flatMap((x) => [
      [x, 2 * x],
      [-x, -2 * x],
    ]);
    expect([...estimate(batchAt(pairs), 2)]).toEqual([NaN, NaN]);
  });
});

describe("finiteDifferences refuses", () => {
  it("a batch of one θ, and names the remedy", () => {
    const { perturbations, ...batch } = batchAt(deltas);
    expect(perturbations?.count).toBe(4);
    expect(() => estimate(batch, 2)).toThrow(
      "finiteDifferences: batches must be played under perturbed θ, got one without perturbations; collect with createPerturbedCollector",
    );
  });

  it("fewer episodes than parameters and one", () => {
    expect(() => estimate(batchAt(deltas.slice(2)), 2)).toThrow(
      "finiteDifferences: batches must hold more episodes than the 2 parameters, got 2; raise pairs to at least 2",
    );
  });

  it("a discount outside [0, 1]", () => {
    expect(() => finiteDifferences({ discount: 2 })).toThrow(
      "finiteDifferences: discount must lie in [0, 1], got 2",
    );
  });
});

describe("a collector of perturbed episodes", () => {
  const collect = (given: Partial<PerturbedCollectorOptions>, policy: Policy): Batch[] => {
    const random = createRandom("perturbed");
    const options = { environment, policy, random, pairs: 8, scale: 1e-3, ...given };
    const collector = createPerturbedCollector(options);
    return [1, 2].map(() => structuredClone(collector.collect()));
  };
  /** (a − μ)/σ of the steps of episode e, under the θ that it was played with. */
  const noiseOf = (policy: Policy, batch: Batch, e: number): number[] => {
    const { start, end } = batch.episodes[e];
    const width = policy.theta.length;
    const theta = policy.theta.map((x, j) => x + (batch.perturbations?.data[e * width + j] ?? NaN));
    const point = policy.network.linearisation(batch.rewards.length);
    point.at(theta, batch.observations);
    const noise: number[] = [];
    for (let i = 2 * start; i < 2 * end; i++) {
      const [row, k] = [Math.floor(i / 2), i % 2];
      const [mean, logStd] = [point.outputs.data[4 * row + k], point.outputs.data[4 * row + 2 + k]];
      noise.push((batch.actions.data[i] - mean) / Math.exp(logStd));
    }
    return noise;
  };

  it("plays each scenario with the same random numbers under every perturbation", () => {
    const policy = policyOf(planePolicy);
    const [batch] = collect({ scenarios: 2 }, policy);
    expect(batch.episodes).toHaveLength(32);
    const [first, second] = [0, 1].map((e) => noiseOf(policy, batch, e));
    for (let e = 2; e < 32; e++) {
      expectClose(noiseOf(policy, batch, e), e % 2 === 0 ? first : second, 1e-9);
    }
    expect(Math.abs(first[0] - second[0])).toBeGreaterThan(1e-3);
    const starts = batch.episodes.map(({ start }) => batch.observations.data[2 * start]);
    expect(new Set(starts).size).toBe(2);
  });

  it("perturbs by opposite pairs, alike in every scenario, and leaves θ alone", () => {
    const policy = policyOf(planePolicy);
    const before = policy.theta.slice();
    const [{ perturbations }] = collect({ scenarios: 3, scale: 0.1 }, policy);
    const width = policy.theta.length;
    const row = (e: number): number[] =>
      Array.from(perturbations?.data.subarray(e * width, (e + 1) * width) ?? []);
    for (let e = 0; e < 48; e += 6) {
      expect([row(e + 1), row(e + 2)]).toEqual([row(e), row(e)]);
      expect(row(e + 3)).toEqual(row(e).map((x) => -x));
    }
    const size = Math.sqrt(
      (perturbations?.data.reduce((sum, x) => sum + x * x, 0) ?? 0) / (48 * width),
    );
    expect(size).toBeGreaterThan(0.07);
    expect(size).toBeLessThan(0.13);
    expect(policy.theta).toEqual(before);
  });

  it("plays new scenarios in the next batch, or the same for good", () => {
    for (const fixedScenarios of [false, true]) {
      const [a, b] = collect({ fixedScenarios }, policyOf(planePolicy));
      const same = a.observations.data[0] === b.observations.data[0];
      expect(same).toBe(fixedScenarios);
      expect(a.perturbations).not.toEqual(b.perturbations);
    }
  });

  it("makes the differences those of θ alone: the gradient of the return of its scenario", () => {
    const policy = policyOf(planePolicy);
    const returnAt = (theta: Float64Array): number => {
      const moved = { ...policy, theta };
      const [batch] = collect({ pairs: 1, scale: 1e-13 }, moved);
      let sum = 0;
      for (let t = 5; t >= 0; t--) sum = batch.rewards[t] + DISCOUNT * sum;
      return sum;
    };
    const length = (1 - DISCOUNT ** 6) / (1 - DISCOUNT);
    const expected = gradientOf(returnAt, policy.theta, 1e-4).map((x) => x / length);
    // Opposite pairs leave the third order, in proportion to the square of the scale.
    const [batch] = collect({ scale: 1e-4 }, policy);
    expectClose(estimate(batch, policy.theta.length, policy), expected, 1e-5);
  });

  it.each<[Partial<PerturbedCollectorOptions>, string]>([
    [{ pairs: 0 }, "pairs must be a positive integer, got 0"],
    [{ scenarios: 1.5 }, "scenarios must be a positive integer, got 1.5"],
    [{ scale: 0 }, "scale must be positive, got 0"],
  ])("refuses %j", (given, message) => {
    expect(() => collect(given, policyOf(planePolicy))).toThrow(
      `createPerturbedCollector: ${message}`,
    );
  });
});
