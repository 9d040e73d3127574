import { interquartileMean, bootstrapInterval, createRandom, median } from "../../../src/index.ts";
import type { ReproductionContext } from "../reproduction.ts";
import { exactMovement } from "./exact.ts";
import {
  batchOf,
  type Method,
  methods,
  type MotorResult,
  type MotorTask,
  type PanelName,
  panels,
  SIGMA,
} from "./learning-run.ts";

/** How much is run. */
export interface StudyPlan {
  /** Seeds of the comparison, none of them used for tuning. */
  readonly seeds: readonly number[];
  readonly tuningSeeds: readonly number[];
  readonly tuningRollouts: number;
  /** Roll-outs of a run. */
  readonly rollouts: Readonly<Record<Method, number>>;
}

/** Sizes tried: α of θ ← θ + αg in steps of about half a decade, and of θ ← θ + αw. */
export const grids: Readonly<Record<Method, readonly number[]>> = {
  fd: [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2],
  reinforce: [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2],
  gpomdp: [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2],
  enac: [0.01, 0.03, 0.1, 0.3, 1],
  "enac-time": [0.01, 0.03, 0.1, 0.3, 1],
};

export function createPlan(seeds: number, quick: boolean): StudyPlan {
  const slow = quick ? 2000 : 20_000;
  const fast = quick ? 1500 : 12_000;
  return {
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    tuningSeeds: quick ? [101] : [101, 102],
    tuningRollouts: quick ? 600 : 3000,
    rollouts: { fd: slow, reinforce: slow, gpomdp: slow, enac: fast, "enac-time": fast },
  };
}

/** The runs of a method in a panel, at the size that did best on the tuning seeds. */
export interface MotorSummary {
  readonly panel: PanelName;
  readonly method: Method;
  readonly stepSize: number;
  /** Roll-outs after which J first came within a tenth of the way to J*, per seed; ∞ for never. */
  readonly rolloutsToNear: readonly number[];
  /** J at the end, per seed. */
  readonly final: readonly number[];
  readonly curve: readonly CurvePoint[];
}

/** Interquartile mean of J over the seeds, with a 95 % bootstrap interval. */
export interface CurvePoint {
  readonly rollouts: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** J* and the J of the start, with exploration. */
export interface PanelTruth {
  readonly start: number;
  readonly best: number;
}

export function truthOf(name: PanelName, start: ArrayLike<number>): PanelTruth {
  const { plan, task } = panels[name];
  const { optimalReturn, returnAt } = exactMovement(plan(), task, SIGMA);
  return { start: returnAt(start), best: optimalReturn };
}

const panelNames = Object.keys(panels) as PanelName[];
const pairs = panelNames.flatMap((panel) => methods.map((method) => ({ panel, method })));

/** Chooses each method's size on the tuning seeds, then runs it on fresh ones. */
export async function study(
  plan: StudyPlan,
  runAll: ReproductionContext["runAll"],
): Promise<MotorSummary[]> {
  const runner = new URL(`./learning-run${import.meta.url.slice(-3)}`, import.meta.url);
  const rollouts = plan.tuningRollouts;
  const tuned = await runAll<MotorResult>(
    runner,
    pairs.flatMap((pair) =>
      grids[pair.method].flatMap((stepSize) =>
        plan.tuningSeeds.map((seed): MotorTask => ({ ...pair, stepSize, seed, rollouts })),
      ),
    ),
  );
  const chosen = pairs.map((pair) => ({ ...pair, stepSize: bestSize(pair, tuned) }));
  const compared = await runAll<MotorResult>(
    runner,
    chosen.flatMap((one) =>
      plan.seeds.map((seed): MotorTask => ({ ...one, seed, rollouts: plan.rollouts[one.method] })),
    ),
  );
  return chosen.map((one) =>
    summarise(
      one,
      compared.filter(({ task }) => task.panel === one.panel && task.method === one.method),
    ),
  );
}

type Pair = Pick<MotorTask, "panel" | "method">;

/** The size whose worst tuning seed has the largest mean J over the second half of its run. */
function bestSize({ panel, method }: Pair, results: readonly MotorResult[]): number {
  const score = (stepSize: number): number => {
    const runs = results.filter(
      ({ task }) => task.panel === panel && task.method === method && task.stepSize === stepSize,
    );
    return Math.min(...runs.map(({ returns }) => lateMean(returns)));
  };
  return [...grids[method]].sort((a, b) => score(b) - score(a))[0];
}

function lateMean(returns: Float64Array): number {
  const late = returns.subarray(Math.floor(returns.length / 2));
  return late.reduce((sum, value) => sum + value, 0) / late.length;
}

function summarise(
  { panel, method, stepSize }: Pair & { readonly stepSize: number },
  results: readonly MotorResult[],
): MotorSummary {
  const { plan, task } = panels[panel];
  const best = exactMovement(plan(), task, SIGMA).optimalReturn;
  const count = batchOf[method];
  const near = best + 0.1 * (results[0].returns[0] - best);
  return {
    ...{ panel, method, stepSize },
    rolloutsToNear: results.map(({ returns }) => {
      const index = returns.findIndex((value) => value >= near);
      return index < 0 ? Infinity : index * count;
    }),
    final: results.map(({ returns }) => returns[returns.length - 1]),
    curve: curveOf(results, count, createRandom(`motor-primitives/bootstrap/${panel}/${method}`)),
  };
}

const POINTS_PER_DECADE = 10;

function curveOf(
  results: readonly MotorResult[],
  count: number,
  random: ReturnType<typeof createRandom>,
): CurvePoint[] {
  const length = Math.max(...results.map(({ returns }) => returns.length));
  const points: CurvePoint[] = [];
  for (let update = 1; update < length; update = later(update)) {
    const values = results.map(({ returns }) => returns[Math.min(update, returns.length - 1)]);
    points.push({
      rollouts: update * count,
      value: interquartileMean(values),
      ...bootstrapInterval([values], interquartileMean, { random, resamples: 500 }),
    });
  }
  return points;
}

function later(update: number): number {
  return Math.max(update + 1, Math.round(update * 10 ** (1 / POINTS_PER_DECADE)));
}

/** Median over the seeds of the roll-outs to within a tenth; ∞ where most never get there. */
export function medianToNear({ rolloutsToNear }: MotorSummary): number {
  return median(rolloutsToNear);
}
