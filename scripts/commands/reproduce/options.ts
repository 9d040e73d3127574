import type { Options } from "yargs";
import * as z from "zod";
import { reproductions, type ReproductionEntry } from "../../reproduce/index.ts";
import { unknownName } from "../../support/nearest.ts";
import { readOptions, schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { UserError } from "../../support/user-error.ts";
import { defaultWorkers } from "../../support/worker-pool.ts";
import type { AllSettings } from "./all.ts";

const count = (least: number, most: number): z.ZodNumber => {
  const error = `must be an integer from ${least} to ${most}`;
  return z.number({ error }).int(error).gte(least, error).lte(most, error);
};

/** What a reproduction can be told. */
const settings = z.strictObject({
  seeds: count(2, 1000).optional().describe("paired seeds of the sampled part"),
  workers: count(1, 256).optional().describe("worker threads; the numbers do not depend on it"),
});

/** The name that stands for every reproduction. */
export const ALL = "all";

export interface ReproductionSettings {
  readonly entry: ReproductionEntry;
  readonly seeds: number;
  readonly workers: number;
  readonly quick: boolean;
  readonly out: string;
  readonly force: boolean;
}

export function reproduceOptions(): Record<string, Options> {
  const [seeds, workers] = schemaOptions(settings);
  return {
    seeds: yargsOption(seeds, "The run:", "of each experiment"),
    workers: yargsOption(workers, "The run:", "one a core"),
    quick: {
      describe: "only enough of it to see that it works: 2 seeds, few updates",
      type: "boolean",
      group: "The run:",
    },
    out: {
      describe: "the folder for the files",
      defaultDescription: "runs/NAME, and runs for all",
      group: "Output:",
    },
    force: { describe: "overwrite an earlier run in --out", type: "boolean", group: "Output:" },
    list: {
      describe: "list the experiments: source, run time, and what their runs in --out came to",
      type: "boolean",
      group: "Output:",
    },
  };
}

/** @throws UserError for the first thing that is wrong. */
export function readAll(argv: Readonly<Record<string, unknown>>): AllSettings {
  const { seeds, workers } = settings.parse(readOptions(schemaOptions(settings), argv));
  if (seeds !== undefined) {
    throw new UserError(
      `--seeds must be left to each experiment with reproduce ${ALL}, got ${seeds}; give it with a name`,
    );
  }
  return {
    workers: workers ?? defaultWorkers(),
    quick: argv.quick === true,
    out: requireFolder(argv.out) ?? "runs",
    force: argv.force === true,
  };
}

/** @throws UserError for the first thing that is wrong. */
export function readReproduction(argv: Readonly<Record<string, unknown>>): ReproductionSettings {
  const entry = requireReproduction(argv.name);
  const quick = argv.quick === true;
  const { seeds, workers } = settings.parse(readOptions(schemaOptions(settings), argv));
  return {
    entry,
    seeds: seedsOf(entry, seeds, quick),
    workers: workers ?? defaultWorkers(),
    quick,
    out: requireFolder(argv.out) ?? `runs/${entry.name}`,
    force: argv.force === true,
  };
}

function seedsOf(
  { name, seeds }: ReproductionEntry,
  given: number | undefined,
  quick: boolean,
): number {
  if (seeds !== undefined) return given ?? (quick ? 2 : seeds);
  if (given === undefined) return 0;
  throw new UserError(
    `--seeds must be left out with ${name}, which has no paired seeds, got ${given}`,
  );
}

function requireReproduction(given: unknown): ReproductionEntry {
  const known = reproductions.map(({ name }) => name);
  if (typeof given !== "string") {
    throw new UserError(
      `reproduce needs an experiment, got none; give ${ALL} or one of ${known.join(", ")}, as in natgrad reproduce ${known[0]}`,
    );
  }
  const entry = reproductions.find(({ name }) => name === given);
  if (entry !== undefined) return entry;
  throw unknownName(
    "reproduction",
    given,
    [...known, ALL],
    `natgrad reproduce --list shows all: ${known.join(", ")}`,
  );
}

export function requireFolder(given: unknown): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  throw new UserError("--out must name a folder, got no value; give one, such as runs/first");
}
