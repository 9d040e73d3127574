import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import type { AgentEntry } from "../../../agents/index.ts";
import type { Saved, WrapperOptions } from "../../../src/index.ts";
import { wrapperOptions } from "../../environments/wrappers.ts";
import { show, systemCode, UserError } from "../../support/user-error.ts";

/** Of options that the schema of a run checks. */
const values = z.record(z.string(), z.unknown()).default({});
const configuration = z.object({
  commandLine: z.array(z.string()).default([]),
  seed: z.number(),
  environment: z.object({
    name: z.string(),
    sha256: z.string().optional(),
    options: z.record(z.string(), z.unknown()).default({}),
    wrappers: wrapperOptions.default({}),
  }),
  agent: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
  kernels: z.object({ name: z.string() }).nullable().default(null),
  training: values,
  evaluation: values.transform(({ episodes }) => (episodes === undefined ? {} : { episodes })),
  execution: values,
});
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
  const { environment, agent, kernels, ...rest } = readFile(folder, "config.json", configuration);
  return {
    folder,
    commandLine: rest.commandLine.slice(1),
    environmentName: environment.name,
    environmentOptions: environment.options,
    wrappers: environment.wrappers as WrapperOptions,
    sha256: environment.sha256,
    agentName: agent.name,
    agentOptions: agent.options,
    kernels: kernels?.name,
    seed: rest.seed,
    run: { seed: rest.seed, ...rest.training, ...rest.evaluation, ...rest.execution },
  };
}

/** The agent's options of a run, with defaults. @throws UserError where config.json breaks a rule. */
export function runOptionsOf(
  { folder, agentName, agentOptions }: BegunRun,
  { options }: AgentEntry,
): Record<string, unknown> {
  return parseConfigured({ folder, what: "agent.options", of: agentName }, options, agentOptions);
}

/** Where values stand in config.json, and what they are options of. */
interface Place {
  readonly folder: string;
  readonly what: string;
  readonly of: string;
}

/** Values of config.json by their schema. @throws UserError where one breaks a rule. */
export function parseConfigured<T extends z.ZodObject>(
  { folder, what, of }: Place,
  schema: T,
  values: Readonly<Record<string, unknown>>,
): z.infer<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const file = path.join(folder, "config.json");
  const remedy = "correct the file, or train again";
  if (issue.code === "unrecognized_keys") {
    throw new UserError(
      `${file}: ${what} must be options of ${of}, got ${issue.keys.join(", ")}; ${remedy}`,
    );
  }
  const key = String(issue.path[0]);
  throw new UserError(
    `${file}: ${what}.${key} ${issue.message}, got ${show(values[key])}; ${remedy}`,
  );
}

function readFile<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = path.join(folder, name);
  const refuse = (why: string, cause: unknown): UserError =>
    new UserError(
      `a run's folder must hold the ${name} of natgrad train --out, got ${file}, ${why}; train again, or name an environment`,
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(`which is not JSON (${error.message})`, error);
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw refuse(
      code === "ENOENT" ? "which does not exist" : `which cannot be read (${code})`,
      error,
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path: key, message }] = parsed.error.issues;
  throw refuse(`whose ${key.join(".")} is wrong (${message})`, parsed.error);
}
