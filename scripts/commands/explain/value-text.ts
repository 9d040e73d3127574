import * as z from "zod";

/** What of a JSON Schema says which values there are. */
interface ValueSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: ValueSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

/** The values that a schema takes, in words. */
export function valueText(schema: z.ZodType): string {
  return textOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as ValueSchema);
}

function textOf(schema: ValueSchema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.join(", ")}`;
  if (schema.type === "boolean") return "true or false";
  if (schema.type === "array") return `a list, each ${textOf(schema.items ?? {})}`;
  if (schema.type === "integer") return `an integer${rangeText(schema)}`;
  if (schema.type === "number") return `a number${rangeText(schema)}`;
  return schema.type === "string" ? "text" : "anything";
}

function rangeText(schema: ValueSchema): string {
  const bounds = [
    bound("of at least", schema.minimum),
    bound("above", schema.exclusiveMinimum),
    bound("of at most", schema.maximum),
    bound("below", schema.exclusiveMaximum),
  ].filter((text) => text !== "");
  return bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`;
}

/** Nothing for the bounds of integers that a double tells apart. */
function bound(words: string, value: number | undefined): string {
  const none = value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER;
  return none ? "" : `${words} ${value}`;
}
