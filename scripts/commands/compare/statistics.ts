import {
  bootstrapBand,
  bootstrapInterval,
  type BootstrapOptions,
  interquartileMean,
  type Interval,
  mean,
  median,
  performanceProfile,
  probabilityOfImprovement,
  type RunScores,
  type ThresholdOptions,
  timeToThreshold,
} from "../../../src/index.ts";
import type { RecordedCurve } from "./recorded-run.ts";

/**
 * The fewest runs of which an interval is given. Resampling one run gives it again, and two give three
 * values: that would show the lack of runs as certainty.
 */
export const FEWEST = 3;

/** A statistic of runs, with its 95 % interval where there are runs enough. */
export interface Estimate {
  readonly value: number;
  readonly interval?: Interval;
}

/** One point of a learning curve. */
export interface CurvePoint extends Estimate {
  readonly steps: number;
}

const isEnough = (strata: readonly ArrayLike<unknown>[]): boolean =>
  strata.every((runs) => runs.length >= FEWEST);

/** A statistic of the pooled scores of all tasks, or by task, with its stratified interval. */
export function estimate(
  scores: RunScores,
  statistic: (values: Float64Array, tasks: readonly Float64Array[]) => number,
  options: BootstrapOptions,
): Estimate {
  const tasks = scores.map((runs) => Float64Array.from(runs));
  const pooled = Float64Array.from(tasks.flatMap((runs) => Array.from(runs)));
  const value = statistic(pooled, tasks);
  if (!isEnough(scores)) return { value };
  return { value, interval: bootstrapInterval(scores, statistic, options) };
}

/**
 * The interquartile mean of runs at each step, with a pointwise band. It starts where every run has a
 * record, so that all of it is about the same runs.
 */
export function curveOf(
  runs: readonly (readonly number[])[],
  grid: readonly number[],
  options: BootstrapOptions,
): CurvePoint[] {
  const at = grid.flatMap((_, k) => (runs.some((run) => Number.isNaN(run[k])) ? [] : [k]));
  const values = at.map((k) => interquartileMean(runs.map((run) => run[k])));
  if (!isEnough([runs])) return at.map((k, j) => ({ steps: grid[k], value: values[j] }));
  const chosenValues = new Float64Array(runs.length);
  const band = bootstrapBand(
    [runs.length],
    ([chosen], out) => {
      at.forEach((k, j) => {
        for (let i = 0; i < runs.length; i++) chosenValues[i] = runs[chosen[i]][k];
        out[j] = interquartileMean(chosenValues);
      });
    },
    { ...options, width: at.length },
  );
  return at.map((k, j) => ({ steps: grid[k], value: values[j], interval: band[j] }));
}

/** P(X > Y) with an interval that resamples the runs of both. */
export function improvement(x: RunScores, y: RunScores, options: BootstrapOptions): Estimate {
  const tasks = x.length;
  return estimate(
    [...x, ...y],
    (_, all) => probabilityOfImprovement(all.slice(0, tasks), all.slice(tasks)),
    options,
  );
}

/** The share of runs that score above each threshold, with a pointwise band. */
export function profileOf(
  scores: RunScores,
  thresholds: readonly number[],
  options: BootstrapOptions,
): Estimate[] {
  const shares = new Float64Array(thresholds.length);
  performanceProfile(scores, thresholds, shares);
  if (!isEnough(scores)) return Array.from(shares, (value) => ({ value }));
  const band = bootstrapBand(
    scores.map((runs) => runs.length),
    (chosen, out) => {
      const resampled = scores.map((runs, m) => Float64Array.from(chosen[m], (i) => runs[i]));
      performanceProfile(resampled, thresholds, out);
    },
    { ...options, width: thresholds.length },
  );
  return Array.from(shares, (value, k) => ({ value, interval: band[k] }));
}

/** How long runs took to a threshold; Infinity stands for "not within the budget". */
export interface Times {
  readonly reached: number;
  readonly runs: number;
  readonly median: Estimate;
}

/** The median time over the runs, of which those that never got there count as later than all others. */
export function timesOf(
  curves: readonly RecordedCurve[],
  threshold: ThresholdOptions,
  options: BootstrapOptions,
): Times {
  const times = curves.map(({ steps, values }) => timeToThreshold(steps, values, threshold));
  return {
    reached: times.filter(Number.isFinite).length,
    runs: times.length,
    median: estimate([times], median, options),
  };
}

/** The mean over tasks of the mean difference of runs of the same seed, resampling seeds. */
export function pairedDifference(differences: RunScores, options: BootstrapOptions): Estimate {
  return estimate(differences, (_, tasks) => mean(tasks.map((task) => mean(task))), options);
}
