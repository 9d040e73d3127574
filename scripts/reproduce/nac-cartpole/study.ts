import type { ReproductionContext } from "../reproduction.ts";
import {
  type Cell,
  exactMethods,
  type RunLimits,
  type RunResult,
  type RunTask,
  sampledMethods,
} from "./run.ts";
import { type CellSummary, summarise } from "./summary.ts";

/** Standard deviations of the noise; that of the model is the last. */
export const noises = [0, 1e-4, 1e-3] as const;

/** The relative gap that counts as the optimum. */
export const NEAR = 0.01;

/** What is run: without noise everything, with noise what learns without. */
export const cells: readonly Cell[] = [
  ...[...exactMethods, ...sampledMethods].map((method) => ({ method, noise: 0 })),
  ...noises
    .filter((noise) => noise > 0)
    .flatMap((noise) => (["nac", "enac-values"] as const).map((method) => ({ method, noise }))),
];

/** How much is run. */
export interface StudyPlan {
  /** Initial policies of the exact ascents, and of the natural actor-critic without noise. */
  readonly starts: number;
  readonly limits: RunLimits;
  readonly tuning: TuningPlan;
  /** The runs that are shown in full, which go on beyond the optimum. */
  readonly shown: { readonly seed: number; readonly limits: RunLimits };
}

export interface TuningPlan {
  /** α tried, from the largest on. */
  readonly grid: readonly number[];
  /** Initial policies, none of them used in the comparison. */
  readonly seeds: readonly number[];
  readonly limits: RunLimits;
}

export function createPlan(starts: number, quick: boolean): StudyPlan {
  const seeds = Array.from({ length: quick ? 2 : 8 }, (_, i) => 1001 + i);
  const grid = quick ? [100, 10, 1] : [300, 100, 30, 10, 3, 1, 0.3, 0.1];
  const limits = (minutes: number, updates: number, gap = NEAR): RunLimits => {
    return { minutes, updates, gap };
  };
  return {
    starts,
    limits: quick ? limits(2, 200) : limits(30, 3000),
    tuning: { grid, seeds, limits: quick ? limits(1, 50) : limits(10, 500) },
    shown: { seed: 1, limits: quick ? limits(5, 200, 0) : limits(60, 4000, 0) },
  };
}

/** Initial policies of a cell: fewer where runs are long. */
export function startsOf({ starts }: StudyPlan, { method, noise }: Cell): number {
  if (method === "natural" || method === "vanilla") return starts;
  if (method === "nac") return noise === 0 ? starts : Math.ceil(starts / 5);
  return Math.ceil(starts / (method === "enac-values" ? 10 : 20));
}

/** What came of it. */
export interface Study {
  readonly summaries: readonly CellSummary[];
  /** Runs from one initial policy, without noise. */
  readonly shown: { readonly nac: RunResult; readonly vanilla: RunResult };
}

/** Chooses every α on the tuning seeds, then runs everything on fresh ones. */
export async function study(
  plan: StudyPlan,
  runAll: ReproductionContext["runAll"],
): Promise<Study> {
  const url = new URL(`./run${import.meta.url.slice(-3)}`, import.meta.url);
  const run: RunTasks = (tasks) => runAll<RunResult>(url, tasks);
  const tuned = await tune(plan, run);
  const shown = (["nac", "vanilla"] as const).map((method): RunTask => {
    return { method, noise: 0, stepSize: stepSizeOf(tuned, method), ...plan.shown };
  });
  const tasks = tuned.flatMap((cell) =>
    Array.from({ length: startsOf(plan, cell) }, (_, i): RunTask => {
      return { ...cell, seed: i + 1, limits: plan.limits };
    }),
  );
  const [nac, vanilla, ...runs] = await run([...shown, ...tasks]);
  return { summaries: summarise(runs), shown: { nac, vanilla } };
}

type RunTasks = (tasks: readonly RunTask[]) => Promise<RunResult[]>;
type TunedCell = Cell & Pick<RunTask, "stepSize">;

/** The largest α at which no tuning run came to an unstable policy; where there is none, the least that was tried. */
async function tune({ tuning }: StudyPlan, run: RunTasks): Promise<TunedCell[]> {
  const { grid, seeds, limits } = tuning;
  const sizes = new Map<Cell, number>();
  for (const stepSize of grid) {
    const left = cells.filter((cell) => !sizes.has(cell));
    const results = await run(
      left.flatMap((cell) => seeds.map((seed): RunTask => ({ ...cell, stepSize, seed, limits }))),
    );
    left.forEach((cell, c) => {
      const own = results.slice(c * seeds.length, (c + 1) * seeds.length);
      if (own.every(({ gaps }) => !gaps.includes(Infinity))) sizes.set(cell, stepSize);
    });
  }
  return cells.map((cell) => ({ ...cell, stepSize: sizes.get(cell) ?? Math.min(...grid) }));
}

function stepSizeOf(tuned: readonly TunedCell[], method: Cell["method"]): number {
  const found = tuned.find((cell) => cell.method === method && cell.noise === 0);
  return found?.stepSize ?? NaN;
}
