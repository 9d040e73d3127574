import type { Options } from "yargs";
import * as z from "zod";
import type { Environment } from "../../../src/index.ts";
import { findEnvironment, readEnvironmentOptions } from "../../environments/environment-source.ts";
import { readOptions, schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { count, runOptions } from "../train/options.ts";

const ownOptions = z.strictObject({
  steps: count(1e8).default(10_000).describe("random steps to look at"),
  seed: runOptions.shape.seed,
});

/** Every option of `natgrad check`. */
export function checkOptions(): Record<string, Options> {
  const own = schemaOptions(ownOptions).map((option): [string, Options] => [
    option.flag,
    yargsOption(option, "The check:"),
  ]);
  return {
    ...Object.fromEntries(own),
    json: { describe: "one JSON object", type: "boolean", group: "Output:" },
  };
}

export interface CheckSettings extends z.infer<typeof ownOptions> {
  /** As it was named. */
  readonly name: string;
  readonly environment: Environment;
}

/** @throws UserError for the first thing that is wrong. */
export async function readCheck(argv: Readonly<Record<string, unknown>>): Promise<CheckSettings> {
  const source = await findEnvironment(argv.env, "check", { unchecked: true });
  const own = ownOptions.parse(readOptions(schemaOptions(ownOptions), argv));
  const environment = source.create(readEnvironmentOptions(source, argv));
  return { ...own, name: String(argv.env), environment };
}
