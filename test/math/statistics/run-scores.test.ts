import { describe, expect, it } from "vitest";
import {
  bootstrapInterval,
  createRandom,
  interquartileMean,
  mean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
} from "../../../src/index.ts";
import { normalCdf } from "../../support/statistics.ts";

/** Five runs on each of two tasks, and another method with other numbers of runs; some scores tie. */
const x = [
  [0.91, 1.32, 0.47, 0.88, 1.05],
  [0.2, 0.2, 0.35, 0.6, 0.1],
];
const y = [
  [0.75, 0.88, 0.52, 1.01],
  [0.3, 0.2, 0.15, 0.25, 0.05, 0.2],
];
const profile = (scores: typeof x, thresholds: readonly number[]): number[] => {
  const out = new Float64Array(thresholds.length);
  performanceProfile(scores, thresholds, out);
  return Array.from(out);
};

describe("interquartileMean", () => {
  // scipy.stats.trim_mean(x, 0.25, axis=None), SciPy 1.17.1, as rliable takes it
  it("of runs and tasks pooled drops ⌊n/4⌋ of all scores at each end, as rliable does", () => {
    expect(interquartileMean(x.flat())).toBeCloseTo(0.5683333333333334, 14);
  });
});

describe("probabilityOfImprovement", () => {
  it.each([
    [[1, 2, 3], [2, 2], 0.5], // pairs 0, 0, ½, ½, 1, 1
    [[4], [1, 2, 3], 1],
    [[1, 5], [2, 3, 4], 0.5], // 5 beats three, 1 none
    [[1, 1, 2], [1], 2 / 3], // ½, ½, 1
  ])("of %j over %j counts the pairs, ties half: %d", (first, second, expected) => {
    expect(probabilityOfImprovement([first], [second])).toBeCloseTo(expected, 15);
    expect(probabilityOfImprovement([second], [first])).toBeCloseTo(1 - expected, 15);
  });

  // scipy.stats.mannwhitneyu(x, y).statistic on each task, SciPy 1.17.1: U = 13.5 of 20 pairs and 19 of 30
  it("averages Mann-Whitney's U over the tasks", () => {
    expect(probabilityOfImprovement(x, y)).toBeCloseTo((13.5 / 20 + 19 / 30) / 2, 14);
  });

  it("depends on the order of the scores alone", () => {
    const cubed = (scores: typeof x): number[][] => scores.map((runs) => runs.map((s) => s ** 3));
    expect(probabilityOfImprovement(cubed(x), cubed(y))).toBe(probabilityOfImprovement(x, y));
  });

  // P(X > Y) = Φ(δ/√2) for X ~ N(δ, 1), Y ~ N(0, 1); its standard error here is below 0.006.
  it("estimates Φ(δ/√2) for two normals δ apart", () => {
    const random = createRandom("improvement");
    const draw = (shift: number): number[] =>
      Array.from({ length: 3000 }, () => random.normal() + shift);
    const estimate = probabilityOfImprovement([draw(0.7)], [draw(0)]);
    expect(Math.abs(estimate - normalCdf(0.7 / Math.SQRT2))).toBeLessThan(0.024);
  });

  it("is NaN where a score is, and wants the same tasks", () => {
    expect(probabilityOfImprovement([[1, NaN]], [[0]])).toBeNaN();
    expect(() => probabilityOfImprovement(x, [y[0]])).toThrow(/the same tasks, got 2 and 1 tasks/);
    expect(() => probabilityOfImprovement([], [])).toThrow(/got 0 and 0 tasks/);
  });

  // x̂ is 0, ½, 1 with probability ¼, ½, ¼ when two of {0, 1} are drawn; so is its share above ½.
  it("has a stratified interval when the strata of both methods are resampled", () => {
    const statistic = (_: Float64Array, [a, b]: readonly Float64Array[]): number =>
      probabilityOfImprovement([a], [b]);
    const at = (level: number): object =>
      bootstrapInterval([[0, 1], [0.5]], statistic, { random: createRandom(3), level });
    expect(at(0.95)).toEqual({ low: 0, high: 1 });
    expect(at(0.3)).toEqual({ low: 0.5, high: 0.5 });
  });
});

describe("performanceProfile", () => {
  it("is the share of runs strictly above each threshold", () => {
    expect(profile([[1, 2, 2, 5]], [0, 1, 2, 4.9, 5])).toEqual([1, 0.75, 0.25, 0.25, 0]);
  });

  it("weighs tasks alike, however many runs they have", () => {
    expect(profile([[1], [0, 0, 1, 0]], [0.5])).toEqual([(1 + 1 / 4) / 2]);
  });

  it("has the mean score as its area, for scores that are not negative", () => {
    const width = 1e-3;
    const thresholds = Array.from({ length: 1400 }, (_, k) => (k + 0.5) * width);
    const area = width * profile(x, thresholds).reduce((sum, share) => sum + share, 0);
    expect(area).toBeCloseTo(mean(x.map((runs) => mean(runs))), 12);
  });
});

describe("optimalityGap", () => {
  it("counts what falls short of the target, and nothing for what exceeds it", () => {
    expect(optimalityGap([[0.5, 2, 1]])).toBeCloseTo(0.5 / 3, 15);
    expect(optimalityGap([[1, 3]])).toBe(0);
    expect(optimalityGap([[90, 120], [40]], 100)).toBe((5 + 60) / 2);
  });
});
