import { bootstrapInterval, createRandom, interquartileMean, median } from "../../../src/index.ts";
import type { LearningResult } from "./learning-run.ts";
import { type Method, protocol, type Task } from "./protocol.ts";

/** The runs of one method on one task, over its seeds. */
export interface MethodSummary {
  readonly task: Task;
  readonly method: Method;
  readonly runs: number;
  /** Steps from which every later evaluation passes, per seed; ∞ for never. */
  readonly stable: readonly number[];
  readonly medianStable: number;
  /** Seeds that became stable. */
  readonly solved: number;
  /** Seconds of training to that point, per seed; ∞ for never. */
  readonly seconds: readonly number[];
  readonly medianSeconds: number;
  /** Median of the training's steps per second, updates included. */
  readonly stepsPerSecond: number;
  /** Mean return of the last evaluation, per seed. */
  readonly final: readonly number[];
}

/** The index of the first evaluation from which all pass; −1 for none. */
function stableFrom(evaluations: readonly number[]): number {
  const failed = evaluations.findLastIndex((value) => value < protocol.threshold);
  return failed === evaluations.length - 1 ? -1 : failed + 1;
}

export function summarise(
  task: Task,
  method: Method,
  results: readonly LearningResult[],
): MethodSummary {
  const runs = results.filter((run) => run.task === task && run.method === method);
  const from = runs.map(({ evaluations }) => stableFrom(evaluations));
  const stable = from.map((index) => (index < 0 ? Infinity : (index + 1) * protocol.every));
  const seconds = runs.map((run, i) => (from[i] < 0 ? Infinity : run.seconds[from[i]]));
  const speeds = runs.map((run) => run.steps / run.seconds[run.seconds.length - 1]);
  return {
    task,
    method,
    runs: runs.length,
    stable,
    medianStable: median(stable),
    solved: stable.filter(Number.isFinite).length,
    seconds,
    medianSeconds: median(seconds),
    stepsPerSecond: median(speeds),
    final: runs.map((run) => run.final),
  };
}

export interface CurvePoint {
  readonly steps: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Interquartile mean of the evaluations over the seeds, with its 95 % bootstrap interval. */
export function curveOf(
  task: Task,
  method: Method,
  results: readonly LearningResult[],
): CurvePoint[] {
  const runs = results.filter((run) => run.task === task && run.method === method);
  const random = createRandom(`cartpole/bootstrap/${task}/${method}`);
  return runs[0].evaluations.map((_, i) => {
    const values = runs.map(({ evaluations }) => evaluations[i]);
    return {
      steps: (i + 1) * protocol.every,
      value: interquartileMean(values),
      ...bootstrapInterval([values], interquartileMean, { random, resamples: 1000 }),
    };
  });
}
