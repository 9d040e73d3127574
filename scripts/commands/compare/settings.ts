import type { Options } from "yargs";
import * as z from "zod";
import { readOptions, schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { UserError } from "../../support/user-error.ts";
import { count, runOptions } from "../train/options.ts";
import { numberPerTask, type PerTask, rangePerTask } from "./per-task.ts";

const share = "must lie in [0, 1]";

/** What a comparison can be told besides what is given by task. */
const ownOptions = z.strictObject({
  column: z
    .string({ error: "must name a column" })
    .min(1, "must name a column")
    .default("meanReturn")
    .describe("column of progress.csv that is compared"),
  lowerIsBetter: z
    .boolean()
    .optional()
    .describe("whether less of it is better; known of gap and relativeGap"),
  steps: count().optional().describe("environment steps that are compared"),
  last: z
    .number({ error: share })
    .gte(0, share)
    .lte(1, share)
    .default(0.1)
    .describe("share of these steps at their end whose records a run's score is the mean of"),
  resamples: count(100_000, 100).default(2000).describe("resamples of each bootstrap interval"),
  seed: runOptions.shape.seed.describe("the random seed of the resamples"),
});

const group = "The comparison:";

export function compareOptions(): Record<string, Options> {
  const defaults: Record<string, string> = { steps: "those that all runs of a task have" };
  const own = schemaOptions(ownOptions).map((option): [string, Options] => [
    option.flag,
    yargsOption(option, group, defaults[option.flag]),
  ]);
  return {
    ...Object.fromEntries(own),
    threshold: { describe: "value to reach, for the times; TASK=VALUE,… for several", group },
    scale: {
      describe: "LOW:HIGH that scores 0 and 1 stand for, such as -1000:-2; TASK=LOW:HIGH,…",
      group,
    },
    range: { describe: "LOW:HIGH of the vertical axis of the curves; TASK=LOW:HIGH,…", group },
    out: { describe: "a new folder for the figures, the page and compare.json", group: "Output:" },
    force: {
      describe: "overwrite an earlier comparison in --out",
      type: "boolean",
      group: "Output:",
    },
    json: { describe: "one JSON object with every digit", type: "boolean", group: "Output:" },
  };
}

/** A comparison with every default filled in. */
export interface CompareSettings {
  readonly folders: readonly string[];
  readonly column: string;
  readonly lowerIsBetter: boolean;
  /** Steps asked for; by default those of the shortest run of a task. */
  readonly steps: number | undefined;
  readonly last: number;
  readonly resamples: number;
  readonly seed: number;
  readonly threshold: PerTask<number>;
  readonly scale: PerTask<readonly [number, number]>;
  readonly range: PerTask<readonly [number, number]>;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/** Columns of which less is better. */
const shortfalls = ["gap", "relativeGap"];

/** @throws UserError for the first thing that is wrong with the arguments themselves. */
export function readCompareSettings(argv: Readonly<Record<string, unknown>>): CompareSettings {
  const folders = Array.isArray(argv.runs) ? argv.runs.map(String) : [];
  if (folders.length === 0) {
    throw new UserError(
      "compare needs folders of runs, got none; give those of natgrad train --out, as in natgrad compare runs/*",
    );
  }
  const own = ownOptions.parse(readOptions(schemaOptions(ownOptions), argv));
  return {
    folders,
    column: own.column,
    lowerIsBetter: own.lowerIsBetter ?? shortfalls.includes(own.column),
    steps: own.steps,
    ...{ last: own.last, resamples: own.resamples, seed: own.seed },
    threshold: numberPerTask("threshold", argv.threshold),
    scale: rangePerTask("scale", argv.scale),
    range: rangePerTask("range", argv.range, { ascending: true }),
    out: requireFolder(argv.out),
    force: argv.force === true,
    json: argv.json === true,
  };
}

function requireFolder(given: unknown): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  throw new UserError("--out must name a folder, got no value; give one, such as runs/comparison");
}
