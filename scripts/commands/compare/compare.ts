import { createRandom } from "../../../src/index.ts";
import { UserError } from "../../support/user-error.ts";
import { findRuns } from "./find-runs.ts";
import { differing, methodOptions, type Place, placeRuns } from "./methods.ts";
import { notesOn } from "./notes.ts";
import { compareOverall, type Overall } from "./overall.ts";
import { readColumn, type RecordedRun, readRecordedRun } from "./recorded-run.ts";
import type { CompareSettings } from "./settings.ts";
import { compareOnTask, type PlacedRun, type TaskComparison } from "./task.ts";

/** Runs of several methods, side by side. */
export interface Comparison extends Overall {
  readonly column: string;
  readonly lowerIsBetter: boolean;
  readonly last: number;
  readonly resamples: number;
  readonly seed: number;
  readonly tasks: readonly TaskComparison[];
  /** The names of the methods, in the order of all tables. */
  readonly methods: readonly string[];
  /** Options in which methods differ, by task and method. */
  readonly settings: readonly MethodSettings[];
  readonly runs: readonly (Place & { readonly folder: string; readonly seed: number })[];
  /** What a reader must know of the runs, in sentences. */
  readonly notes: readonly string[];
}

/** The options of a method on a task that are not the same for all methods there. */
export interface MethodSettings extends Place {
  readonly options: Readonly<Record<string, unknown>>;
}

/** Reads the runs and compares them. @throws UserError for runs that cannot be compared. */
export function compareRuns(settings: CompareSettings): Comparison {
  const recorded = findRuns(settings.folders).map(readRecordedRun);
  const curves = readColumn(recorded, settings.column);
  const places = placeRuns(recorded);
  const runs = recorded.map(({ folder, seed }, i): PlacedRun => ({
    folder,
    seed,
    ...places[i],
    curve: curves[i],
  }));
  const tasks = [...new Set(places.map(({ task }) => task))];
  const methods = orderOf(places.map(({ method }) => method));
  const random = createRandom(settings.seed);
  const compared = tasks.map((task) =>
    compareOnTask(task, { runs, tasks, methods }, settings, random),
  );
  requireScales(compared, settings.lowerIsBetter);
  const overall = compareOverall({ tasks: compared, methods, settings, random });
  const { column, lowerIsBetter, last, resamples, seed } = settings;
  const comparison = { ...{ column, lowerIsBetter, last, resamples, seed }, ...overall };
  return {
    ...comparison,
    ...{ tasks: compared, methods },
    settings: settingsOf(recorded, places),
    runs: recorded.map(({ folder, seed: own }, i) => ({ ...places[i], folder, seed: own })),
    notes: notesOn(recorded, compared, { methods, pairs: overall.pairs }),
  };
}

/** Names with the same words beside each other, numbers in them by size. */
function orderOf(names: readonly string[]): string[] {
  const distinct = [...new Set(names)];
  const agents = [...new Set(distinct.map((name) => name.split(" ")[0]))];
  const parts = (name: string): string[] => name.split(/(-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/);
  const compare = (a: string, b: string): number => {
    const [first, second] = [parts(a), parts(b)];
    const at = first.findIndex((part, i) => part !== second[i]);
    const [x, y] = [first[at] ?? "", second[at] ?? ""];
    return at % 2 === 1 ? Number(x) - Number(y) : x < y ? -1 : 1;
  };
  return agents.flatMap((agent) =>
    distinct.filter((name) => name.split(" ")[0] === agent).sort(compare),
  );
}

/** Refuses a scale for some tasks only, and one on which 1 would be worse than 0. */
function requireScales(tasks: readonly TaskComparison[], lowerIsBetter: boolean): void {
  const lacking = tasks.find(({ scale }) => scale === undefined);
  if (lacking !== undefined && tasks.some(({ scale }) => scale !== undefined)) {
    throw new UserError(
      `--scale must be given for every task, got none for ${lacking.task}; add ${lacking.task}=LOW:HIGH`,
    );
  }
  for (const { scale, task } of tasks) {
    if (scale === undefined || scale[0] > scale[1] === lowerIsBetter) continue;
    const [low, high] = scale;
    throw new UserError(
      `--scale must go from worse to better, got ${low}:${high} for ${task}, where ${lowerIsBetter ? "less" : "more"} is better; give ${high}:${low}`,
    );
  }
}

function settingsOf(runs: readonly RecordedRun[], places: readonly Place[]): MethodSettings[] {
  const seen = new Set<string>();
  return runs.flatMap((run, i) => {
    const { task, method } = places[i];
    const key = JSON.stringify([task, method]);
    if (seen.has(key)) return [];
    seen.add(key);
    const there = runs.filter((_, j) => places[j].task === task).map(methodOptions);
    const telling = differing(there);
    const options = Object.entries(methodOptions(run)).filter(([name]) => telling.includes(name));
    return [{ task, method, options: Object.fromEntries(options) }];
  });
}
