import { describe, expect, it } from "vitest";
import { run } from "../../../scripts/reproduce/kakade-tetris/learning-run.ts";
import { scoredIterations } from "../../../scripts/reproduce/kakade-tetris/protocol.ts";

describe("a run of the Tetris experiment", () => {
  const short = (method: "natural" | "vanilla", seed = 1): ReturnType<typeof run> =>
    run({ board: "low", method, seed, iterations: 4, pieces: 400, games: 4 });

  it("gives the same numbers for the same seed, and others for another", () => {
    expect(short("natural").scores).toEqual(short("natural").scores);
    expect(short("natural").scores).not.toEqual(short("natural", 2).scores);
  });

  it("scores the policies that it says", () => {
    expect(scoredIterations(100)).toEqual([1, 2, 3, 5, 7, 10, 15, 22, 32, 46, 68, 100]);
    expect(scoredIterations(316).at(-1)).toBe(316);
  });
});
