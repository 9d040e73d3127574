import * as path from "node:path";
import * as z from "zod";
import { agents } from "../../agents/index.ts";
import type { WrapperOptions } from "../../src/index.ts";
import { isFileName } from "../environments/environment-file.ts";
import { readJsonFile } from "../support/read-json.ts";
import { UserError } from "../support/user-error.ts";
import { check, refused } from "./check.ts";
import {
  agentSection,
  anyAgentOptions,
  configurationSchema,
  environmentSection,
} from "./configuration.ts";

type Values = Readonly<Record<string, unknown>>;

/** What a file says; what it leaves out is left out. */
export interface Configuration {
  /** As it was named. */
  readonly file: string;
  readonly preset?: string;
  /** A path is absolute. */
  readonly environmentName?: string;
  /** Unchecked, as only the environment knows them: for `optionsIn`. */
  readonly environmentOptions: Values;
  readonly wrappers: WrapperOptions;
  readonly sha256?: string;
  readonly agentName?: string;
  /** Checked against all agents alike where none is named. */
  readonly agentOptions: Values;
  /** Options of the run, the seed among them. */
  readonly run: Values;
  readonly commandLine: readonly string[];
  readonly kernels?: string;
}

const text = z.string({ error: "must be text" }).optional();
const anything = z.record(z.string(), z.unknown(), { error: "must be an object" });

/** Every key that there is, for who looks for the place of one. */
const allKeys = configurationSchema(
  environmentSection(text, anything),
  agentSection(text, anyAgentOptions),
);

/** The configuration in a JSON file. @throws UserError for the first thing that is wrong in it. */
export function readConfiguration(file: string): Configuration {
  const refuse = (why: string, cause: unknown): UserError =>
    new UserError(`--config must be a JSON file, got ${file}, ${why}; check it`, { cause });
  return configurationFrom(file, readJsonFile(file, refuse));
}

/** The configuration in a parsed file. @throws UserError for the first thing that is wrong in it. */
export function configurationFrom(file: string, value: unknown): Configuration {
  const named = agentNamedIn(file, value);
  const options = named === undefined ? anyAgentOptions : agents[named].options;
  const schema = configurationSchema(
    environmentSection(text, anything),
    agentSection(text, options),
  );
  check(schema, value, { file, keys: [] }, allKeys);
  const { preset, seed, environment = {}, agent = {}, ...rest } = value as Checked;
  const { training, execution, commandLine = [], kernels } = rest;
  const { episodes } = rest.evaluation ?? {};
  const evaluated = episodes === undefined ? {} : { episodes };
  return {
    file,
    ...(preset !== undefined && { preset }),
    ...(environment.name !== undefined && { environmentName: located(environment.name, file) }),
    environmentOptions: environment.options ?? {},
    wrappers: environment.wrappers ?? {},
    ...(environment.sha256 !== undefined && { sha256: environment.sha256 }),
    ...(agent.name !== undefined && { agentName: agent.name }),
    agentOptions: agent.options ?? {},
    run: { ...(seed !== undefined && { seed }), ...training, ...evaluated, ...execution },
    commandLine,
    ...(kernels && { kernels: kernels.name }),
  };
}

/** What the schema lets through. */
interface Checked {
  readonly preset?: string;
  readonly seed?: number;
  readonly environment?: {
    readonly name?: string;
    readonly options?: Values;
    readonly wrappers?: WrapperOptions;
    readonly sha256?: string;
  };
  readonly agent?: { readonly name?: string; readonly options?: Values };
  readonly training?: Values;
  readonly evaluation?: Values;
  readonly execution?: Values;
  readonly commandLine?: readonly string[];
  readonly kernels?: { readonly name: string } | null;
}

/** Options of a section by the schema of what it names. @throws UserError where one breaks a rule. */
export function optionsIn(
  { file }: Pick<Configuration, "file">,
  section: "environment" | "agent",
  schema: z.ZodObject | undefined,
  values: Values,
): Values {
  check(schema ?? z.strictObject({}), values, { file, keys: [section, "options"] });
  return values;
}

/** The agent that a file names, looked at before the rest, which depends on it. */
function agentNamedIn(file: string, value: unknown): string | undefined {
  const { agent } = (value ?? {}) as { readonly agent?: { readonly name?: unknown } | null };
  const name = agent?.name;
  if (typeof name !== "string") return undefined;
  if (Object.hasOwn(agents, name)) return name;
  throw refused({ file, keys: ["agent", "name"] }, "must name an agent", name, Object.keys(agents));
}

/** A path in a file is relative to the file's folder. */
function located(name: string, file: string): string {
  if (!isFileName(name)) return name;
  const [module, ...exported] = name.split("#");
  return [path.resolve(path.dirname(file), module), ...exported].join("#");
}
