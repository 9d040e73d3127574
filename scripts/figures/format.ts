/** Numbers as they are printed in figures and tables, the same on every machine. */

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `value` in `digits` significant digits, with a true minus sign and thousands separated. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return formatScientific(value, digits);
  const text = size.toLocaleString("en-US", { maximumSignificantDigits: digits });
  return value < 0 ? `−${text}` : text;
}

/** m × 10ⁿ in at most `digits` significant digits. */
export function formatScientific(value: number, digits = 3): string {
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(digits - 1)
    .split("e");
  const power = powerOfTen(Number(exponent));
  return `${value < 0 ? "−" : ""}${Number(mantissa) === 1 ? "" : `${Number(mantissa)} × `}${power}`;
}

/** 10ⁿ with the exponent raised. */
export function powerOfTen(exponent: number): string {
  const digits = Array.from(String(Math.abs(exponent)), (digit) => superscripts[Number(digit)]);
  return `10${exponent < 0 ? "⁻" : ""}${digits.join("")}`;
}
