import type { Options } from "yargs";
import * as z from "zod";
import { type Environment, withWrappers, type WrapperOptions } from "../../src/index.ts";
import { readOptions, schemaOptions, yargsOption } from "../support/schema-options.ts";
import { blamingInput } from "../support/user-error.ts";

const steps = "must be a positive integer";
const factor = "must be a positive number";
const probability = "must lie in [0, 1]";

/** What an environment may be wrapped in from a command line, each left out unless given. */
export const wrapperOptions = z.strictObject({
  timeLimit: z
    .number({ error: steps })
    .int(steps)
    .gte(1, steps)
    .optional()
    .describe("steps after which an episode is cut off, in place of the environment's own horizon"),
  sticky: z
    .number({ error: probability })
    .gte(0, probability)
    .lte(1, probability)
    .optional()
    .describe("probability that a step repeats the action before, whatever the agent chose"),
  rewardScale: z
    .number({ error: factor })
    .gt(0, factor)
    .optional()
    .describe("what rewards are multiplied by, also in everything that is reported"),
  squash: z
    .boolean({ error: "must be true or false" })
    .optional()
    .describe("let tanh squash actions into their box, which then clips none"),
});

/** The flags of the wrappers. */
export function wrapperFlags(): Record<string, Options> {
  const flags = schemaOptions(wrapperOptions);
  return Object.fromEntries(
    flags.map((option) => [option.flag, yargsOption(option, "The environment, wrapped:")]),
  );
}

/** The wrappers that `argv` gives. @throws UserError for a bad one. */
export function readWrappers(argv: Readonly<Record<string, unknown>>): WrapperOptions {
  return readOptions(schemaOptions(wrapperOptions), argv);
}

/** The wrapped environment, or itself where nothing is asked for. @throws UserError where one does not fit. */
export function wrapEnvironment(environment: Environment, wrappers: WrapperOptions): Environment {
  return blamingInput(() => withWrappers(environment, wrappers));
}
