import * as fs from "node:fs";
import * as path from "node:path";
import { readCompareSettings } from "../../../scripts/commands/compare/settings.ts";
import { type Comparison, compareRuns } from "../../../scripts/commands/compare/compare.ts";

/** A run to write: its configuration where it is not the usual one, and its records. */
export interface WrittenRun {
  readonly seed?: number;
  readonly environment?: object;
  readonly agent?: object;
  readonly training?: object;
  readonly natgrad?: string;
  /** Lines of progress.csv after its header. */
  readonly rows?: readonly (readonly (string | number)[])[];
  readonly header?: readonly string[];
}

/** Writes the folder of a run as `natgrad train --out` does, as far as comparisons read it. */
export function writeRun(
  parent: string,
  name: string,
  { seed = 1, natgrad = "0.1.0", header = ["update", "steps", "meanReturn"], ...run }: WrittenRun,
): string {
  const folder = path.join(parent, name);
  fs.mkdirSync(folder, { recursive: true });
  const config = {
    seed,
    versions: { natgrad },
    environment: { name: "lqr", options: { horizon: 50 }, ...run.environment },
    agent: { name: "trpo", options: { kl: 0.01, hidden: [] }, ...run.agent },
    training: { steps: 1, stepsPerUpdate: 100, environments: 1, ...run.training },
  };
  fs.writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
  const { rows = [[1, 100, 0]] } = run;
  const lines = [header, ...rows].map((row) => `${row.join(",")}\r\n`);
  fs.writeFileSync(path.join(folder, "progress.csv"), lines.join(""));
  return folder;
}

/** Records every `every` steps. */
export function curve(values: readonly (number | string)[], every = 100): (number | string)[][] {
  return values.map((value, i) => [i + 1, (i + 1) * every, value]);
}

/** Compares folders as the command line would. */
export function compare(
  folders: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): Comparison {
  return compareRuns(readCompareSettings({ runs: folders, resamples: "200", ...options }));
}
