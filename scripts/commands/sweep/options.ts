import type { Options } from "yargs";
import * as z from "zod";
import { schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { count, runOptions, trainingOptions } from "../train/options.ts";

/** What a sweep can be told besides its grid and the options of its runs. */
export const ownOptions = z.strictObject({
  seeds: count(10_000).default(10).describe("seeds of each combination, the same ones for all"),
  seed: runOptions.shape.seed.describe("the first seed; the others follow it"),
  workers: count(256).optional().describe("runs at once; no number depends on them"),
});

/** Options of a run that are the same for all runs of a sweep, or that the sweep gives itself. */
const shared = ["steps", "seed", "workers", "checkpoint-every", "episodes", "out", "force", "json"];

/** What starts the name of an option with its values. */
export const GRID = "grid.";

/** The options of `natgrad sweep`, `own` being those of the environment; a grid's are not listed one by one. */
export function sweepOptions(own: Readonly<Record<string, Options>>): Record<string, Options> {
  const { force, ...training } = trainingOptions();
  const each = { ...own, ...training };
  const sweep = schemaOptions(ownOptions).map((option): [string, Options] => [
    option.flag,
    yargsOption(option, "The sweep:", option.flag === "workers" ? "one a core" : undefined),
  ]);
  const grid = Object.keys({ ...each, force })
    .filter((flag) => !shared.includes(flag))
    .map((flag): [string, Options] => [`${GRID}${flag}`, { hidden: true }]);
  return {
    ...each,
    ...Object.fromEntries(sweep),
    "grid.NAME": { describe: "values of --NAME, as in --grid.kl 0.01,0.03", group: "The sweep:" },
    ...Object.fromEntries(grid),
    out: { describe: "the folder of the sweep, new or to go on with", group: "Output:" },
    json: { describe: "one JSON object at the end", type: "boolean", group: "Output:" },
  };
}
