import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import { checkEnvironment, type Environment } from "../../src/index.ts";
import { blamingInput, systemCode, UserError } from "../support/user-error.ts";
import type { EnvironmentSource } from "./environment-source.ts";
import { resolveNatgrad } from "./resolve-natgrad.ts";

/** Whether an argument is the path of a module, perhaps with #export. */
export function isFileName(given: string): boolean {
  return /\.[cm]?[jt]s(#[\w$]*)?$/.test(given);
}

/**
 * The environment that a file exports as a function, by default its only one; `file.ts#name` picks
 * one. A zod object that the file exports as `options` declares the options of the function.
 *
 * @throws UserError for a file that is missing, fails to load, or exports no environment.
 */
export async function loadEnvironmentFile(
  given: string,
  unchecked: boolean,
): Promise<EnvironmentSource> {
  const [file] = given.split("#");
  const wanted = given.split("#").at(1);
  const path = resolve(file);
  const { url, exported } = await loadModule(file, "an environment's file");
  const [name, make] = chooseMaker(exported, file, wanted);
  const options = optionsOf(exported, file);
  const create = (values: object): Environment => {
    const environment: unknown = blamingInput(() => make(values));
    if (typeof (environment as Partial<Environment> | undefined)?.step === "function") {
      return environment as Environment;
    }
    throw new UserError(
      `${name} of ${file} must return an environment, got no step function; see natgrad new environment --help`,
    );
  };
  return {
    name: wanted === undefined ? path : `${path}#${wanted}`,
    ...(options && { options }),
    create: (values) => {
      const environment = create(values);
      if (!unchecked) requireConforming(environment, file);
      return environment;
    },
    recipe: { module: url, name },
    sha256: createHash("sha256").update(readFileSync(path)).digest("hex"),
  };
}

/**
 * What the module in a user's file exports, and its URL.
 *
 * @throws UserError for a file that is missing or fails to load.
 */
export async function loadModule(
  file: string,
  what: string,
): Promise<{ readonly url: string; readonly exported: Readonly<Record<string, unknown>> }> {
  const path = resolve(file);
  if (!existsSync(path)) throw new UserError(`${what} must exist, got ${file}; check the path`);
  const url = pathToFileURL(path).href;
  resolveNatgrad();
  try {
    return { url, exported: (await import(url)) as Record<string, unknown> };
  } catch (error) {
    if (systemCode(error) === "ERR_UNKNOWN_FILE_EXTENSION") {
      throw new UserError(
        `${file} needs a Node that runs TypeScript (22.18 or later), got ${process.versions.node}; compile it to .js`,
        { cause: error },
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} must load as a module, got: ${reason}; mend the file`, {
      cause: error,
    });
  }
}

type Maker = (options: object) => unknown;

function chooseMaker(
  exported: Readonly<Record<string, unknown>>,
  file: string,
  wanted: string | undefined,
): [string, Maker] {
  const makers = Object.entries(exported).filter(
    (entry): entry is [string, Maker] => typeof entry[1] === "function",
  );
  const names = makers.map(([name]) => name);
  const chosen = makers.find(([name]) => name === (wanted ?? "default"));
  if (chosen !== undefined) return chosen;
  if (wanted === undefined && makers.length === 1) return makers[0];
  const example = names.length > 0 ? `; pick one, as in ${file}#${names[0]}` : "";
  throw new UserError(
    `${file} must export a function ${wanted ?? "that returns an environment, and no other"}, got ${names.join(", ") || "no function"}${example}`,
  );
}

function optionsOf(
  { options }: Readonly<Record<string, unknown>>,
  file: string,
): z.ZodObject | undefined {
  if (options === undefined || isSchema(options)) return options;
  throw new UserError(
    `options of ${file} must be a zod object, z.strictObject({ … }), got something else; rename it or declare the options so`,
  );
}

/** A zod object, also one of another copy of zod. */
function isSchema(value: unknown): value is z.ZodObject {
  return (
    value instanceof z.ZodObject ||
    (typeof value === "object" && value !== null && "shape" in value && "safeParse" in value)
  );
}

/** A look at the contract before any work starts; `natgrad check` looks longer. */
function requireConforming(environment: Environment, file: string): void {
  const finding = checkEnvironment(environment, { steps: 50 }).at(0);
  if (finding === undefined) return;
  throw new UserError(
    `${file} breaks the rule that ${finding.rule}, got ${finding.seen}; ${finding.remedy}, and see natgrad check ${file}`,
  );
}
