import {
  interquartileMean,
  mean,
  median,
  type Random,
  type ThresholdOptions,
} from "../../../src/index.ts";
import { UserError } from "../../support/user-error.ts";
import { commonSteps, heldAt, scoreOf, within } from "./align.ts";
import type { RecordedCurve } from "./recorded-run.ts";
import type { CompareSettings } from "./settings.ts";
import {
  curveOf,
  type CurvePoint,
  type Estimate,
  estimate,
  type Times,
  timesOf,
} from "./statistics.ts";

/** A run in its place, with the column that is compared. */
export interface PlacedRun {
  readonly folder: string;
  readonly task: string;
  readonly method: string;
  readonly seed: number;
  readonly curve: RecordedCurve;
}

/** The runs of a method on a task. */
export interface MethodOnTask {
  readonly method: string;
  readonly seeds: readonly number[];
  /** Of each seed, in the same order. */
  readonly scores: readonly number[];
  /** Interquartile means over the runs. */
  readonly curve: readonly CurvePoint[];
  readonly interquartileMean: Estimate;
  readonly mean: Estimate;
  readonly median: number;
  /** Environment steps until the threshold is reached, and from which it is kept. */
  readonly times?: { readonly first: Times; readonly stays: Times };
}

export interface TaskComparison {
  readonly task: string;
  /** Environment steps that are compared. */
  readonly budget: number;
  /** The longest of its runs, in steps. */
  readonly longest: number;
  readonly threshold?: number;
  /** What scores 0 and 1 stand for. */
  readonly scale?: readonly [number, number];
  readonly range?: readonly [number, number];
  readonly methods: readonly MethodOnTask[];
}

/** Learning curves, scores and times on one task, each method with streams of its own. */
export function compareOnTask(
  task: string,
  { runs, tasks, methods }: TaskContext,
  settings: CompareSettings,
  random: Random,
): TaskComparison {
  const own = runs.filter((run) => run.task === task);
  const budget = budgetOf(own, settings.steps);
  const threshold = settings.threshold(task, tasks);
  const scale = settings.scale(task, tasks);
  const range = settings.range(task, tasks);
  const context = { ...{ budget, settings }, ...(threshold !== undefined && { threshold }) };
  return {
    ...{ task, budget },
    longest: Math.max(...own.map(endOf)),
    ...(threshold !== undefined && { threshold }),
    ...(scale && { scale }),
    ...(range && { range }),
    methods: methods.flatMap((method) => {
      const its = own.filter((run) => run.method === method).sort((a, b) => a.seed - b.seed);
      if (its.length === 0) return [];
      return [summarise(method, its, context, random.split(`${task}, ${method}`))];
    }),
  };
}

interface TaskContext {
  readonly runs: readonly PlacedRun[];
  readonly tasks: readonly string[];
  readonly methods: readonly string[];
}

interface MethodContext {
  readonly budget: number;
  readonly settings: CompareSettings;
  readonly threshold?: number;
}

function summarise(
  method: string,
  runs: readonly PlacedRun[],
  { budget, settings, threshold }: MethodContext,
  random: Random,
): MethodOnTask {
  const { last, resamples, lowerIsBetter } = settings;
  const options = (name: string): { random: Random; resamples: number } => ({
    random: random.split(name),
    resamples,
  });
  const curves = runs.map(({ curve }) => within(curve, budget));
  const scores = curves.map((curve) => scoreOf(curve, budget, last));
  const grid = commonSteps(curves);
  const held = curves.map((curve) => heldAt(curve, grid));
  const reach = (threshold: number, stays: boolean): ThresholdOptions => ({
    ...{ threshold, stays, from: lowerIsBetter ? "above" : "below" },
  });
  return {
    method,
    seeds: runs.map(({ seed }) => seed),
    scores,
    curve: curveOf(held, grid, options("curve")),
    interquartileMean: estimate([scores], interquartileMean, options("interquartile mean")),
    mean: estimate([scores], mean, options("mean")),
    median: median(scores),
    ...(threshold !== undefined && {
      times: {
        first: timesOf(curves, reach(threshold, false), options("first")),
        stays: timesOf(curves, reach(threshold, true), options("stays")),
      },
    }),
  };
}

/** The steps that are compared on a task: what was asked for, or what its shortest run has. */
function budgetOf(runs: readonly PlacedRun[], asked: number | undefined): number {
  const shortest = runs.reduce((least, run) => (endOf(run) < endOf(least) ? run : least));
  const budget = asked ?? endOf(shortest);
  if (budget > endOf(shortest)) {
    throw new UserError(
      `--steps must be at most what every run has, got ${budget}, but ${shortest.folder} ends at ${endOf(shortest)}; give fewer, or leave it out`,
    );
  }
  const late = runs.find(({ curve }) => curve.steps[0] > budget);
  if (late !== undefined) {
    throw new UserError(
      `every run must have a record in the ${budget} steps that are compared, got the first of ${late.folder} at ${late.curve.steps[0]}; ${asked === undefined ? `leave out ${shortest.folder}, which is the shortest` : "give more --steps"}`,
    );
  }
  return budget;
}

const endOf = ({ curve }: PlacedRun): number => curve.steps[curve.steps.length - 1];
