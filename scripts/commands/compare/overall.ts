import {
  interquartileMean,
  mean,
  optimalityGap,
  type Random,
  type RunScores,
} from "../../../src/index.ts";
import { type Estimate, estimate, improvement, pairedDifference, profileOf } from "./statistics.ts";
import type { CompareSettings } from "./settings.ts";
import type { MethodOnTask, TaskComparison } from "./task.ts";

/** How often a run of one method does better than one of another, over the tasks that both have. */
export interface Pair {
  readonly method: string;
  readonly other: string;
  readonly tasks: number;
  readonly probability: Estimate;
  /** Runs of equal seeds on each task, where all of them have one: seeds, and the mean difference. */
  readonly paired?: { readonly seeds: number; readonly difference?: Estimate };
}

/** The share of runs that do better than each score, on a task or over all. */
export interface Profile {
  /** The task, or undefined for all of them on their common scale. */
  readonly task?: string;
  readonly thresholds: readonly number[];
  readonly methods: readonly MethodProfile[];
}

export interface MethodProfile {
  readonly method: string;
  /** The share of runs that have a finite score or a better one: less than 1 where runs diverged. */
  readonly start: Estimate;
  /** At each threshold. */
  readonly shares: readonly Estimate[];
}

/** A method over all tasks, in scores on their common scale. */
export interface Aggregate {
  readonly method: string;
  readonly runs: number;
  readonly interquartileMean: Estimate;
  readonly mean: Estimate;
  /** To a score of 1. */
  readonly optimalityGap: Estimate;
}

export interface Overall {
  readonly pairs: readonly Pair[];
  readonly profiles: readonly Profile[];
  /** Where scores have a scale, of the methods that have runs on every task. */
  readonly aggregates?: readonly Aggregate[];
}

interface Context {
  readonly tasks: readonly TaskComparison[];
  readonly methods: readonly string[];
  readonly settings: CompareSettings;
  readonly random: Random;
}

/** What is compared beyond single methods on single tasks. */
export function compareOverall(context: Context): Overall {
  const { tasks, methods } = context;
  const scaled = tasks.every(({ scale }) => scale !== undefined);
  const pairs = methods.flatMap((x, i) =>
    methods.slice(i + 1).flatMap((y) => pairOf(x, y, context, scaled || tasks.length === 1)),
  );
  const everywhere = methods.filter((method) => tasks.every((task) => on(task, method)));
  if (!scaled) return { pairs, profiles: tasks.map((task) => profile(context, [task], methods)) };
  return {
    pairs,
    profiles: [profile(context, tasks, everywhere)],
    aggregates: everywhere.map((method) => aggregate(method, context)),
  };
}

const on = ({ methods }: TaskComparison, method: string): MethodOnTask | undefined =>
  methods.find((one) => one.method === method);

/** Scores of which more is better: on the scale of the task, or else as they are or negated. */
function comparable(
  { scale, ...task }: TaskComparison,
  method: string,
  lowerIsBetter: boolean,
): number[] {
  const { scores = [] } = task.methods.find((one) => one.method === method) ?? {};
  if (scale === undefined) return scores.map((score) => (lowerIsBetter ? -score : score));
  const [low, high] = scale;
  return scores.map((score) => (score - low) / (high - low));
}

function pairOf(x: string, y: string, context: Context, isOneScale: boolean): Pair[] {
  const { settings, random } = context;
  const { resamples, lowerIsBetter } = settings;
  const tasks = context.tasks.filter((task) => on(task, x) && on(task, y));
  if (tasks.length === 0) return [];
  const scoresOf = (method: string): RunScores =>
    tasks.map((task) => comparable(task, method, lowerIsBetter));
  const [first, second] = [scoresOf(x), scoresOf(y)];
  const own = random.split(`${x} over ${y}`);
  const probability = improvement(first, second, { random: own.split("improvement"), resamples });
  const pair = { ...{ method: x, other: y, tasks: tasks.length, probability } };
  const isPaired = tasks.every((task) => sameSeeds(on(task, x), on(task, y)));
  if (!isPaired) return [pair];
  const seeds = new Set(tasks.flatMap((task) => on(task, x)?.seeds ?? [])).size;
  if (!isOneScale) return [{ ...pair, paired: { seeds } }];
  // Differences are of the scores as they are printed: on the scale, or else not negated.
  const sign = tasks[0].scale === undefined && lowerIsBetter ? -1 : 1;
  const differences = first.map((runs, m) =>
    Array.from(runs, (score, i) => sign * (score - second[m][i])),
  );
  const difference = pairedDifference(differences, { random: own.split("difference"), resamples });
  return [{ ...pair, paired: { seeds, difference } }];
}

function sameSeeds(x: MethodOnTask | undefined, y: MethodOnTask | undefined): boolean {
  return JSON.stringify(x?.seeds) === JSON.stringify(y?.seeds);
}

function profile(
  { settings, random }: Context,
  tasks: readonly TaskComparison[],
  methods: readonly string[],
): Profile {
  const { lowerIsBetter, resamples } = settings;
  const own = methods.filter((method) => tasks.every((task) => on(task, method)));
  const scores = own.map((method) => tasks.map((task) => comparable(task, method, lowerIsBetter)));
  const finite = scores.flat(2).filter(Number.isFinite);
  const thresholds = [...new Set(finite)].sort((a, b) => a - b);
  const [{ task, scale }] = tasks;
  const sign = scale === undefined && lowerIsBetter ? -1 : 1;
  return {
    ...(scale === undefined && { task }),
    thresholds: thresholds.map((threshold) => (sign * threshold === 0 ? 0 : sign * threshold)),
    methods: own.map((method, i) => {
      const [start, ...shares] = profileOf(scores[i], [-Infinity, ...thresholds], {
        random: random.split(`profile of ${method} on ${scale === undefined ? task : "all"}`),
        resamples,
      });
      return { method, start, shares };
    }),
  };
}

function aggregate(method: string, { tasks, settings, random }: Context): Aggregate {
  const scores = tasks.map((task) => comparable(task, method, settings.lowerIsBetter));
  const options = (name: string): { random: Random; resamples: number } => ({
    random: random.split(`${name} of ${method}`),
    resamples: settings.resamples,
  });
  return {
    method,
    runs: scores.flat().length,
    interquartileMean: estimate(scores, interquartileMean, options("interquartile mean")),
    mean: estimate(scores, (_, each) => mean(each.map((runs) => mean(runs))), options("mean")),
    optimalityGap: estimate(scores, (_, each) => optimalityGap(each), options("optimality gap")),
  };
}
