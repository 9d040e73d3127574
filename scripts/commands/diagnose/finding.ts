import { median } from "../../../src/index.ts";
import { formatNumber } from "../../support/numbers.ts";
import { column, type DiagnosedRun, type UpdateRecord } from "./records.ts";

/** Something that the numbers of a run show, and what to do about it. */
export interface Finding {
  readonly rule: string;
  /** A problem costs learning; a note may be as it should be. */
  readonly level: "problem" | "note";
  /** What was seen, with the numbers and the threshold. */
  readonly seen: string;
  readonly advice: string;
  /** The numbers that triggered it. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** What rules look at. */
export interface Evidence extends DiagnosedRun {
  /** The last half of the updates, at least ten of them where there are as many. */
  readonly recent: readonly UpdateRecord[];
}

/** Looks for one kind of trouble; undefined where there is none, or no numbers to tell. */
export type Rule = (evidence: Evidence) => Finding | undefined;

const FEWEST = 10;

export function evidenceOf(run: DiagnosedRun): Evidence {
  const count = Math.max(FEWEST, Math.ceil(run.records.length / 2));
  return { ...run, recent: run.records.slice(-count) };
}

/** The numbers of a column that are finite. */
export function finite(records: readonly UpdateRecord[], name: string): number[] {
  return column(records, name).filter(Number.isFinite);
}

/** The median of the finite numbers of a column; NaN for none. */
export function medianOf(records: readonly UpdateRecord[], name: string): number {
  return median(finite(records, name));
}

/** Updates that took a step. */
export function stepped(records: readonly UpdateRecord[]): UpdateRecord[] {
  return records.filter(({ outcome }) => outcome === "accepted" || outcome === "shrunk");
}

export const shown = (value: number): string => formatNumber(value, 3);
export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
