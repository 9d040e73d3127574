import { describe, expect, it } from "vitest";
import {
  bootstrapInterval,
  createRandom,
  interquartileMean,
  mean,
  median,
  quantile,
  standardDeviation,
} from "../../src/index.ts";

describe("mean", () => {
  it("is the sum over the count, NaN for none", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBeNaN();
  });
});

describe("standardDeviation", () => {
  it("divides by n − 1", () => {
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 15);
  });

  it("keeps its digits beside a large offset", () => {
    const values = [4, 7, 13, 16].map((x) => x + 1e9);
    expect(standardDeviation(values)).toBe(Math.sqrt(30));
  });

  it("is exactly zero for equal values and NaN below two", () => {
    expect(standardDeviation([0.1, 0.1, 0.1])).toBe(0);
    expect(standardDeviation([1])).toBeNaN();
    expect(standardDeviation([])).toBeNaN();
  });
});

describe("quantile", () => {
  it("interpolates linearly, Hyndman & Fan type 7", () => {
    const values = [4, 1, 3, 2];
    expect([0, 0.25, 0.5, 0.9, 1].map((p) => quantile(values, p))).toEqual([1, 1.75, 2.5, 3.7, 4]);
  });

  it("sorts numbers as numbers and leaves its argument alone", () => {
    const values = [10, 9, 100];
    expect(quantile(values, 0)).toBe(9);
    expect(values).toEqual([10, 9, 100]);
  });

  it("is NaN for none and does not make NaN of infinities that are equal", () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([-Infinity, -Infinity, 0], 0.25)).toBe(-Infinity);
  });

  it("has the median at p = ½", () => {
    expect(median([5, 1, 2])).toBe(2);
    expect(median([5, 1, 2, 4])).toBe(3);
  });
});

describe("interquartileMean", () => {
  it.each([
    [[100, 2, 3, -50, 7, 4, 9, 1], 4], // drops 2 at each end: (2 + 3 + 4 + 7) / 4
    [[9, 1, 3, 5, 100, -7], 4.5], // n = 6 drops 1: (1 + 3 + 5 + 9) / 4
    [[1, 2, 4, 8, 16, 32, 64], 12.4], // n = 7 drops 1: (2 + 4 + 8 + 16 + 32) / 5
    [[1, 2, 30], 11], // n = 3 drops none
    [[5], 5],
  ])("of %j drops ⌊n/4⌋ values at each end", (values, expected) => {
    expect(interquartileMean(values)).toBe(expected);
  });

  it("is NaN for none", () => {
    expect(interquartileMean([])).toBeNaN();
  });
});

describe("bootstrapInterval", () => {
  const width = ({ low, high }: { low: number; high: number }): number => high - low;

  it("has no width when every stratum is constant, however different the strata are", () => {
    const random = createRandom(1);
    const interval = bootstrapInterval([[1, 1], [5, 5, 5], [-100]], mean, { random });
    expect(interval).toEqual({ low: -83 / 6, high: -83 / 6 });
  });

  it("resamples inside the strata: each keeps its size and its values", () => {
    let calls = 0;
    bootstrapInterval(
      [
        [1, 2, 3],
        [10, 20],
      ],
      (sample) => {
        calls++;
        expect(sample.length).toBe(5);
        expect([...sample.subarray(0, 3)].every((x) => [1, 2, 3].includes(x))).toBe(true);
        expect([...sample.subarray(3)].every((x) => [10, 20].includes(x))).toBe(true);
        return 0;
      },
      { random: createRandom(2), resamples: 300 },
    );
    expect(calls).toBe(300);
  });

  // The mean of two draws from {0, 1} is 0, ½, 1 with probability ¼, ½, ¼.
  it("takes the percentiles of the replicates, (1 ± level)/2", () => {
    const at = (level: number): object =>
      bootstrapInterval([[0, 1]], mean, { random: createRandom(3), level });
    expect(at(0.95)).toEqual({ low: 0, high: 1 });
    expect(at(0.3)).toEqual({ low: 0.5, high: 0.5 });
  });

  it("gives the same interval for the same stream", () => {
    const at = (seed: number): object =>
      bootstrapInterval([[1, 4, 2, 8, 5, 7]], mean, { random: createRandom(seed), resamples: 50 });
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
  });

  it("is narrower with strata than pooled when the strata differ", () => {
    const [low, high] = [
      [0, 1, 2],
      [100, 101, 102],
    ];
    const stratified = bootstrapInterval([low, high], mean, { random: createRandom(4) });
    const pooled = bootstrapInterval([[...low, ...high]], mean, { random: createRandom(4) });
    expect(width(stratified)).toBeLessThan(2);
    expect(width(pooled)).toBeGreaterThan(50);
  });

  // The percentile interval of 20 normals covers a little less than its level.
  it("covers the mean of a normal sample about as often as its level says", () => {
    const random = createRandom("coverage");
    const runs = 500;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const sample = Array.from({ length: 20 }, () => random.normal());
      const options = { random, level: 0.9, resamples: 200 };
      const { low, high } = bootstrapInterval([sample], mean, options);
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.83);
    expect(covered / runs).toBeLessThan(0.93);
  });
});
