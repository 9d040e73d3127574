import { bootstrapInterval, createRandom, interquartileMean, median } from "../../../src/index.ts";
import type { ReproductionContext } from "../reproduction.ts";
import { type Method, methods, sampling } from "./methods.ts";
import type { SampledResult, SampledTask } from "./sampled-run.ts";

/** The plan of the sampled comparison. */
export interface SampledPlan {
  /** Step sizes tried by every method: α of vanilla, δ in nats of the others. */
  readonly grid: readonly number[];
  /** Seeds on which each method's size is chosen; none of them is used again. */
  readonly tuningSeeds: readonly number[];
  /** Paired seeds of the comparison. */
  readonly seeds: readonly number[];
  /** The most updates of a run. */
  readonly updates: number;
  /** The relative gap at which a run ends. */
  readonly stopBelow: number;
}

const count = (first: number, length: number): number[] =>
  Array.from({ length }, (_, i) => first + i);

export function createPlan(seeds: number, quick: boolean): SampledPlan {
  return {
    grid: [0.01, 0.03, 0.1, 0.3, 1],
    tuningSeeds: count(1001, quick ? 2 : 5),
    seeds: count(1, seeds),
    updates: quick ? 500 : 5000,
    stopBelow: 1e-6,
  };
}

export const thresholds = [0.1, 0.01, 0.001] as const;

/** Updates to a threshold over the runs of one method and size; a run that never gets there failed. */
export interface TimeToGap {
  readonly threshold: number;
  /** Median over all runs, failures counting as ∞. */
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly failures: number;
}

/** All runs of a method at one size. */
export interface MethodSummary {
  readonly method: Method;
  readonly size: number;
  readonly runs: number;
  /** Runs that ended with J = −∞. */
  readonly diverged: number;
  readonly times: readonly TimeToGap[];
}

/** A point of a learning curve. */
export interface CurvePoint {
  readonly steps: number;
  readonly iqm: number;
  readonly low: number;
  readonly high: number;
}

export interface SampledComparison {
  readonly plan: SampledPlan;
  /** On the tuning seeds, every method at every size. */
  readonly tuning: readonly MethodSummary[];
  /** On the comparison's seeds, each method at its best size. */
  readonly best: readonly MethodSummary[];
  readonly curves: Readonly<Record<Method, readonly CurvePoint[]>>;
  /** Environment steps of all runs, and how many a thread made per second, updates included. */
  readonly environmentSteps: number;
  readonly stepsPerSecond: number;
}

/** Chooses each method's size on the tuning seeds, then compares the methods on fresh ones. */
export async function compareSampled(
  plan: SampledPlan,
  runAllTasks: ReproductionContext["runAll"],
): Promise<SampledComparison> {
  const runner = new URL(`./sampled-run${import.meta.url.slice(-3)}`, import.meta.url);
  const runAll = (tasks: SampledTask[]): Promise<SampledResult[]> =>
    runAllTasks<SampledResult>(runner, tasks);
  const { updates, stopBelow } = plan;
  const tuned = await runAll(
    methods.flatMap((method) =>
      plan.grid.flatMap((size) =>
        plan.tuningSeeds.map((seed) => ({ method, size, seed, updates, stopBelow })),
      ),
    ),
  );
  const tuning = methods.flatMap((method) =>
    plan.grid.map((size) => summarise(method, size, tuned)),
  );
  const chosen = methods.map((method) => choose(tuning.filter((s) => s.method === method)));
  const compared = await runAll(
    chosen.flatMap(({ method, size }) =>
      plan.seeds.map((seed) => ({ method, size, seed, updates, stopBelow })),
    ),
  );
  const all = [...tuned, ...compared];
  const environmentSteps =
    sampling.stepsPerUpdate * all.reduce((sum, { gaps }) => sum + gaps.length - 1, 0);
  const seconds = all.reduce((sum, run) => sum + run.seconds, 0);
  return {
    plan,
    tuning,
    best: chosen.map(({ method, size }) => summarise(method, size, compared)),
    curves: {
      vanilla: curveOf(compared, "vanilla"),
      natural: curveOf(compared, "natural"),
      trpo: curveOf(compared, "trpo"),
    },
    environmentSteps,
    stepsPerSecond: environmentSteps / seconds,
  };
}

/** After how many updates the gap was first at most `threshold`; ∞ for never. */
function updatesTo(threshold: number, gaps: Float64Array): number {
  const index = gaps.findIndex((gap) => gap <= threshold);
  return index < 0 ? Infinity : index;
}

function summarise(method: Method, size: number, results: readonly SampledResult[]): MethodSummary {
  const runs = results.filter(({ task }) => task.method === method && task.size === size);
  const times = thresholds.map((threshold): TimeToGap => {
    const updates = runs.map(({ gaps }) => updatesTo(threshold, gaps));
    return {
      threshold,
      median: median(updates),
      fastest: Math.min(...updates),
      slowest: Math.max(...updates),
      failures: updates.filter((value) => value === Infinity).length,
    };
  });
  const diverged = runs.filter(({ gaps }) => !Number.isFinite(gaps[gaps.length - 1])).length;
  return { method, size, runs: runs.length, diverged, times };
}

/** The size with the fewest failures at 10 %, then at 1 %, then the least median time to 1 %, then to 10 %. */
function choose(candidates: readonly MethodSummary[]): MethodSummary {
  const key = ({ times: [ten, one] }: MethodSummary): number[] => [
    ten.failures,
    one.failures,
    one.median,
    ten.median,
  ];
  return [...candidates].sort((a, b) => {
    const other = key(b);
    const differing = key(a).findIndex((value, i) => value !== other[i]);
    return differing < 0 ? 0 : key(a)[differing] - other[differing];
  })[0];
}

const POINTS_PER_DECADE = 12;

/**
 * The interquartile mean of the gap over the runs of a method with its 95 % bootstrap band, at
 * logarithmically spaced updates until the first run has reached its end.
 */
function curveOf(results: readonly SampledResult[], method: Method): CurvePoint[] {
  const runs = results.filter(({ task }) => task.method === method).map(({ gaps }) => gaps);
  const finished = runs.filter((gaps) => Number.isFinite(gaps[gaps.length - 1]));
  const end = Math.min(...finished.map((gaps) => gaps.length));
  const random = createRandom(`peters-schaal/bootstrap/${method}`);
  const points: CurvePoint[] = [];
  for (let update = 0; update < end; update = nextUpdate(update)) {
    const gaps = runs.map((run) => (update < run.length ? run[update] : run[run.length - 1]));
    points.push({
      steps: update * sampling.stepsPerUpdate,
      iqm: interquartileMean(gaps),
      ...bootstrapInterval([gaps], interquartileMean, { random, resamples: 1000 }),
    });
  }
  return points;
}

function nextUpdate(update: number): number {
  return Math.max(update + 1, Math.round(update * 10 ** (1 / POINTS_PER_DECADE)));
}
