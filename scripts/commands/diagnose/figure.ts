import { lines, type LinesAxis, type LinesPanel, type LineSeries } from "../../figures/index.ts";
import { roundTicks } from "../../figures/ticks.ts";
import { finite } from "./finding.ts";
import { column, type DiagnosedRun, type UpdateRecord } from "./records.ts";

interface Drawn {
  readonly title: string;
  readonly columns: readonly string[];
  readonly log?: boolean;
  /** A line that tells good from bad. */
  readonly at?: number;
}

const panels: readonly Drawn[] = [
  { title: "return of an episode", columns: ["meanReturn"] },
  { title: "KL of the step, nats", columns: ["kl", "predictedKl"], log: true },
  { title: "gain of the surrogate", columns: ["gain", "predictedGain"] },
  { title: "residual of the solve", columns: ["solveResidual"], log: true },
  { title: "entropy of π, nats", columns: ["entropy"] },
  { title: "σ, mean", columns: ["spreadMean"], log: true },
  { title: "explained variance of V", columns: ["explainedVariance"], at: 0 },
  { title: "cosine of g of the halves", columns: ["halvesCosine"], at: 0 },
  { title: "effective sample size / N", columns: ["effectiveShare"] },
];

/** From the largest over the smallest value that takes a logarithmic axis. */
const WIDE = 10;

/** What each update did, a panel a number, over environment steps. */
export function diagnosisFigure(document: Document, run: DiagnosedRun): SVGSVGElement {
  const { records, environment, agent } = run;
  const shown = panels.filter(({ columns }) => finite(records, columns[0]).length > 0);
  return lines(document, {
    title: `What the updates did: ${environment}, ${agent}`,
    subtitle: "every update over environment steps; where a step was predicted, both",
    x: { label: "environment steps" },
    y: { label: "" },
    height: 190,
    columns: 3,
    panels: shown.map((drawn) => panelOf(records, drawn)),
  });
}

function panelOf(records: readonly UpdateRecord[], drawn: Drawn): LinesPanel {
  const { title, columns, log = false, at } = drawn;
  const domain = [0, Number(records[records.length - 1].steps)] as const;
  const values = columns.map((name) => column(records, name));
  const usable = (value: number): boolean => Number.isFinite(value) && value > 0;
  const drawable = values.flat().filter(usable);
  const isLog = log && Math.max(...drawable) > WIDE * Math.min(...drawable);
  const series = columns.map((_, k): LineSeries => ({
    ...(k === 0 ? { key: "natural", label: "measured" } : { key: "vanilla", label: "predicted" }),
    ...(records.length === 1 && { marks: "symbols" as const }),
    points: records.map(({ steps }, i) => ({
      x: Number(steps),
      y: (isLog ? usable : Number.isFinite)(values[k][i]) ? values[k][i] : NaN,
    })),
  }));
  const y: LinesAxis = { label: "", ...(isLog && { type: "log" as const }) };
  return {
    title,
    series,
    ...(at !== undefined && { references: [{ y: at }] }),
    x: { label: "environment steps", domain, ticks: roundTicks(domain, 2) },
    y,
  };
}
