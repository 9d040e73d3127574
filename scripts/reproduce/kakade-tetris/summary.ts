import { bootstrapInterval, createRandom, interquartileMean, mean } from "../../../src/index.ts";
import type { Arm, ArmResult, TriedSize } from "./study.ts";

/** Interquartile mean of the points over the seeds, with a 95 % bootstrap interval. */
export interface CurvePoint {
  readonly iteration: number;
  readonly points: number;
  readonly low: number;
  readonly high: number;
  /** Share of the games that were cut off. */
  readonly truncated: number;
}

/** The runs of one method on one board, over its seeds. */
export interface TetrisSummary extends Arm {
  /** δ or α, as chosen on the tuning seeds. */
  readonly size: number;
  readonly tried: readonly TriedSize[];
  readonly seeds: number;
  readonly curve: readonly CurvePoint[];
  /** Points of the last policy of each seed. */
  readonly final: readonly number[];
  /** Pieces placed a second, updates included. */
  readonly piecesPerSecond: number;
}

export function summarise({ board, method, size, tried, runs }: ArmResult): TetrisSummary {
  const random = createRandom(`kakade-tetris/bootstrap/${board}/${method}`);
  return {
    ...{ board, method, size, tried, seeds: runs.length },
    curve: runs[0].scores.map(({ iteration }, i) => {
      const points = runs.map(({ scores }) => scores[i].points);
      return {
        iteration,
        points: interquartileMean(points),
        ...bootstrapInterval([points], interquartileMean, { random, resamples: 1000 }),
        truncated: mean(runs.map(({ scores }) => scores[i].truncated)),
      };
    }),
    final: runs.map(({ scores }) => scores[scores.length - 1].points),
    piecesPerSecond: mean(
      runs.map(({ task, seconds }) => (task.pieces * task.iterations) / seconds),
    ),
  };
}

/** The first scored iteration whose points reach `wanted`; ∞ for none. */
export function firstReaching({ curve }: TetrisSummary, wanted: number): number {
  return curve.find(({ points }) => points >= wanted)?.iteration ?? Infinity;
}

/** The points at the last scored iteration up to `iteration`. */
export function pointsAt({ curve }: TetrisSummary, iteration: number): number {
  return curve.findLast((point) => point.iteration <= iteration)?.points ?? NaN;
}
