import * as z from "zod";
import { agents } from "../../agents/index.ts";
import { runOptions } from "../commands/train/options.ts";
import { wrapperOptions } from "../environments/wrappers.ts";
import { presetOption } from "./presets.ts";

/** What natgrad train notes in a run's config.json for readers, and does not read from a configuration. */
const noted = (what: string): z.ZodType =>
  z.unknown().optional().describe(`${what}, noted by natgrad train and not read`);

/** The section of the environment; `options` are those of the named one. */
export function environmentSection(name: z.ZodType, options: z.ZodType): z.ZodObject {
  return z.strictObject({
    name,
    options: options.optional().describe("options of the environment"),
    wrappers: wrapperOptions.optional().describe("what it is wrapped in"),
    horizon: noted("steps of an episode at most"),
    sha256: z
      .string({ error: "must be text" })
      .optional()
      .describe("of the environment's file, noted by natgrad train for natgrad resume"),
  });
}

/** The section of the agent; `options` are those of the named one. */
export function agentSection(name: z.ZodType, options: z.ZodType): z.ZodObject {
  return z.strictObject({
    name,
    options: options.optional().describe("options of the agent"),
  });
}

/** Options of whatever agent. */
export const anyAgentOptions = z.strictObject(
  Object.assign({}, ...Object.values(agents).map(({ options }) => options.shape)) as z.ZodRawShape,
);

/** The sections of the run, whose options are flags of `natgrad train` by themselves. */
export const runSections = {
  training: runOptions.pick({ steps: true, stepsPerUpdate: true, environments: true }),
  evaluation: runOptions.pick({ episodes: true }),
  execution: runOptions.pick({ workers: true, checkpointEvery: true, diagnostics: true }),
};

/**
 * All of a configuration: what `natgrad train --config` reads, what it writes as config.json and what
 * the published JSON Schema says, for the sections of an environment and an agent.
 *
 * Every key may be left out, for what the preset, the environment or the defaults say.
 */
export function configurationSchema(environment: z.ZodType, agent: z.ZodType): z.ZodObject {
  const { training, evaluation, execution } = runSections;
  return z.strictObject({
    $schema: z.string({ error: "must be text" }).optional().describe("the address of this schema"),
    preset: presetOption.optional(),
    seed: runOptions.shape.seed,
    environment: environment.optional(),
    agent: agent.optional(),
    training: training.optional().describe("steps and batches"),
    evaluation: evaluation
      .extend({ deterministic: noted("that the mode is evaluated") })
      .optional()
      .describe("the evaluation at the end"),
    execution: execution.optional().describe("how it is carried out; no result depends on it"),
    commandLine: z
      .array(z.string({ error: "must be texts" }), { error: "must be texts" })
      .optional()
      .describe("the arguments of the run, noted by natgrad train for natgrad resume"),
    versions: noted("of natgrad and Node"),
    kernels: z
      .looseObject({ name: z.string({ error: "must be text" }) }, { error: "must be an object" })
      .nullable()
      .optional()
      .describe("what computed the networks, noted by natgrad train for natgrad resume"),
  });
}
