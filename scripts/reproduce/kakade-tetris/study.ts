import { mean } from "../../../src/index.ts";
import type { ReproductionContext } from "../reproduction.ts";
import type { TetrisResult, TetrisTask } from "./learning-run.ts";
import {
  type BoardName,
  boardNames,
  boards,
  type MethodName,
  methodNames,
  methods,
  protocol,
} from "./protocol.ts";

/** How much is run. */
export interface StudyPlan {
  /** Seeds of the curves, none of them used for tuning. */
  readonly seeds: readonly number[];
  readonly tuningSeeds: readonly number[];
  readonly tuningIterations: number;
  readonly iterations: Readonly<Record<MethodName, number>>;
  /** Pieces of an iteration. */
  readonly pieces: Readonly<Record<BoardName, number>>;
  readonly games: number;
}

export function createPlan(seeds: number, quick: boolean): StudyPlan {
  const { natural, vanilla } = methods;
  return {
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    tuningSeeds: quick ? protocol.tuningSeeds.slice(0, 1) : protocol.tuningSeeds,
    tuningIterations: quick ? 3 : protocol.tuningIterations,
    iterations: quick
      ? { natural: 15, vanilla: 15 }
      : { natural: natural.iterations, vanilla: vanilla.iterations },
    pieces: quick
      ? { tall: 1000, low: 1000 }
      : { tall: boards.tall.pieces, low: boards.low.pieces },
    games: quick ? 5 : protocol.games,
  };
}

/** A method on a board. */
export type Arm = Pick<TetrisTask, "board" | "method">;

/** What a size came to on the tuning seeds. */
export interface TriedSize {
  readonly size: number;
  /** Mean points of the policies of the second half of the run, per seed. */
  readonly points: readonly number[];
}

/** The sizes tried for a method on a board, the one that did best, and its runs on fresh seeds. */
export interface ArmResult extends Arm {
  readonly size: number;
  readonly tried: readonly TriedSize[];
  readonly runs: readonly TetrisResult[];
}

const arms: readonly Arm[] = boardNames.flatMap((board) =>
  methodNames.map((method) => ({ board, method })),
);

/** Chooses the size of each method on each board on the tuning seeds, then runs it on fresh ones. */
export async function study(
  plan: StudyPlan,
  runAll: ReproductionContext["runAll"],
): Promise<ArmResult[]> {
  const url = new URL(`./learning-run${import.meta.url.slice(-3)}`, import.meta.url);
  const { games, pieces, tuningIterations, tuningSeeds } = plan;
  const tuning = arms.flatMap((arm) =>
    methods[arm.method].sizes.flatMap((size) =>
      tuningSeeds.map((seed): TetrisTask => ({
        ...arm,
        ...{ size, seed, games, iterations: tuningIterations, pieces: pieces[arm.board] },
      })),
    ),
  );
  const tuned = await runAll<TetrisResult>(url, tuning);
  const chosen = arms.map((arm) => {
    const tried = triedSizes(tuned.filter(({ task }) => isOf(task, arm)));
    return { ...arm, size: bestSize(tried), tried };
  });
  const tasks = chosen.flatMap(({ board, method, size }) =>
    plan.seeds.map((seed): TetrisTask => ({
      ...{ board, method, size, seed, games },
      ...{ iterations: plan.iterations[method], pieces: pieces[board] },
    })),
  );
  const results = await runAll<TetrisResult>(url, tasks);
  return chosen.map((arm) => ({ ...arm, runs: results.filter(({ task }) => isOf(task, arm)) }));
}

function isOf(task: TetrisTask, { board, method }: Arm): boolean {
  return task.board === board && task.method === method;
}

/** The tuning runs of one method on one board by size, in the order of the grid. */
function triedSizes(results: readonly TetrisResult[]): TriedSize[] {
  return [...new Set(results.map(({ task }) => task.size))].map((size) => ({
    size,
    points: results.filter(({ task }) => task.size === size).map(latePoints),
  }));
}

/** Mean points of the policies scored in the second half of a run. */
function latePoints({ task, scores }: TetrisResult): number {
  const late = scores.filter(({ iteration }) => 2 * iteration > task.iterations);
  return mean(late.map(({ points }) => points));
}

/** The size whose worse tuning seed has the most points; the first of equals. */
export function bestSize(tried: readonly TriedSize[]): number {
  const [best] = [...tried].sort((a, b) => Math.min(...b.points) - Math.min(...a.points));
  return best.size;
}
