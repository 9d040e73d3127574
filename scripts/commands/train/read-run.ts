import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import type { AgentEntry } from "../../../agents/index.ts";
import type { Saved, WrapperOptions } from "../../../src/index.ts";
import { configurationFrom, optionsIn } from "../../configuration/read-configuration.ts";
import { readJsonFile } from "../../support/read-json.ts";
import { UserError } from "../../support/user-error.ts";

const finalPolicy = z.object({
  update: z.number(),
  steps: z.number(),
  theta: z.array(z.number()),
  observations: z
    .object({ count: z.number(), mean: z.array(z.number()), squares: z.array(z.number()) })
    .optional(),
});

/** What a run was to be. */
export interface BegunRun {
  /** The arguments that began it. */
  readonly commandLine: readonly string[];
  /** As it was named. */
  readonly folder: string;
  readonly environmentName: string;
  readonly environmentOptions: Readonly<Record<string, unknown>>;
  readonly wrappers: WrapperOptions;
  /** Of the environment's file, where it is one. */
  readonly sha256: string | undefined;
  readonly agentName: string;
  readonly agentOptions: Readonly<Record<string, unknown>>;
  /** What computed the networks, where there were any. */
  readonly kernels: string | undefined;
  readonly seed: number;
  readonly preset?: string;
  /** The options of the run itself. */
  readonly run: Readonly<Record<string, unknown>>;
}

/** What a finished run was, and the policy that it ended with. */
export interface FinishedRun extends BegunRun {
  /** Updates that the run took. */
  readonly update: number;
  /** Environment steps that it took. */
  readonly steps: number;
  readonly theta: readonly number[];
  /** Statistics of the observations, where the policy normalises them. */
  readonly observations?: Saved;
}

/** Whether a name is that of a folder, and so of a run instead of an environment. */
export function isFolder(name: unknown): name is string {
  return (
    typeof name === "string" &&
    (fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false)
  );
}

/** The run in a folder that `natgrad train --out` wrote. @throws UserError when it holds no finished run. */
export function readRun(folder: string): FinishedRun {
  const begun = readConfiguration(folder);
  const { update, steps, theta, observations } = readFile(folder, "policy.json", finalPolicy);
  return { ...begun, update, steps, theta, ...(observations && { observations }) };
}

/** The configuration of a run, finished or not. @throws UserError when the folder holds none. */
export function readConfiguration(folder: string): BegunRun {
  const file = path.join(folder, "config.json");
  const value = readJsonFile(file, (why, cause) => refusal("config.json", file, why, cause));
  const read = configurationFrom(file, value);
  const { environmentName, agentName, run, preset } = read;
  const missing = (key: string): UserError =>
    refusal("config.json", file, `whose ${key} is missing`, undefined);
  if (environmentName === undefined) throw missing("environment.name");
  if (agentName === undefined) throw missing("agent.name");
  if (typeof run.seed !== "number") throw missing("seed");
  return {
    folder,
    commandLine: read.commandLine.slice(1),
    ...{ environmentName, agentName, run, seed: run.seed },
    environmentOptions: read.environmentOptions,
    wrappers: read.wrappers,
    sha256: read.sha256,
    agentOptions: read.agentOptions,
    kernels: read.kernels,
    ...(preset !== undefined && { preset }),
  };
}

/** The agent's options of a run, with defaults. @throws UserError where config.json breaks a rule. */
export function runOptionsOf(
  { folder, agentOptions }: BegunRun,
  { options }: AgentEntry,
): Record<string, unknown> {
  const file = path.join(folder, "config.json");
  return options.parse(optionsIn({ file }, "agent", options, agentOptions));
}

function refusal(name: string, file: string, why: string, cause: unknown): UserError {
  return new UserError(
    `a run's folder must hold the ${name} of natgrad train --out, got ${file}, ${why}; train again, or name an environment`,
    { cause },
  );
}

function readFile<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = path.join(folder, name);
  const value = readJsonFile(file, (why, cause) => refusal(name, file, why, cause));
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path: key, message }] = parsed.error.issues;
  throw refusal(name, file, `whose ${key.join(".")} is wrong (${message})`, parsed.error);
}
