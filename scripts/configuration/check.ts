import * as z from "zod";
import { nearest } from "../support/nearest.ts";
import { show, UserError } from "../support/user-error.ts";

/** Where in a file a value stands. */
export interface Place {
  readonly file: string;
  readonly keys: readonly string[];
}

/**
 * Holds a value against a schema, key by key; keys may be missing. An unknown one is looked for in
 * `root`, too.
 *
 * @throws UserError that names the file, the key and, for an unknown key, the nearest known one, or
 * the rule and what came.
 */
export function check(schema: z.ZodType, value: unknown, place: Place, root = schema): void {
  const inner = innermost(schema);
  if (!isObjectSchema(inner)) {
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw refused(place, ruleOf(parsed.error.issues[0]), value);
    return;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refused(place, "must be an object", value);
  }
  const shape = inner.shape as Readonly<Record<string, z.ZodType>>;
  for (const [key, entry] of Object.entries(value)) {
    if (!Object.hasOwn(shape, key)) throw unknownKey(key, Object.keys(shape), place, root);
    check(shape[key], entry, { ...place, keys: [...place.keys, key] }, root);
  }
}

/** The error of a value that breaks a rule, with the nearest of the names that it may be. */
export function refused(
  place: Place,
  rule: string,
  value: unknown,
  names: readonly string[] = [],
): UserError {
  const what = place.keys.length === 0 ? "" : `${place.keys.join(".")} `;
  const guess = typeof value === "string" ? nearest(value, names) : undefined;
  const known = names.length > 0 ? `; give ${names.join(", ")}` : "; correct the file";
  const remedy = guess === undefined ? known : `; did you mean ${guess}?`;
  return new UserError(`${place.file}: ${what}${rule}, got ${brief(value)}${remedy}`);
}

/** What came, on a line; what is deep is only named. */
function brief(value: unknown): string {
  const deep = (entry: unknown): boolean => typeof entry === "object" && entry !== null;
  if (!deep(value)) return show(value);
  if (!Array.isArray(value)) return "an object";
  return value.length <= 20 && !value.some(deep) ? show(value) : "an array";
}

function unknownKey(
  key: string,
  known: readonly string[],
  place: Place,
  root: z.ZodType,
): UserError {
  const where = place.keys.length === 0 ? "" : ` of ${place.keys.join(".")}`;
  const start = `${place.file}: no key${where} is named ${brief(key)}`;
  const elsewhere = leavesOf(root).find((keys) => keys.at(-1) === key);
  const guess = nearest(key, known);
  if (guess !== undefined) return new UserError(`${start}; did you mean ${guess}?`);
  if (elsewhere !== undefined) {
    const at = elsewhere.join(".");
    return new UserError(`${start}; did you mean ${at}? natgrad explain ${key} describes it`);
  }
  const remedy = known.length === 0 ? "leave it out" : `known are ${known.join(", ")}`;
  return new UserError(`${start}; ${remedy}`);
}

/** The paths of all keys that hold values. */
function leavesOf(schema: z.ZodType): string[][] {
  const inner = innermost(schema);
  if (!isObjectSchema(inner)) return [[]];
  return Object.entries(inner.shape as Readonly<Record<string, z.ZodType>>).flatMap(
    ([key, property]) => leavesOf(property).map((rest) => [key, ...rest]),
  );
}

/** An object whose keys are all known; also one of another copy of zod. */
function isObjectSchema(schema: z.ZodType): schema is z.ZodObject {
  if (!("shape" in schema)) return false;
  return !(schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown);
}

function innermost(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return innermost(schema.unwrap() as z.ZodType);
  }
  return schema;
}

/** The rule that a value breaks: ours, or zod's in our words. */
function ruleOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return "is wrong";
  const [, expected] = /^Invalid input: expected (\w+)/.exec(issue.message) ?? [];
  if (expected) return `must be of type ${expected}`;
  return issue.message.startsWith("must") ? issue.message : `is wrong (${issue.message})`;
}
