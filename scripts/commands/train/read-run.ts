import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { systemCode, UserError } from "../../support/user-error.ts";

const configuration = z.object({
  seed: z.number(),
  environment: z.object({ name: z.string() }),
  agent: z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
});
const finalPolicy = z.object({ theta: z.array(z.number()) });

/** What a finished run was, and the policy that it ended with. */
export interface FinishedRun {
  readonly environmentName: string;
  readonly agentName: string;
  readonly agentOptions: Readonly<Record<string, unknown>>;
  readonly theta: readonly number[];
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
  const { theta } = readFile(folder, "policy.json", finalPolicy);
  return {
    environmentName: environment.name,
    agentName: agent.name,
    agentOptions: agent.options,
    theta,
  };
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
