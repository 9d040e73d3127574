import { describe, expect, it } from "vitest";
import { run } from "../../../scripts/reproduce/kakade-tetris/learning-run.ts";
import {
  methods,
  protocol,
  scoredIterations,
} from "../../../scripts/reproduce/kakade-tetris/protocol.ts";
import { bestSize, createPlan } from "../../../scripts/reproduce/kakade-tetris/study.ts";

describe("a run of the Tetris experiment", () => {
  const short = (method: "natural" | "vanilla", seed = 1, size = 0.05): ReturnType<typeof run> =>
    run({ board: "low", method, size, seed, iterations: 4, pieces: 400, games: 4 });

  it("gives the same numbers for the same seed, and others for another", () => {
    expect(short("natural").scores).toEqual(short("natural").scores);
    expect(short("natural").scores).not.toEqual(short("natural", 2).scores);
  });

  it("starts at θ = 0, and a standard step of twice the size leads twice as far", () => {
    const first = (size: number): Float64Array => short("vanilla", 1, size).scores[0].theta;
    expect(first(2)).toEqual(first(1).map((x) => 2 * x));
  });

  it("scores the policies that it says", () => {
    expect(scoredIterations(100)).toEqual([1, 2, 3, 5, 7, 10, 15, 22, 32, 46, 68, 100]);
    expect(scoredIterations(316).at(-1)).toBe(316);
  });
});

describe("the choice of the sizes of the steps", () => {
  it("takes the size whose worse seed has the most points", () => {
    const tried = [
      { size: 1, points: [10, 20] },
      { size: 3, points: [100, 5] },
      { size: 10, points: [15, 12] },
    ];
    expect(bestSize(tried)).toBe(10);
  });

  it("uses none of the seeds of the curves, and tries as many sizes for either method", () => {
    const { seeds, tuningSeeds } = createPlan(100, false);
    expect(seeds.filter((seed) => tuningSeeds.includes(seed))).toEqual([]);
    expect(tuningSeeds).toEqual(protocol.tuningSeeds);
    expect(methods.natural.sizes).toHaveLength(methods.vanilla.sizes.length);
  });
});
