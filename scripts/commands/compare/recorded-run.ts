import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { readCsv, type CsvTable } from "../../support/read-csv.ts";
import { listed } from "../../support/listed.ts";
import { unknownName } from "../../support/nearest.ts";
import { show, systemCode, UserError } from "../../support/user-error.ts";

const values = z.record(z.string(), z.unknown());
const named = z.object({
  name: z.string(),
  options: values.default({}),
});
const configuration = z.object({
  seed: z.number(),
  environment: named.extend({
    /** What is put around the environment. */
    wrappers: values.default({}),
    /** Of the file that it is from. */
    sha256: z.string().optional(),
  }),
  agent: named,
  training: z.object({ stepsPerUpdate: z.number(), environments: z.number() }),
  versions: z.object({ natgrad: z.string() }),
});

/** What a run was, from its `config.json`. */
export type RecordedConfig = z.infer<typeof configuration>;

/** A run as its folder tells it: what it was, and its records. */
export interface RecordedRun extends RecordedConfig {
  /** As it was named. */
  readonly folder: string;
  readonly records: CsvTable;
}

/** One column of a run over environment steps, the records without a number left out. */
export interface RecordedCurve {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

const remedy = "correct it, or leave the run out";

/** Reads `config.json`. @throws UserError where it is not that of a run. */
export function readRecordedConfig(folder: string): RecordedConfig {
  const config = path.join(folder, "config.json");
  const parsed = configuration.safeParse(parseJson(config));
  if (parsed.success) return parsed.data;
  const [{ path: key, message }] = parsed.error.issues;
  throw new UserError(
    `config.json must be that of natgrad train --out, got ${config}, whose ${key.join(".")} is wrong (${message}); ${remedy}`,
  );
}

/** Reads `config.json` and `progress.csv`. @throws UserError where they are not those of a run. */
export function readRecordedRun(folder: string): RecordedRun {
  const config = readRecordedConfig(folder);
  const file = path.join(folder, "progress.csv");
  const records = parseTable(file);
  if (records.rows.length === 0 || !records.header.includes("steps")) {
    const lack = records.rows.length === 0 ? "no record" : "no column steps";
    throw new UserError(`a run must have records of its steps, got ${lack} in ${file}; ${remedy}`);
  }
  return { folder, ...config, records };
}

/**
 * A column of every run.
 *
 * @throws UserError where no run has it, only some do, or it does not hold numbers.
 */
export function readColumn(runs: readonly RecordedRun[], column: string): RecordedCurve[] {
  const lacking = runs.filter(({ records }) => !records.header.includes(column));
  if (lacking.length === runs.length) {
    const known = [...new Set(runs.flatMap(({ records }) => numericColumns(records)))];
    throw unknownName("column", column, known, `the columns are ${listed(known)}`);
  }
  if (lacking.length > 0) {
    const [{ folder }] = lacking;
    const more = lacking.length > 1 ? ` and ${lacking.length - 1} more` : "";
    throw new UserError(
      `--column ${column} must be in the records of every run, got none in those of ${folder}${more}; choose another column, or leave these runs out`,
    );
  }
  return runs.map((run) => curveOf(run, column));
}

function curveOf(
  { folder, records: { header, rows } }: RecordedRun,
  column: string,
): RecordedCurve {
  const [steps, values] = ["steps", column].map((name) => {
    const at = header.indexOf(name);
    return rows.map((row) => row[at]);
  });
  const odd = values.find((text) => !isNumber(text));
  if (odd !== undefined) {
    throw new UserError(
      `--column ${column} must hold numbers, got ${show(odd)} in ${path.join(folder, "progress.csv")}; choose another column`,
    );
  }
  const back = steps.findIndex((step, i) => !(Number(step) > Number(steps[i - 1] ?? 0)));
  if (back >= 0) {
    throw new UserError(
      `the steps of a run must be positive and rise from record to record, got ${show(steps[back])} in row ${back + 1} of ${path.join(folder, "progress.csv")}; ${remedy}`,
    );
  }
  const kept = values.flatMap((text, i) => (Number.isNaN(Number(text)) ? [] : [i]));
  if (kept.length === 0) {
    throw new UserError(
      `a run must have a number in the column ${column}, got none in ${folder}; leave the run out, or choose another column`,
    );
  }
  return { steps: kept.map((i) => Number(steps[i])), values: kept.map((i) => Number(values[i])) };
}

/** The columns that can be compared: those of numbers, but for the count of updates and steps. */
function numericColumns({ header, rows }: CsvTable): string[] {
  return header.filter(
    (name, at) => name !== "update" && name !== "steps" && rows.every((row) => isNumber(row[at])),
  );
}

function isNumber(text: string): boolean {
  return text === "NaN" || (text.trim() !== "" && !Number.isNaN(Number(text)));
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(`config.json must be JSON, got ${file} (${error.message}); ${remedy}`, {
      cause: error,
    });
  }
}

function parseTable(file: string): CsvTable {
  const text = readText(file);
  try {
    return readCsv(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`${file}: ${error.message}; ${remedy}`, { cause: error });
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const why = code === "ENOENT" ? "which does not exist" : `which cannot be read (${code})`;
    throw new UserError(
      `a run's folder must hold its ${path.basename(file)}, got ${file}, ${why}; leave the run out`,
      { cause: error },
    );
  }
}
