import type { Finding } from "../environment/check-environment.ts";
import { firstNonFinite, type Vector } from "../math/vector.ts";

/** A rule of a contract held against a part, with the number that decided. */
export interface Check extends Finding {
  readonly status: "passed" | "failed";
  /** What was measured: a relative error unless the rule says otherwise; NaN where it threw. */
  readonly measured: number;
  /** The largest number that passes. */
  readonly tolerance: number;
}

/** The outcome of one measurement. */
export interface Measured {
  readonly measured: number;
  readonly tolerance: number;
  /** What was seen, where the number does not say it. */
  readonly seen?: string | undefined;
  /** What to do, where what was seen names the defect. */
  readonly remedy?: string | undefined;
}

/** The checks of one part, in the order in which they are made. */
export interface Checklist {
  readonly checks: readonly Check[];
  /** Measures; passes at a number of at most the tolerance, and fails at NaN and at what throws. */
  hold(rule: string, remedy: string, measure: () => Measured): void;
}

export function createChecklist(): Checklist {
  const checks: Check[] = [];
  return {
    checks,
    hold: (rule, remedy, measure) => {
      const { measured, tolerance, ...told } = attempt(measure);
      const passed = measured <= tolerance;
      const number = `${shown(measured)} where at most ${shown(tolerance)} passes`;
      const seen = told.seen ?? number;
      checks.push({
        ...{ rule, status: passed ? "passed" : "failed", measured, tolerance },
        ...{ seen: passed ? number : seen, remedy: told.remedy ?? remedy },
      });
    },
  };
}

function attempt(measure: () => Measured): Measured {
  try {
    return measure();
  } catch (error) {
    const remedy = "mend what the message names; numerics report, and only misuse throws";
    return { measured: NaN, tolerance: 0, seen: `it throws: ${String(error)}`, remedy };
  }
}

/** A rule that holds or not: the number counts what breaks it. */
export function counted(broken: readonly string[]): Measured {
  const measured = broken.length;
  return { measured, tolerance: 0, ...(measured > 0 && { seen: broken.slice(0, 3).join("; ") }) };
}

/** The checks that failed. */
export function findingsOf(checks: readonly Check[]): Check[] {
  return checks.filter(({ status }) => status === "failed");
}

/** A number in a sentence. */
export function shown(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}

/** ‖x − y‖ / ‖y‖, or ‖x‖ where y = 0; Infinity where lengths differ or x is not finite. */
export function relativeError(x: Vector, y: Vector): number {
  if (x.length !== y.length || firstNonFinite(x) >= 0) return Infinity;
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < y.length; i++) {
    difference += (x[i] - y[i]) * (x[i] - y[i]);
    scale += y[i] * y[i];
  }
  return Math.sqrt(scale === 0 ? difference : difference / scale);
}

/**
 * The largest of |aᵢ − eᵢ| / max(|eᵢ|, 10⁻³ max|e|): relative entry by entry, but for entries so small
 * beside the others that rounding alone decides them. Infinity for another length or a NaN.
 */
export function entrywiseError(actual: Vector, expected: Vector): number {
  if (actual.length !== expected.length) return Infinity;
  const most = expected.reduce((a, b) => Math.max(a, Math.abs(b)), Number.MIN_VALUE);
  return expected.reduce((worst, value, i) => {
    if (Object.is(actual[i], value)) return worst;
    const error = Math.abs(actual[i] - value) / Math.max(Math.abs(value), 1e-3 * most);
    return Number.isNaN(error) ? Infinity : Math.max(worst, error);
  }, 0);
}

/** Whether two vectors hold the same bits, but for the many NaN, which are one. */
export function sameBits(x: Vector, y: Vector): boolean {
  return x.length === y.length && x.every((value, i) => Object.is(value, y[i]));
}
