import type { Options } from "yargs";
import type * as z from "zod";
import { environments } from "../../envs/index.ts";
import type { Environment, EnvironmentRecipe, Reference } from "../../src/index.ts";
import { unknownName } from "../support/nearest.ts";
import {
  readOptions,
  type SchemaOption,
  schemaOptions,
  yargsOption,
} from "../support/schema-options.ts";
import { blamingInput, UserError } from "../support/user-error.ts";
import { isFileName, loadEnvironmentFile } from "./environment-file.ts";

/** An environment that a command line names: one of natgrad's own, or one in a user's file. */
export interface EnvironmentSource {
  /** The name in the registry, or the path of the file and, after #, the name of its export. */
  readonly name: string;
  /** Rules, defaults and descriptions of its options. */
  readonly options?: z.ZodObject;
  /** Agent options that suit it. */
  readonly suggests?: Readonly<Record<string, unknown>>;
  readonly create: (options: Readonly<Record<string, unknown>>) => Environment;
  readonly reference?: (environment: Environment) => Reference;
  /** The module that another thread makes it from, and what that exports it as. */
  readonly recipe: Pick<EnvironmentRecipe, "module" | "name">;
  /** Of the file, where it is one. */
  readonly sha256?: string;
}

/**
 * The environment of a name or file. One from a file is looked at first, unless it comes `unchecked`.
 *
 * @throws UserError where there is none.
 */
export async function findEnvironment(
  given: unknown,
  command = "train",
  { unchecked = false } = {},
): Promise<EnvironmentSource> {
  const known = Object.keys(environments);
  if (typeof given !== "string") {
    throw new UserError(
      `${command} needs an environment, got none; give a file such as ./my-environment.ts or one of ${known.join(", ")}, as in natgrad ${command} ${known[0]}`,
    );
  }
  if (Object.hasOwn(environments, given)) {
    const registry = new URL(`../../envs/index${import.meta.url.slice(-3)}`, import.meta.url);
    const { options, suggests, create, reference } = environments[given];
    return {
      name: given,
      ...(options && { options }),
      ...(suggests && { suggests }),
      ...(reference && { reference }),
      create: (values) => blamingInput(() => create(values)),
      recipe: { module: registry.href, name: given },
    };
  }
  if (isFileName(given)) return loadEnvironmentFile(given, unchecked);
  throw unknownName(
    "environment",
    given,
    known,
    `natgrad list shows all: ${known.join(", ")}; a file of your own needs its ending, as in ./${given}.ts`,
  );
}

/** The first argument that names an environment or an existing file, before the rest is parsed. */
function environmentNamedIn(args: readonly string[]): string | undefined {
  return args.find((arg) => Object.hasOwn(environments, arg) || isFileName(arg));
}

/** The flags `--env.NAME` of an environment. */
export function environmentFlags({ options }: Pick<EnvironmentSource, "options">): SchemaOption[] {
  if (options === undefined) return [];
  return schemaOptions(options).map((option) => ({ ...option, flag: `env.${option.flag}` }));
}

/**
 * The options of an environment: those that `argv` gives, over those of an earlier run, with defaults.
 *
 * @throws UserError for a bad one.
 */
export function readEnvironmentOptions(
  source: Pick<EnvironmentSource, "name" | "options">,
  argv: Readonly<Record<string, unknown>>,
  earlier: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const given = readOptions(environmentFlags(source), argv);
  const parsed = source.options?.safeParse({ ...earlier, ...given });
  if (parsed === undefined) return {};
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UserError(
    `the options of ${source.name} must fit together: ${path.join(".")} ${message}; give other --env flags`,
  );
}

/**
 * The flags of the environment that the arguments name, or else `otherwise`, for yargs; none where
 * they name none.
 */
export async function environmentOptions(
  args: readonly string[],
  otherwise?: string,
): Promise<Record<string, Options>> {
  const name = environmentNamedIn(args) ?? otherwise;
  if (name === undefined) return {};
  const source = await (name === otherwise ? findQuietly(name) : findEnvironment(name));
  if (source === undefined) return {};
  const flags = environmentFlags(source);
  return Object.fromEntries(
    flags.map((option) => [option.flag, yargsOption(option, `Options of ${name}:`)]),
  );
}

/** None where there is none: a later look says why, and in which file it was named. */
async function findQuietly(name: string): Promise<EnvironmentSource | undefined> {
  try {
    return await findEnvironment(name);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
