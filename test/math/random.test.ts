import { describe, expect, it } from "vitest";
import { createRandom, type Random, restoreRandom, type RandomState } from "../../src/index.ts";
import { zScore } from "../support/statistics.ts";

const draws = (random: Random, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i % 3 === 0 ? random.normal() : random.uniform(-1, 2)));

describe("createRandom", () => {
  // Golden: these bits are a promise, since every published figure follows from them. They change
  // only with a new major version; to renew, print what the test received.
  it("gives the same bits for a seed on every machine and in every version", () => {
    const random = createRandom(7);
    expect([random.uniform(0, 1), random.uniform(0, 1), random.uniform(-2, 3)]).toEqual([
      0.3645951841044893, 0.18762038776340717, -1.1719237701967382,
    ]);
    expect([random.normal(), random.normal(), random.normal(), random.normal()]).toEqual([
      0.7923166180239475, 0.982505992577005, -0.17464337410776867, 0.7891705676296791,
    ]);
    const split = createRandom("seed").split("a");
    expect([split.uniform(0, 1), split.normal()]).toEqual([
      0.5614800386387364, -0.0752479807585338,
    ]);
  });

  it("gives the same draws for the same seed and others for another", () => {
    expect(draws(createRandom(3), 30)).toEqual(draws(createRandom(3), 30));
    expect(draws(createRandom(3), 30)).not.toEqual(draws(createRandom(4), 30));
  });

  it("takes a number and its text for the same seed", () => {
    expect(draws(createRandom(12), 6)).toEqual(draws(createRandom("12"), 6));
  });

  it("draws uniform numbers from [low, high) with the moments of U[low, high)", () => {
    const random = createRandom("uniform");
    const sample = Array.from({ length: 200_000 }, () => random.uniform(-1, 3));
    expect(sample.every((x) => x >= -1 && x < 3)).toBe(true);
    expect(Math.abs(zScore(sample, 1))).toBeLessThan(4);
    const squares = sample.map((x) => (x - 1) ** 2);
    expect(Math.abs(zScore(squares, 16 / 12))).toBeLessThan(4);
  });

  it("draws uniform numbers in multiples of 2⁻⁵³, not of 2⁻³²", () => {
    const random = createRandom("resolution");
    const fine = Array.from({ length: 100 }, () => random.uniform(0, 1) * 2 ** 32);
    expect(fine.filter((x) => x !== Math.floor(x)).length).toBeGreaterThan(95);
  });
});

describe("split", () => {
  it("leaves a stream as it was, however much its siblings and its parent have drawn", () => {
    const quiet = createRandom(1);
    const expected = draws(quiet.split("environment"), 20);
    const busy = createRandom(1);
    draws(busy, 17);
    draws(busy.split("action"), 5);
    expect(draws(busy.split("environment"), 20)).toEqual(expected);
  });

  it("does not draw from the stream that is split", () => {
    const random = createRandom(1);
    const other = createRandom(1);
    random.split("a").normal();
    expect(draws(random, 9)).toEqual(draws(other, 9));
  });

  it("gives other draws for another name, another seed and another depth", () => {
    const firsts = [
      createRandom(1),
      createRandom(1).split("a"),
      createRandom(1).split("b"),
      createRandom(2).split("a"),
      createRandom(1).split("a").split("a"),
    ].map((random) => random.uniform(0, 1));
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("gives streams that are not correlated, with the parent or with each other", () => {
    const root = createRandom("correlation");
    const streams = [root, root.split("0"), root.split("1"), root.split("1").split("0")];
    const columns = streams.map((stream) => Array.from({ length: 50_000 }, () => stream.normal()));
    columns.forEach((x, i) => {
      columns.slice(0, i).forEach((y) => {
        expect(
          Math.abs(
            zScore(
              x.map((value, k) => value * y[k]),
              0,
            ),
          ),
        ).toBeLessThan(4);
      });
    });
  });
});

describe("save and restoreRandom", () => {
  it("go on with the same next draws, normals and uniforms alike, through JSON", () => {
    for (let skip = 0; skip < 7; skip++) {
      const random = createRandom("resume");
      draws(random, skip);
      const text = JSON.stringify(random.save());
      const expected = draws(random, 50);
      expect(draws(restoreRandom(JSON.parse(text) as RandomState), 50)).toEqual(expected);
    }
  });

  it("split the restored stream as the saved one", () => {
    const random = createRandom("resume");
    random.normal();
    const restored = restoreRandom(random.save());
    expect(draws(restored.split("x"), 9)).toEqual(draws(random.split("x"), 9));
  });

  it("leave the saved state as it was while the streams draw on", () => {
    const random = createRandom(5);
    const state = random.save();
    const copy = structuredClone(state);
    draws(random, 9);
    draws(restoreRandom(state), 9);
    expect(state).toEqual(copy);
  });
});
