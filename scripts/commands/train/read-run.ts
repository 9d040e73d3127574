import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import type { AgentEntry } from "../../../agents/index.ts";
import type { Saved, WrapperOptions } from "../../../src/index.ts";
import { wrapperOptions } from "../../environments/wrappers.ts";
import { show, systemCode, UserError } from "../../support/user-error.ts";

const configuration = z.object({
  seed: z.number(),
  environment: z.object({
    name: z.string(),
    options: z.record(z.string(), z.unknown()).default({}),
    wrappers: wrapperOptions.default({}),
  }),
  agent: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
});
const finalPolicy = z.object({
  update: z.number(),
  steps: z.number(),
  theta: z.array(z.number()),
  observations: z
    .object({ count: z.number(), mean: z.array(z.number()), squares: z.array(z.number()) })
    .optional(),
});

/** What a finished run was, and the policy that it ended with. */
export interface FinishedRun {
  /** As it was named. */
  readonly folder: string;
  /** Updates that the run took. */
  readonly update: number;
  /** Environment steps that it took. */
  readonly steps: number;
  readonly environmentName: string;
  readonly environmentOptions: Readonly<Record<string, unknown>>;
  readonly wrappers: WrapperOptions;
  readonly agentName: string;
  readonly agentOptions: Readonly<Record<string, unknown>>;
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
  const { environment, agent } = readFile(folder, "config.json", configuration);
  const { update, steps, theta, observations } = readFile(folder, "policy.json", finalPolicy);
  return {
    folder,
    update,
    steps,
    environmentName: environment.name,
    environmentOptions: environment.options,
    wrappers: environment.wrappers as WrapperOptions,
    agentName: agent.name,
    agentOptions: agent.options,
    theta,
    ...(observations && { observations }),
  };
}

/** The agent's options of a run, with defaults. @throws UserError where config.json breaks a rule. */
export function runOptionsOf(
  { folder, agentName, agentOptions }: FinishedRun,
  { options }: AgentEntry,
): Record<string, unknown> {
  const parsed = options.safeParse(agentOptions);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const file = path.join(folder, "config.json");
  const remedy = "correct the file, or train again";
  if (issue.code === "unrecognized_keys") {
    throw new UserError(
      `${file}: agent.options must be options of ${agentName}, got ${issue.keys.join(", ")}; ${remedy}`,
    );
  }
  const key = String(issue.path[0]);
  throw new UserError(
    `${file}: agent.options.${key} ${issue.message}, got ${show(agentOptions[key])}; ${remedy}`,
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
