import type { Options } from "yargs";
import * as z from "zod";
import { agents } from "../../../agents/index.ts";
import { presetOption } from "../../configuration/presets.ts";
import { wrapperFlags } from "../../environments/wrappers.ts";
import { listed } from "../../support/listed.ts";
import {
  type SchemaOption,
  schemaOptions,
  yargsOption,
  defaultText,
} from "../../support/schema-options.ts";

export const count = (most = Number.MAX_SAFE_INTEGER, least = 1): z.ZodNumber => {
  const error =
    most === Number.MAX_SAFE_INTEGER
      ? "must be a positive integer"
      : `must be an integer from ${least} to ${most}`;
  return z.number({ error }).int(error).gte(least, error).lte(most, error);
};
/** The most steps of an update, and copies of the environment, that fit the memory of Node. */
export const most = { stepsPerUpdate: 1_000_000, environments: 100_000 };

const seed = "must be an integer of at least 0";

/** What a run can be told, whatever the agent. */
export const runOptions = z.strictObject({
  steps: count().default(40_000).describe("environment steps in all, rounded up to whole updates"),
  stepsPerUpdate: count(most.stepsPerUpdate)
    .default(2000)
    .describe("N, environment steps of one update"),
  environments: count(most.environments)
    .default(1)
    .describe("copies of the environment side by side; must divide N"),
  workers: count(64)
    .default(1)
    .describe(
      "threads that share the environments and, of large batches, the updates, at best one a core; no number depends on them",
    ),
  checkpointEvery: count()
    .default(1)
    .describe(
      "updates from one checkpoint in --out to the next; a killed run goes on from the last",
    ),
  diagnostics: z
    .boolean()
    .optional()
    .describe("entropy, spread and noise of each update, for natgrad diagnose"),
  seed: z.number({ error: seed }).int(seed).gte(0, seed).default(1).describe("the random seed"),
  episodes: count(1e6).default(100).describe("episodes of the evaluation at the end"),
});

/** Every option of `natgrad train`: those of a run, then those of each agent, from its schema. */
export function trainingOptions(): Record<string, Options> {
  const run = schemaOptions(runOptions).map((option): [string, Options] => [
    option.flag,
    yargsOption(option, "The run:"),
  ]);
  return {
    agent: {
      describe: `the agent: ${Object.keys(agents).join(", ")}`,
      defaultDescription: "natural",
      group: "The run:",
    },
    ...Object.fromEntries(run),
    ...wrapperFlags(),
    config: {
      describe: "a JSON file of options, such as the config.json of a run; those given come first",
      group: "The run:",
    },
    preset: {
      describe: `${presetOption.description ?? ""} (${presetOption.options.join(", ")})`,
      group: "The run:",
    },
    out: { describe: "a new folder for the files of the run", group: "Output:" },
    force: { describe: "overwrite an earlier run in --out", type: "boolean", group: "Output:" },
    json: { describe: "JSON lines instead of a table", type: "boolean", group: "Output:" },
    ...agentOptions(),
  };
}

/** The options of all agents; those that the same agents share stand in one group. */
export function agentOptions(): Record<string, Options> {
  const users = new Map<string, { agent: string; option: SchemaOption }[]>();
  for (const [agent, { options }] of Object.entries(agents)) {
    for (const option of schemaOptions(options)) {
      users.set(option.flag, [...(users.get(option.flag) ?? []), { agent, option }]);
    }
  }
  const entries = [...users]
    .sort(([, a], [, b]) => a.length - b.length)
    .map(([flag, having]): [string, Options] => {
      const names = having.map(({ agent }) => agent);
      return [flag, yargsOption(having[0].option, groupOf(names), defaultsOf(having))];
    });
  return Object.fromEntries(entries);
}

function groupOf(names: readonly string[]): string {
  if (names.length === Object.keys(agents).length) return "Options of every agent:";
  return `Options of ${listed(names)}:`;
}

/** The default, with the agents' names where they differ. */
function defaultsOf(having: readonly { agent: string; option: SchemaOption }[]): string {
  const values = having.map(({ option }) => defaultText(option.defaultValue));
  if (new Set(values).size === 1) return values[0];
  return having.map(({ agent }, i) => `${values[i]} for ${agent}`).join(", ");
}
