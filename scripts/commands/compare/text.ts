import Table from "cli-table3";
import { plainTable } from "../../support/tables.ts";
import type { Comparison } from "./compare.ts";
import {
  aggregateTable,
  improvementTable,
  type PrintedTable,
  scoreTable,
  timeTable,
} from "./tables.ts";
import { leadOf, scoreText, thresholdText } from "./words.ts";

/** A comparison for people: tables of scores, times and improvements, then what to know of them. */
export function comparisonText(comparison: Comparison): string {
  const { tasks, pairs, aggregates, notes, lowerIsBetter } = comparison;
  const sections = [
    `${leadOf(comparison)}\n${scoreText(comparison)}`,
    ...tasks.flatMap((task) => [
      section(`${task.task}, ${task.budget.toLocaleString("en-US")} steps`, scoreTable(task)),
      ...(task.threshold === undefined ? [] : [section(thresholdText(task), timeTable(task))]),
    ]),
    ...(aggregates === undefined
      ? []
      : [section("All tasks, on the scale given", aggregateTable(comparison))]),
    ...(pairs.length === 0
      ? []
      : [
          section(
            `Probability that a run of X scores ${lowerIsBetter ? "lower" : "higher"} than one of Y`,
            improvementTable(comparison),
          ),
        ]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `Note: ${note}`).join("\n")]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function section(title: string, { head, rows }: PrintedTable): string {
  const table = new Table(plainTable(head));
  table.push(...rows.map((row) => [...row]));
  return `${title}\n${table.toString()}`;
}
