import { describe, expect, it } from "vitest";
import {
  bootstrapBand,
  bootstrapInterval,
  createRandom,
  interquartileMean,
  type Interval,
  mean,
  quantile,
} from "../../../src/index.ts";

/** Three curves of one task and two of another, at two times. */
const curves = [
  [
    [1, 10],
    [2, 30],
    [4, 20],
  ],
  [
    [0, 5],
    [1, 9],
  ],
];
const sizes = curves.map((task) => task.length);
const means = (chosen: readonly Int32Array[], out: Float64Array): void => {
  for (let t = 0; t < 2; t++) {
    out[t] = mean(chosen.flatMap((runs, m) => Array.from(runs, (i) => curves[m][i][t])));
  }
};

describe("bootstrapBand", () => {
  it("gives at each time the interval of that time alone", () => {
    const band = bootstrapBand(sizes, means, { random: createRandom(1), width: 2 });
    const alone = [0, 1].map((t) =>
      bootstrapInterval(
        curves.map((task) => task.map((curve) => curve[t])),
        mean,
        { random: createRandom(1) },
      ),
    );
    expect(band).toEqual(alone);
  });

  it("resamples whole curves: what a curve holds at two times stays together", () => {
    const together = [
      [0, 1],
      [1, 0],
      [0.25, 0.75],
    ];
    const statistic = ([chosen]: readonly Int32Array[], out: Float64Array): void => {
      out[0] = mean(Array.from(chosen, (i) => together[i][0] + together[i][1]));
    };
    const [interval] = bootstrapBand([3], statistic, { random: createRandom(2), width: 1 });
    expect(interval).toEqual({ low: 1, high: 1 });
  });

  it("is NaN where a resample has no number, and keeps the others", () => {
    const statistic = ([chosen]: readonly Int32Array[], out: Float64Array): void => {
      out[0] = chosen[0] === 0 ? NaN : 1;
      out[1] = 2;
    };
    const band = bootstrapBand([2], statistic, { random: createRandom(3), width: 2 });
    expect(band).toEqual<Interval[]>([
      { low: NaN, high: NaN },
      { low: 2, high: 2 },
    ]);
  });

  it("refuses levels and numbers of resamples that mean nothing", () => {
    const run = (options: { level?: number; resamples?: number }) => () =>
      bootstrapBand(sizes, means, { random: createRandom(1), width: 2, ...options });
    expect(run({ level: 1 })).toThrow(/level must lie between 0 and 1, got 1/);
    expect(run({ resamples: 0 })).toThrow(/resamples must be a positive integer, got 0/);
  });
});

describe("bootstrapInterval", () => {
  it("shows the statistic the same numbers pooled and by stratum", () => {
    const strata = [[1, 2, 3], [7]];
    bootstrapInterval(
      strata,
      (values, parts) => {
        expect(parts.map((part) => part.length)).toEqual([3, 1]);
        expect(parts.flatMap((part) => Array.from(part))).toEqual(Array.from(values));
        return 0;
      },
      { random: createRandom(4), resamples: 20 },
    );
    expect.assertions(40);
  });

  // All 27 · 4 resamples of both strata are equally likely: the interval is that of their quantiles.
  it("has the ends of the exact bootstrap distribution, where few runs let it be listed", () => {
    const draws = (values: readonly number[]): number[][] =>
      values.reduce<number[][]>(
        (all) => all.flatMap((drawn) => values.map((value) => [...drawn, value])),
        [[]],
      );
    const strata = [
      [0, 1, 4],
      [10, 12],
    ];
    const exact = draws(strata[0]).flatMap((first) =>
      draws(strata[1]).map((second) => interquartileMean([...first, ...second])),
    );
    expect(exact).toHaveLength(108);
    const options = { random: createRandom(5), level: 0.8, resamples: 20_000 };
    const { low, high } = bootstrapInterval(strata, interquartileMean, options);
    expect(low).toBeCloseTo(quantile(exact, 0.1), 12);
    expect(high).toBeCloseTo(quantile(exact, 0.9), 12);
  });

  // The resampled mean of n normals is about N(x̄, (n − 1)/n · s²/n), so that the interval of 3 is that of
  // a z instead of a t statistic with a divisor of n: 2Φₜ₂(1.96 √(2/3)) − 1 ≈ 0.75 instead of 0.95.
  it("covers less than its level for few runs", () => {
    const random = createRandom("few");
    const runs = 400;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const sample = Array.from({ length: 3 }, () => random.normal());
      const { low, high } = bootstrapInterval([sample], mean, { random, resamples: 200 });
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered / runs).toBeLessThan(0.85);
    expect(covered / runs).toBeGreaterThan(0.65);
  });
});
