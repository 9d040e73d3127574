import { mean, median, quantile } from "../../../src/index.ts";
import { type Cell, isExact, type MethodName, type RunResult } from "./run.ts";

/** The runs of a cell. */
export interface CellSummary extends Cell {
  readonly stepSize: number;
  readonly starts: number;
  /** Updates to the optimum, per start; ∞ for never. */
  readonly updates: readonly number[];
  /** Minutes of robot time to it. An exact ascent makes an update whenever the natural actor-critic does. */
  readonly minutes: readonly number[];
  /** Starts that led to an unstable policy. */
  readonly diverged: number;
  /** Robot time of an update in seconds, median of the runs. */
  readonly secondsPerUpdate: number;
  /** Median angle in degrees, in the exact Fisher metric, of steps to the exact natural gradient. */
  readonly angle: number;
  readonly curve: readonly CurvePoint[];
}

/** The relative gap over the starts: median, and the ends of the middle half. */
export interface CurvePoint {
  readonly minutes: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Share of the starts that have come to the optimum. */
  readonly share: number;
}

/** The cells of all runs; exact ascents once for each noise that the natural actor-critic sets the pace under. */
export function summarise(runs: readonly RunResult[]): CellSummary[] {
  const groups = groupsOf(runs);
  const paces = groups.filter(([{ task }]) => task.method === "nac");
  return groups.flatMap((group): CellSummary[] => {
    const [{ task }] = group;
    if (!isExact(task.method))
      return [summariseGroup(group, task.noise, secondsPerUpdateOf(group))];
    return paces.map((pace) => {
      const seconds = secondsPerUpdateOf(pace);
      const paced = group.map((run) => ({
        ...run,
        minutes: run.gaps.map((_, update) => (update * seconds) / 60),
      }));
      return summariseGroup(paced, pace[0].task.noise, seconds);
    });
  });
}

function groupsOf(runs: readonly RunResult[]): RunResult[][] {
  const groups = new Map<string, RunResult[]>();
  for (const run of runs) {
    const key = `${run.task.method} ${run.task.noise}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}

/** The median of the runs, one without an update counted as if it made one at its end. */
function secondsPerUpdateOf(runs: readonly RunResult[]): number {
  return median(
    runs.map(({ minutes, angles }) => (60 * last(minutes)) / Math.max(1, angles.length)),
  );
}

function summariseGroup(
  runs: readonly RunResult[],
  noise: number,
  secondsPerUpdate: number,
): CellSummary {
  const [{ task }] = runs;
  const angles = runs.flatMap((run) => [...run.angles]);
  const reached = (run: RunResult): boolean => last(run.gaps) <= task.limits.gap;
  return {
    ...{ method: task.method, noise, stepSize: task.stepSize, starts: runs.length },
    updates: runs.map((run) => (reached(run) ? updatesOf(run) : Infinity)),
    minutes: runs.map((run) => (reached(run) ? last(run.minutes) : Infinity)),
    diverged: runs.filter(({ gaps }) => last(gaps) === Infinity).length,
    secondsPerUpdate,
    angle: angles.length > 0 ? quantile(angles, 0.5) : NaN,
    curve: curveOf(runs, reached),
  };
}

function updatesOf({ task, gaps, angles }: RunResult): number {
  return isExact(task.method) ? gaps.length - 1 : angles.length;
}

function curveOf(runs: readonly RunResult[], reached: (run: RunResult) => boolean): CurvePoint[] {
  const end = Math.max(...runs.map(({ minutes }) => last(minutes)));
  return timesUpTo(end).map((time) => {
    const gaps = runs.map((run) => gapAt(run, time));
    const [low, value, high] = [0.25, 0.5, 0.75].map((share) => quantile(gaps, share));
    const share = mean(runs.map((run) => (reached(run) && last(run.minutes) <= time ? 1 : 0)));
    return { minutes: time, value, low, high, share };
  });
}

const FIRST = 0.1;
const PER_DECADE = 20;

/** From 6 s on, evenly over the logarithm, and the end. */
function timesUpTo(end: number): number[] {
  const count = Math.floor(PER_DECADE * Math.log10(end / FIRST));
  const times = Array.from({ length: count + 1 }, (_, i) => FIRST * 10 ** (i / PER_DECADE));
  return [...times, end];
}

/** The gap of the policy of that moment; a run that has ended stays where it is. */
function gapAt({ minutes, gaps }: RunResult, time: number): number {
  const next = minutes.findIndex((value) => value > time);
  return gaps[next < 0 ? gaps.length - 1 : next - 1];
}

const last = (values: ArrayLike<number>): number => values[values.length - 1];

/** The summary of a cell. */
export function summaryOf(
  summaries: readonly CellSummary[],
  method: MethodName,
  noise: number,
): CellSummary {
  const found = summaries.find((one) => one.method === method && one.noise === noise);
  if (found === undefined) throw new Error(`nac-cartpole: no runs of ${method} at noise ${noise}`);
  return found;
}
