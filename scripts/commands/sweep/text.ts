import Table from "cli-table3";
import { formatNumber } from "../../support/numbers.ts";
import { plainTable } from "../../support/tables.ts";
import type { CombinationSummary, SweepSummary } from "./summary.ts";

/** A sweep for people: a line a combination, and what compares them. */
export function summaryText({ combinations, comparable }: SweepSummary, out: string): string {
  const table = new Table(
    plainTable(["combination", "runs", "IQM", "95 % interval", "mean", "median"]),
  );
  table.push(...combinations.map(rowOf));
  const next =
    comparable.length === 0
      ? ""
      : `\nCompare them: natgrad compare ${comparable.map(quoted).join(" ")}`;
  return `Return of the final policy, its mode, over the seeds\n${table.toString()}\n\nWritten to ${out}${next}\n`;
}

function rowOf({ combination, runs, finished, finalReturn }: CombinationSummary): string[] {
  const count = finished === runs ? String(runs) : `${finished} of ${runs}`;
  if (finalReturn === undefined) return [combination, count, "–", "–", "–", "–"];
  const { interquartileMean, mean, median } = finalReturn;
  const { value, interval } = interquartileMean;
  const range =
    interval === undefined
      ? "–"
      : `[${formatNumber(interval.low)}, ${formatNumber(interval.high)}]`;
  return [combination, count, formatNumber(value), range, formatNumber(mean), formatNumber(median)];
}

/** A path for a shell. */
export function quoted(file: string): string {
  return /^[\w./=,:@%+-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
}
