import { isFolder } from "../train/read-run.ts";
import { show, UserError } from "../../support/user-error.ts";

export interface DiagnoseSettings {
  /** As it was named. */
  readonly folder: string;
  /** Updates at the end that get a line each; Infinity for all. */
  readonly last: number;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/** @throws UserError for the first thing that is wrong. */
export function readDiagnoseSettings(argv: Readonly<Record<string, unknown>>): DiagnoseSettings {
  const { run, all, force, json } = argv;
  if (!isFolder(run)) {
    const got = typeof run === "string" ? `${run}, which is none` : "none";
    throw new UserError(
      `diagnose needs the folder of a run, got ${got}; give one that natgrad train --out wrote, as in natgrad diagnose runs/first`,
    );
  }
  return {
    folder: run,
    last: all === true ? Infinity : lastOf(argv.last),
    out: requireFolder(argv.out),
    force: force === true,
    json: json === true,
  };
}

function lastOf(given: unknown): number {
  if (given === undefined) return 0;
  const count = Number(given);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UserError(
    `--last must be a positive integer, got ${show(given)}; give one, such as 20`,
  );
}

function requireFolder(given: unknown): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  throw new UserError("--out must name a folder, got no value; give one, such as runs/diagnosis");
}
