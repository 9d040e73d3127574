import Table from "cli-table3";
import { formatNumber } from "../../support/numbers.ts";
import { plainTable } from "../../support/tables.ts";
import type { RunDiagnosis } from "./diagnose.ts";
import { type Finding, shown } from "./finding.ts";
import type { UpdateRecord } from "./records.ts";
import type { Quantity, Range } from "./summary.ts";

/** A table as printed in the terminal and in the page. */
export interface PrintedTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A diagnosis for people, with a line for each of the given updates. */
export function diagnosisText(diagnosis: RunDiagnosis, updates: readonly UpdateRecord[]): string {
  const { quantities, reasons, findings, diagnosed } = diagnosis;
  const sections = [
    leadOf(diagnosis),
    printed(quantityTable(quantities)),
    ...(reasons.length === 0 ? [] : [`Updates without a step\n${printed(reasonTable(diagnosis))}`]),
    ...(updates.length === 0 ? [] : [printed(updateTable(updates))]),
    ...(diagnosed ? [] : [undiagnosed]),
    findings.length === 0 ? "Advice: none, no rule found trouble." : adviceText(findings),
  ];
  return `${sections.join("\n\n")}\n`;
}

export const undiagnosed =
  "The records hold no entropy, σ, explained variance and cosine of the halves: train with --out or --diagnostics for them.";

export function leadOf({
  environment,
  agent,
  run,
  updates,
  steps,
  outcomes,
}: RunDiagnosis): string {
  const { accepted, shrunk, none } = outcomes;
  return `${environment}, ${agent} of ${run}: ${updates} updates, ${steps} steps; ${accepted} accepted, ${shrunk} shrunk, ${none} without a step`;
}

export function quantityTable(quantities: readonly Quantity[]): PrintedTable {
  return {
    head: ["", "median", "range", "last tenth", "range"],
    rows: quantities.map(({ name, run, lastTenth }) => [name, ...cells(run), ...cells(lastTenth)]),
  };
}

export function reasonTable({ reasons }: RunDiagnosis): PrintedTable {
  return {
    head: ["reason", "updates", "first", "last"],
    rows: reasons.map(({ reason, count, first, last }) => [
      reason,
      ...[count, first, last].map(String),
    ]),
  };
}

const columns: readonly (readonly [head: string, column: string])[] = [
  ...([
    ["update", "update"],
    ["return", "meanReturn"],
    ["expl. var.", "explainedVariance"],
  ] as const),
  ...([
    ["entropy", "entropy"],
    ["cos halves", "halvesCosine"],
    ["residual", "solveResidual"],
  ] as const),
  ...([
    ["λ", "damping"],
    ["KL pred.", "predictedKl"],
    ["KL", "kl"],
  ] as const),
  ...([
    ["gain pred.", "predictedGain"],
    ["gain", "gain"],
    ["ESS/N", "effectiveShare"],
  ] as const),
];

export function updateTable(records: readonly UpdateRecord[]): PrintedTable {
  const own = columns.filter(([, name]) => records.some((record) => name in record));
  return {
    head: [...own.map(([head]) => head), "outcome"],
    rows: records.map((record) => [
      ...own.map(([, name]) => shown(Number(record[name]))),
      String(record.outcome),
    ]),
  };
}

function adviceText(findings: readonly Finding[]): string {
  const lines = findings.map(
    ({ rule, level, seen, advice }) =>
      `${level.padEnd(8)} ${rule}: ${seen}\n         do: ${advice}`,
  );
  return `Advice\n${lines.join("\n")}`;
}

function cells({ median, low, high }: Range): string[] {
  const show = (value: number): string => formatNumber(value, 4);
  return [show(median), low === high ? "" : `[${show(low)}, ${show(high)}]`];
}

function printed({ head, rows }: PrintedTable): string {
  const table = new Table(plainTable(head));
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
