import { bootstrapInterval, createRandom, interquartileMean, mean } from "../../../src/index.ts";
import type { TetrisResult } from "./learning-run.ts";
import type { BoardName, MethodName } from "./protocol.ts";

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
export interface TetrisSummary {
  readonly board: BoardName;
  readonly method: MethodName;
  readonly seeds: number;
  readonly curve: readonly CurvePoint[];
  /** Points of the last policy of each seed. */
  readonly final: readonly number[];
  /** Pieces placed a second, updates included. */
  readonly piecesPerSecond: number;
}

export function summarise(results: readonly TetrisResult[]): TetrisSummary {
  const [{ task, scores }] = results;
  const { board, method } = task;
  const random = createRandom(`kakade-tetris/bootstrap/${board}/${method}`);
  return {
    ...{ board, method, seeds: results.length },
    curve: scores.map(({ iteration }, i) => {
      const points = results.map((result) => result.scores[i].points);
      return {
        iteration,
        points: interquartileMean(points),
        ...bootstrapInterval([points], interquartileMean, { random, resamples: 1000 }),
        truncated: mean(results.map((result) => result.scores[i].truncated)),
      };
    }),
    final: results.map((result) => result.scores[result.scores.length - 1].points),
    piecesPerSecond: mean(
      results.map((result) => (result.task.pieces * result.task.iterations) / result.seconds),
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
