import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { checkpointFolder, readLastCheckpoint, updatesIn } from "../../runs/checkpoint.ts";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { toJsonFile } from "../../support/json.ts";
import { UserError } from "../../support/user-error.ts";
import { versions } from "../../support/versions.ts";

const sweepFile = "sweep.json";
const given = z.union([z.string(), z.boolean()]);
const record = z.object({
  commandLine: z.array(z.string()).readonly(),
  environment: z.string(),
  options: z.record(z.string(), given),
  grid: z.record(z.string(), z.array(z.string()).readonly()),
  seeds: z.object({ first: z.number(), count: z.number() }),
});

/** What a sweep is, as sweep.json keeps it. */
export type SweepRecord = Readonly<z.infer<typeof record>>;

/** Whether a folder is that of a sweep. */
export function isSweep(folder: unknown): folder is string {
  return typeof folder === "string" && fs.existsSync(path.join(folder, sweepFile));
}

/** The sweep of a folder. @throws UserError where sweep.json cannot be read. */
export function readSweepRecord(folder: string): SweepRecord {
  const file = path.join(folder, sweepFile);
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const parsed = record.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path: key, message }] = parsed.error.issues;
  throw new UserError(
    `${file} must be that of natgrad sweep, got another (${key.join(".")}: ${message}); correct it, or choose another --out`,
    { cause: parsed.error },
  );
}

/**
 * Makes the folder of a sweep with sweep.json, or takes up the one that is there, which more values of
 * the same options and more seeds extend.
 *
 * @throws UserError where the folder holds another sweep or something else.
 */
export function openSweepFolder(out: string, sweep: SweepRecord): void {
  const isThere = isSweep(out);
  if (isThere) requireExtended(out, readSweepRecord(out), sweep);
  const folder = prepareOutputFolder(out, { force: isThere });
  const content = toJsonFile({ versions: versions(), ...sweep });
  writeFileAtomic(path.join(folder, sweepFile), content);
}

function requireExtended(out: string, before: SweepRecord, now: SweepRecord): void {
  const was = told(before);
  const is = told(now);
  const what = Object.keys({ ...was, ...is }).find((flag) => {
    const [then, came] = [was[flag] ?? [], is[flag] ?? []];
    const mayGrow = flag.startsWith("--grid.") && then.length > 0;
    return !then.every((value) => came.includes(value)) || (came.length > then.length && !mayGrow);
  });
  const { count } = before.seeds;
  if (what === undefined && count <= now.seeds.count) return;
  const [name, then, came] =
    what === undefined
      ? ["--seeds", count, now.seeds.count]
      : [what, was[what]?.join(" and ") ?? "unset", is[what]?.join(" and ") ?? "unset"];
  throw new UserError(
    `--out must be a new folder or that of this sweep, got ${out}, which holds one with ${name} ${then}, not ${came}; choose another, or give the options of that one, whose --grid values and --seeds may grow`,
  );
}

/** What a sweep was told, but for the number of seeds, by option. */
function told({
  environment,
  options,
  grid,
  seeds,
}: SweepRecord): Partial<Record<string, readonly string[]>> {
  const list = (values: readonly unknown[]): string[] => values.map(String);
  return {
    environment: [environment],
    ...Object.fromEntries(
      Object.entries(options).map(([flag, value]) => [`--${flag}`, list([value])]),
    ),
    ...Object.fromEntries(Object.entries(grid).map(([flag, values]) => [`--grid.${flag}`, values])),
    "--seed": list([seeds.first]),
  };
}

/** How far a run of a sweep is. */
export type RunState =
  | { readonly kind: "finished" }
  | { readonly kind: "begun"; readonly steps: number }
  | { readonly kind: "missing" };

/** A run is finished when it was evaluated; without a readable checkpoint it was not begun. */
export function stateOf(folder: string): RunState {
  if (fs.existsSync(path.join(folder, "evaluation.json"))) return { kind: "finished" };
  if (updatesIn(path.join(folder, checkpointFolder)).length === 0) return { kind: "missing" };
  try {
    return { kind: "begun", steps: readLastCheckpoint(folder).checkpoint.steps };
  } catch (error) {
    if (error instanceof UserError) return { kind: "missing" };
    throw error;
  }
}
