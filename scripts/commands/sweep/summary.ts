import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { createRandom, interquartileMean, mean, median } from "../../../src/index.ts";
import { type Estimate, estimate } from "../compare/statistics.ts";
import type { Failure } from "./run.ts";
import type { SweepRun, SweepSettings } from "./settings.ts";
import { stateOf } from "./sweep-folder.ts";

/** What a sweep came to. */
export interface SweepSummary {
  readonly combinations: readonly CombinationSummary[];
  readonly failures: readonly { readonly folder: string; readonly message: string }[];
  /** Folders for `natgrad compare`: those of the combinations, or of the finished runs where some failed. */
  readonly comparable: readonly string[];
}

/** The final policies of a combination: the mean undiscounted return of each run's evaluation. */
export interface CombinationSummary {
  readonly combination: string;
  readonly runs: number;
  readonly finished: number;
  /** Over the finished runs; left out where there are none. */
  readonly finalReturn?: FinalReturn;
}

export interface FinalReturn {
  readonly interquartileMean: Estimate;
  readonly mean: number;
  readonly median: number;
}

/** JSON has no NaN and no infinities: null and text stand for them. */
const value = z.union([z.number(), z.string().transform(Number), z.null().transform(() => NaN)]);
const evaluation = z.object({ undiscountedReturn: z.object({ mean: value }) });

export function summaryOf(
  { out, combinations, runs }: SweepSettings,
  failures: readonly Failure[],
): SweepSummary {
  const finished = runs.filter(({ folder }) => stateOf(folder).kind === "finished");
  return {
    combinations: combinations.map(({ name }) => {
      const own = (all: readonly SweepRun[]): SweepRun[] =>
        all.filter(({ combination }) => combination === name);
      const returns = own(finished).map(finalReturnOf);
      return {
        combination: name,
        runs: own(runs).length,
        finished: returns.length,
        ...(returns.length > 0 && { finalReturn: finalReturn(returns) }),
      };
    }),
    failures: failures.map(({ run: { folder }, message }) => ({ folder, message })),
    comparable: failures.length === 0 ? [out] : finished.map(({ folder }) => folder),
  };
}

/** Intervals are the 95 % percentile bootstrap over runs, always with the same resamples. */
function finalReturn(returns: readonly number[]): FinalReturn {
  return {
    interquartileMean: estimate([returns], interquartileMean, { random: createRandom(1) }),
    mean: mean(returns),
    median: median(returns),
  };
}

function finalReturnOf({ folder }: SweepRun): number {
  const text = fs.readFileSync(path.join(folder, "evaluation.json"), "utf8");
  return evaluation.parse(JSON.parse(text)).undiscountedReturn.mean;
}
