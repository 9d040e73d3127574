/**
 * A value as JSON that says what JSON cannot: infinities as the strings "Infinity" and "-Infinity",
 * NaN as null, typed arrays as arrays. Finite numbers keep every digit.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, replacer, indent);
}

/** A JSON file: indented, but arrays of plain values on one line, so that a matrix reads as one. */
export function toJsonFile(value: unknown): string {
  const flat = toJson(value, 2).replace(
    /\[\s+((?:[^[\]{}"]|"(?:[^"\\]|\\.)*")*?)\s+\]/g,
    (_, inner: string) => `[${inner.replace(/,\s*\n\s*/g, ", ")}]`,
  );
  return `${flat}\n`;
}

function replacer(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value);
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : String(value);
}
