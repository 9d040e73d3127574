import { createTable, formatNumber, type ReportSection } from "../figures/index.ts";
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
        { header: "note", value: ({ note }) => note ?? "" },
      ],
      comparisons,
    ),
  };
}

function cell(value: string | number | undefined): string {
  return typeof value === "number" ? formatNumber(value, 6) : (value ?? "–");
}
