import type { Interval } from "../../../src/index.ts";
import { formatNumber } from "../../support/numbers.ts";
import type { Comparison } from "./compare.ts";
import { flagOf, valueText } from "./methods.ts";
import type { Estimate, Times } from "./statistics.ts";
import type { TaskComparison } from "./task.ts";

/** A table as printed in the terminal and in the page: the first column is text, the others numbers. */
export interface PrintedTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Scores of a task, a line a method. */
export function scoreTable({ methods }: TaskComparison): PrintedTable {
  return {
    head: ["method", "runs", "IQM", "95 % interval", "mean", "95 % interval", "median"],
    rows: methods.map((one) => [
      one.method,
      String(one.seeds.length),
      ...cells(one.interquartileMean),
      ...cells(one.mean),
      formatNumber(one.median),
    ]),
  };
}

/** Environment steps to the threshold of a task, where it has one. */
export function timeTable({ methods }: TaskComparison): PrintedTable {
  return {
    head: [
      ...["method", "reached", "median steps", "95 % interval"],
      ...["kept", "median steps", "95 % interval"],
    ],
    rows: methods.flatMap(({ method, times }) =>
      times === undefined ? [] : [[method, ...timeCells(times.first), ...timeCells(times.stays)]],
    ),
  };
}

/** How often a run of a method does better than one of another. */
export function improvementTable({ pairs, tasks: all }: Comparison): PrintedTable {
  const isOfSeveral = all.length > 1;
  const isPaired = pairs.some(({ paired }) => paired?.difference !== undefined);
  return {
    head: [
      ...["X over Y", ...(isOfSeveral ? ["tasks"] : []), "P(X better)", "95 % interval"],
      ...(isPaired ? ["seeds", "mean of X − Y, same seeds", "95 % interval"] : []),
    ],
    rows: pairs.map(({ method, other, tasks, probability, paired }) => [
      `${method} over ${other}`,
      ...(isOfSeveral ? [String(tasks)] : []),
      ...cells(probability, 3),
      ...(isPaired ? [paired ? String(paired.seeds) : "–", ...cells(paired?.difference)] : []),
    ]),
  };
}

/** Methods over all tasks, where scores have a scale. */
export function aggregateTable({ aggregates = [] }: Comparison): PrintedTable {
  return {
    head: [
      ...["method", "runs", "IQM", "95 % interval", "mean", "95 % interval"],
      ...["optimality gap", "95 % interval"],
    ],
    rows: aggregates.map((one) => [
      one.method,
      String(one.runs),
      ...cells(one.interquartileMean),
      ...cells(one.mean),
      ...cells(one.optimalityGap),
    ]),
  };
}

/** Options in which the methods of a task differ, a line an option; – where a method has none such. */
export function settingsTable({ settings }: Comparison, task: string): PrintedTable {
  const own = settings.filter((one) => one.task === task);
  const keys = [...new Set(own.flatMap(({ options }) => Object.keys(options)))];
  return {
    head: ["option", ...own.map(({ method }) => method)],
    rows: keys.map((key) => [
      flagOf(key),
      ...own.map(({ options }) => (key in options ? valueText(options[key]) : "–")),
    ]),
  };
}

function cells(estimate: Estimate | undefined, digits = 4): string[] {
  if (estimate === undefined) return ["–", "–"];
  const { value, interval } = estimate;
  const show = (one: number): string => formatNumber(one, digits);
  return [show(value), interval === undefined ? "–" : between(interval, show)];
}

function timeCells({ reached, runs, median: { value, interval } }: Times): string[] {
  const range = interval === undefined ? "–" : between(interval, steps);
  return [`${reached} of ${runs}`, steps(value), range];
}

/** A time in steps; what takes longer than was compared is "never". */
const steps = (value: number): string =>
  value === Infinity ? "never" : Math.round(value).toLocaleString("en-US");

const between = ({ low, high }: Interval, show: (value: number) => string): string =>
  `[${show(low)}, ${show(high)}]`;
