import { renderReport, type ReportSection, type Table, unbroken } from "../../figures/index.ts";
import { versions } from "../../support/versions.ts";
import type { Comparison } from "./compare.ts";
import type { CompareSettings } from "./settings.ts";
import {
  aggregateTable,
  improvementTable,
  type PrintedTable,
  scoreTable,
  settingsTable,
  timeTable,
} from "./tables.ts";
import { leadOf, scoreText, thresholdText } from "./words.ts";

/** What the page is made of besides the comparison itself. */
export interface PageParts {
  /** Texts of the figures; trusted. */
  readonly curves: string;
  readonly profiles: string;
  /** `@font-face` rules. */
  readonly fonts: string;
  readonly commandLine: readonly string[];
}

/** One self-contained HTML page with figures, tables, and what to know of the runs. */
export function comparisonPage(
  comparison: Comparison,
  settings: CompareSettings,
  { curves, profiles, fonts, commandLine }: PageParts,
): string {
  const { tasks, pairs, aggregates, notes } = comparison;
  const remarks = notes.length === 0 ? [] : [{ heading: "Notes", sentence: notes.join(" ") }];
  const sections: ReportSection[] = [
    {
      heading: "Learning curves",
      sentence:
        "The interquartile mean over the runs of a method, the mean without the lowest and the highest quarter, with pointwise 95 % bootstrap bands.",
      svg: curves,
    },
    ...remarks,
    ...tasks.map((task) => ({
      heading: `Scores on ${task.task}`,
      sentence: `Over ${task.budget.toLocaleString("en-US")} environment steps. ${scoreText(comparison)}.`,
      table: htmlTable(scoreTable(task)),
    })),
    ...(aggregates === undefined
      ? []
      : [
          {
            heading: "Scores over all tasks",
            sentence:
              "On the scale given, of all runs pooled; intervals resample runs inside each task. The optimality gap is how far runs fall short of 1.",
            table: htmlTable(aggregateTable(comparison)),
          },
        ]),
    {
      heading: "Performance profiles",
      sentence:
        "The share of runs with a better score, for each score: a method whose line lies above another's everywhere is better in distribution.",
      svg: profiles,
    },
    ...improvementSection(comparison, pairs.length > 0),
    ...tasks.flatMap((task) => timeSection(task)),
    ...tasks.flatMap((task) => settingsSection(comparison, task.task)),
  ];
  return renderReport({
    title: "Comparison of runs",
    lead: leadOf(comparison),
    sections,
    settings: settingsList(settings, commandLine),
    fonts,
  });
}

function improvementSection(comparison: Comparison, isThere: boolean): ReportSection[] {
  if (!isThere) return [];
  return [
    {
      heading: "Probability of improvement",
      sentence:
        "How often a run of X does better than a run of Y on the same task, ties counted half: 0.5 is no difference.",
      table: htmlTable(improvementTable(comparison)),
    },
  ];
}

function timeSection(task: Comparison["tasks"][number]): ReportSection[] {
  if (task.threshold === undefined) return [];
  return [
    {
      heading: `Time to ${task.threshold} on ${task.task}`,
      sentence: `${thresholdText(task)}. The median counts runs that never got there as later than all others.`,
      table: htmlTable(timeTable(task)),
    },
  ];
}

function settingsSection(comparison: Comparison, task: string): ReportSection[] {
  const table = settingsTable(comparison, task);
  if (table.rows.length === 0) return [];
  return [
    {
      heading: `Methods on ${task}`,
      sentence: "Every option in which they differ.",
      table: htmlTable(table),
    },
  ];
}

function settingsList(
  { seed, resamples, folders }: CompareSettings,
  commandLine: readonly string[],
): Record<string, string | number> {
  const { natgrad, node } = versions();
  return {
    command: ["natgrad", ...commandLine].join(" "),
    folders: folders.join(", "),
    "seed of the resamples": seed,
    resamples,
    "statistics after": "Agarwal et al. 2021, arXiv 2108.13264",
    "natgrad, Node": `${natgrad}, ${node}`,
  };
}

function htmlTable({ head, rows }: PrintedTable): Table {
  const columns = head.map((header, i) => ({
    header,
    align: i === 0 ? ("left" as const) : ("right" as const),
  }));
  return { columns, rows: rows.map(([name, ...cells]) => [name, ...cells.map(unbroken)]) };
}
