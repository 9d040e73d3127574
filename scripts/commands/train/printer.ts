import Table from "cli-table3";
import type { Interval, TrainingRecord } from "../../../src/index.ts";
import { toJson } from "../../support/json.ts";
import { formatNumber } from "../../support/numbers.ts";
import { plainTable } from "../../support/tables.ts";
import type { Summary } from "../../runs/summaries.ts";
import type { Evaluation } from "./evaluation.ts";
import { flatten } from "./record.ts";

/** Shows a run on stdout as it goes. */
export interface Printer {
  record(record: TrainingRecord): void;
  evaluation(evaluation: Evaluation): void;
  /** A closing remark, for people only. */
  note(text: string): void;
}

/** One JSON object a line: `"type": "update"` for each update, then `"type": "evaluation"`. */
export function jsonPrinter(write: (text: string) => void): Printer {
  return {
    record: (record) => write(`${toJson({ type: "update", ...flatten(record) })}\n`),
    evaluation: (evaluation) => write(`${toJson({ type: "evaluation", ...evaluation })}\n`),
    note: () => undefined,
  };
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly value: (record: TrainingRecord) => string;
}

const columns: readonly Column[] = [
  { title: "update", width: 6, value: ({ update }) => String(update) },
  { title: "steps", width: 9, value: ({ steps }) => String(steps) },
  { title: "episodes", width: 9, value: ({ episodes }) => String(episodes) },
  { title: "return", width: 10, value: ({ meanReturn }) => formatNumber(meanReturn, 5) },
  { title: "length", width: 8, value: ({ meanLength }) => formatNumber(meanLength) },
  { title: "KL", width: 10, value: ({ report }) => formatNumber(report.kl, 3) },
];

const exactColumns: readonly Column[] = [
  { title: "J", width: 10, value: ({ comparison: c }) => formatNumber(c?.exactReturn ?? NaN, 5) },
  {
    title: "(J*−J)/|J*|",
    width: 13,
    value: (r) => formatNumber(r.comparison?.relativeGap ?? NaN, 3),
  },
  { title: "cos ∇J", width: 9, value: ({ comparison: c }) => cosine(c?.gradientCosine) },
  { title: "cos F⁻¹∇J", width: 11, value: ({ comparison: c }) => cosine(c?.naturalCosine) },
];

function cosine(value = NaN): string {
  return Number.isNaN(value) ? "–" : value.toFixed(4);
}

/** A table that grows by a row an update, under one header. */
export function tablePrinter(write: (text: string) => void): Printer {
  let shown: readonly Column[] | undefined;
  const row = (cells: readonly string[], outcome: string): void => {
    const padded = cells.map((cell, i) => cell.padStart(shown?.[i].width ?? 0));
    write(`${padded.join("")}  ${outcome}\n`);
  };
  return {
    record: (record) => {
      if (shown === undefined) {
        shown = record.comparison === undefined ? columns : [...columns, ...exactColumns];
        row(
          shown.map(({ title }) => title),
          "outcome",
        );
      }
      row(
        shown.map(({ value }) => value(record)),
        record.report.outcome,
      );
    },
    evaluation: (evaluation) => write(`\n${evaluationText(evaluation)}\n`),
    note: (text) => write(`${text}\n`),
  };
}

function evaluationText(evaluation: Evaluation): string {
  const { episodes, discount, meanLength } = evaluation;
  const table = new Table(
    plainTable(["", "mean", "95 % interval", "std. dev.", "IQM", "95 % interval"]),
  );
  table.push(
    ["return Σ rₜ, undiscounted", ...cells(evaluation.undiscountedReturn)],
    [`return Σ γᵗrₜ, γ = ${discount}`, ...cells(evaluation.discountedReturn)],
  );
  const title = `Evaluation of the mode of the policy: ${episodes} episodes of ${formatNumber(meanLength)} steps on average`;
  return `${title}\n${table.toString()}`;
}

function cells(summary: Summary): string[] {
  return [
    formatNumber(summary.mean, 5),
    between(summary.meanInterval),
    formatNumber(summary.standardDeviation),
    formatNumber(summary.interquartileMean, 5),
    between(summary.interquartileMeanInterval),
  ];
}

function between({ low, high }: Interval): string {
  return `[${formatNumber(low, 5)}, ${formatNumber(high, 5)}]`;
}
