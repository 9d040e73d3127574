import {
  type Column,
  createTable,
  formatNumber,
  type ReportSection,
  unbroken,
} from "../figures/index.ts";
import type { Comparison, ReproductionResult, Verdict } from "./reproduction.ts";

/** Differs where any quantity does, agrees where any does and none differs. */
export function verdictOf(comparisons: readonly Comparison[]): Verdict {
  const verdicts = comparisons.map(({ verdict }) => verdict);
  if (verdicts.includes("differs")) return "differs";
  return verdicts.includes("agrees") ? "agrees" : "qualitative";
}

/** A comparison with a number that is known, and how far from it ours may be. */
export interface Check extends Omit<Comparison, "verdict"> {
  readonly derived: number;
  readonly ours: number;
  /** Fixed beforehand: half of the last digit of the derived value, or what the method promises. */
  readonly tolerance: number;
}

/** Agrees where ours is within the tolerance of the derived number. */
export function decided({ tolerance, ...comparison }: Check): Comparison {
  const close = Math.abs(comparison.ours - comparison.derived) <= tolerance;
  return { ...comparison, verdict: close ? "agrees" : "differs" };
}

/** The digits to which derived values are kept that were made to be compared with. */
const DIGITS = 9;

/** A check against a derived value of nine significant digits: ours may be one unit of the last one off. */
export function toNineDigits(
  quantity: string,
  derived: number,
  ours: number,
  note?: string,
): Check {
  const tolerance = 10 ** (Math.floor(Math.log10(Math.abs(derived))) + 1 - DIGITS);
  return { quantity, derived, ours, tolerance, ...(note !== undefined && { note }) };
}

/** The table "published | derived | ours". */
export function comparisonSection({ claim, comparisons }: ReproductionResult): ReportSection {
  return {
    heading: "Published, derived, ours",
    sentence: `The claim: ${claim} Derived values were computed from the stated settings by code that shares nothing with natgrad.`,
    table: createTable<Comparison>(
      [
        { header: "quantity", value: ({ quantity }) => quantity },
        { header: "published", value: ({ published }) => cell(published), align: "right" },
        { header: "derived", value: ({ derived }) => cell(derived), align: "right" },
        { header: "ours", value: ({ ours }) => cell(ours), align: "right" },
        { header: "verdict", value: ({ verdict }) => verdict },
        ...(comparisons.some(({ note }) => note !== undefined) ? [noteColumn] : []),
      ],
      comparisons,
    ),
  };
}

/** The same for a terminal, less the notes. */
export function comparisonLines(comparisons: readonly Comparison[]): string[] {
  const widest = Math.max(...comparisons.map(({ quantity }) => quantity.length));
  return comparisons.map(({ quantity, published, derived, ours, verdict }) =>
    [
      quantity.padEnd(widest),
      ...[derived ?? published, ours].map((value) => cell(value).padStart(13)),
      ` ${verdict}`,
    ].join(" "),
  );
}

const noteColumn: Column<Comparison> = { header: "note", value: ({ note }) => note ?? "" };

function cell(value: string | number | undefined): string {
  if (typeof value !== "number") return value ?? "–";
  // What is left of rounding has no digits that mean anything.
  return unbroken(formatNumber(value, Math.abs(value) < 1e-9 ? 1 : 6));
}
