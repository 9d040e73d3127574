import { renderReport, type ReportSection, type Table } from "../../figures/index.ts";
import { versions } from "../../support/versions.ts";
import type { RunDiagnosis } from "./diagnose.ts";
import { leadOf, type PrintedTable, quantityTable, reasonTable, undiagnosed } from "./text.ts";

/** What the page is made of besides the diagnosis itself. */
export interface PageParts {
  /** The text of the figure; trusted. */
  readonly svg: string;
  /** `@font-face` rules. */
  readonly fonts: string;
  readonly commandLine: readonly string[];
}

/** One self-contained HTML page with advice, figure and tables. */
export function diagnosisPage(
  diagnosis: RunDiagnosis,
  { svg, fonts, commandLine }: PageParts,
): string {
  const { findings, quantities, reasons, diagnosed } = diagnosis;
  const advice: PrintedTable = {
    head: ["what", "seen", "what to do"],
    rows: findings.map((one) => [`${one.rule} (${one.level})`, one.seen, one.advice]),
  };
  const sections: ReportSection[] = [
    {
      heading: "Advice",
      sentence: `${findings.length === 0 ? "None: no rule found trouble." : "Recent is the last half of the updates."} ${diagnosed ? "" : undiagnosed}`,
      ...(findings.length > 0 && { table: htmlTable(advice, 3) }),
    },
    { heading: "Updates", sentence: "Each number over environment steps.", svg },
    {
      heading: "Numbers",
      sentence: "Median and range over all updates, and over the last tenth of them.",
      table: htmlTable(quantityTable(quantities), 1),
    },
    ...(reasons.length === 0
      ? []
      : [
          {
            heading: "Updates without a step",
            sentence: "By the reason reported, with … for its numbers.",
            table: htmlTable(reasonTable(diagnosis), 1),
          },
        ]),
  ];
  const { natgrad, node } = versions();
  return renderReport({
    title: "Diagnosis of a run",
    lead: leadOf(diagnosis),
    sections,
    settings: { command: ["natgrad", ...commandLine].join(" "), natgrad, node },
    fonts,
  });
}

/** The first `texts` columns hold text, the others numbers. */
function htmlTable({ head, rows }: PrintedTable, texts: number): Table {
  return {
    columns: head.map((header, i) => ({ header, align: i < texts ? "left" : "right" })),
    rows,
  };
}
