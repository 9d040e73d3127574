import * as fs from "node:fs";
import * as path from "node:path";
import { systemCode, UserError } from "../../support/user-error.ts";
import { readConfiguration } from "../train/read-run.ts";

/** The record of an update as progress.jsonl has it; numbers that are none are NaN. */
export type UpdateRecord = Readonly<Record<string, number | string | boolean>>;

/** The records of a run, and of its options those that a diagnosis needs. */
export interface DiagnosedRun {
  /** As it was named. */
  readonly folder: string;
  readonly environment: string;
  readonly agent: string;
  readonly agentOptions: Readonly<Record<string, unknown>>;
  readonly stepsPerUpdate: number;
  readonly records: readonly UpdateRecord[];
}

/** Reads config.json and progress.jsonl. @throws UserError where they are not those of a run. */
export function readDiagnosedRun(folder: string): DiagnosedRun {
  const { environmentName, agentName, agentOptions, run } = readConfiguration(folder);
  const file = path.join(folder, "progress.jsonl");
  const records = recordsOf(readText(file), file);
  if (records.length === 0) {
    throw new UserError(
      `diagnose needs a run with an update, got none in ${file}; wait for the first, or train again`,
    );
  }
  return {
    ...{ folder, environment: environmentName, agent: agentName, agentOptions },
    ...{ stepsPerUpdate: Number(run.stepsPerUpdate), records },
  };
}

/** The values of a column; NaN where a record has no number there. */
export function column(records: readonly UpdateRecord[], name: string): number[] {
  return records.map((record) => {
    const value = record[name];
    return typeof value === "number" ? value : NaN;
  });
}

/** A last line without its end is that of a writer that was stopped or is still at it. */
function recordsOf(text: string, file: string): UpdateRecord[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line, i) => {
      const refuse = (): UserError =>
        new UserError(`${file}: line ${i + 1} must be a JSON object, got another; train again`);
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        throw refuse();
      }
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse();
      return Object.fromEntries(
        Object.entries(value).map(([key, field]) => [key, numberOr(field)]),
      );
    });
}

/** Undoes how JSON says what it cannot: null for NaN, infinities as text. */
function numberOr(field: unknown): number | string | boolean {
  if (field === null) return NaN;
  if (typeof field === "string" && !/^-?Infinity$/.test(field)) return field;
  if (field === "Infinity") return Infinity;
  if (field === "-Infinity") return -Infinity;
  return typeof field === "number" || typeof field === "boolean" ? field : JSON.stringify(field);
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new UserError(
      `a run's folder must hold the progress.jsonl of natgrad train --out, got ${file} (${code}); train again`,
      { cause: error },
    );
  }
}
