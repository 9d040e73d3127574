import type { Options } from "yargs";
import * as z from "zod";
import { show, UserError } from "./user-error.ts";

/** A command-line option made from a property of a zod schema. */
export interface SchemaOption {
  /** The property, such as "stepSize". */
  readonly key: string;
  /** The flag without its dashes, such as "step-size". */
  readonly flag: string;
  readonly kind: "number" | "boolean" | "numbers" | "text";
  readonly schema: z.ZodType;
  readonly defaultValue: unknown;
  readonly description: string;
}

/** The options of a schema, in its order. */
export function schemaOptions(schema: z.ZodObject): SchemaOption[] {
  return Object.entries(schema.shape).map(([key, property]) => {
    const whole = property as z.ZodType;
    const parsed = whole.safeParse(undefined);
    return {
      key,
      flag: key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      kind: kindOf(innermost(whole)),
      schema: whole,
      defaultValue: parsed.success ? parsed.data : undefined,
      description: whole.description ?? "",
    };
  });
}

/** How yargs shows and reads the option. The value stays text, so that messages can quote it. */
export function yargsOption(option: SchemaOption, group: string, defaults?: string): Options {
  const described =
    defaults ?? (option.defaultValue === undefined ? "" : defaultText(option.defaultValue));
  return {
    describe: describe(option),
    group,
    ...(described !== "" && { defaultDescription: described }),
    ...(option.kind === "boolean" && { type: "boolean" }),
  };
}

function describe({ schema, description }: SchemaOption): string {
  const inner = innermost(schema);
  return inner instanceof z.ZodEnum ? `${description} (${inner.options.join(", ")})` : description;
}

/** A default for people. */
export function defaultText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(",");
  return typeof value === "string" ? value : show(value);
}

/** The value of an option that was given. @throws UserError when it breaks the schema's rule. */
export function readOption(option: SchemaOption, raw: unknown): unknown {
  const parsed = option.schema.safeParse(interpret(option.kind, raw));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const got = typeof raw === "boolean" && option.kind !== "boolean" ? "no value" : shown(raw);
  const remedy =
    option.defaultValue === undefined
      ? ""
      : `; leave it out for ${defaultText(option.defaultValue)}`;
  throw new UserError(`--${option.flag} ${issue.message}, got ${got}${remedy}`);
}

/** The values of the options that `argv` holds, by property. */
export function readOptions(
  options: readonly SchemaOption[],
  argv: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = options.filter(({ flag }) => argv[flag] !== undefined);
  return Object.fromEntries(
    given.map((option) => [option.key, readOption(option, argv[option.flag])]),
  );
}

function shown(raw: unknown): string {
  return typeof raw === "string" && raw.trim() !== "" ? raw : show(raw);
}

function interpret(kind: SchemaOption["kind"], raw: unknown): unknown {
  if (typeof raw !== "string") return raw;
  if (kind === "number") return numberFrom(raw);
  if (kind === "numbers") return raw === "none" ? [] : raw.split(",").map(numberFrom);
  return raw;
}

function numberFrom(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}

function innermost(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return innermost(schema.unwrap() as z.ZodType);
  }
  return schema;
}

function kindOf(schema: z.ZodType): SchemaOption["kind"] {
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "boolean";
  return schema instanceof z.ZodArray ? "numbers" : "text";
}
