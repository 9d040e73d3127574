import { expect } from "vitest";

/**
 * The largest of |aᵢ − eᵢ| / max(|eᵢ|, 10⁻³ max|e|): relative entry by entry, but for entries so small
 * beside the others that rounding alone decides them. Infinity for another length or a NaN.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  const e = Array.from(expected);
  const floor = 1e-3 * Math.max(...e.map(Math.abs), Number.MIN_VALUE);
  return e.reduce((worst, value, i) => {
    if (Object.is(actual[i], value)) return worst;
    const error = Math.abs(actual[i] - value) / Math.max(Math.abs(value), floor);
    return Number.isNaN(error) ? Infinity : Math.max(worst, error);
  }, 0);
}

/** Expects numbers that agree with `expected` to a relative tolerance. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  const shown = `${Array.from(actual).join(", ")} should be ${Array.from(expected).join(", ")}`;
  expect(relativeError(actual, expected), shown).toBeLessThanOrEqual(tolerance);
}

/** The bytes of the numbers as hexadecimal text: equal text, equal bits. */
export function bits(values: Float64Array): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => view.setFloat64(8 * i, value));
  return Array.from(values, (_, i) => view.getBigUint64(8 * i).toString(16)).join(" ");
}
