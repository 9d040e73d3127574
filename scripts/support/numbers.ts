/** A number for people: `significant` digits, exponents only far from 1, – for NaN, ±∞ as such. */
export function formatNumber(value: number, significant = 4): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return String(value);
  if (size < 1e-4 || size >= 1e6) return value.toExponential(significant - 2);
  return value.toPrecision(significant);
}

/** Rows of numbers in brackets, the decimal points of a column below each other. */
export function formatMatrix(rows: readonly (readonly number[])[], significant = 6): string[] {
  const cells = rows.map((row) => row.map((value) => parts(formatNumber(value, significant))));
  const width = (column: number, part: 0 | 1): number =>
    Math.max(...cells.map((row) => row[column][part].length));
  return cells.map((row) => {
    const aligned = row.map(
      ([whole, fraction], j) => whole.padStart(width(j, 0)) + fraction.padEnd(width(j, 1)),
    );
    return `[ ${aligned.join("  ")} ]`;
  });
}

/** What stands before the decimal point, and the rest. */
function parts(text: string): [string, string] {
  const point = text.indexOf(".");
  return point < 0 ? [text, ""] : [text.slice(0, point), text.slice(point)];
}
