import type { Comparison } from "./compare.ts";
import type { TaskComparison } from "./task.ts";

/** What was compared, in a sentence. */
export function leadOf({ methods, tasks, runs, column }: Comparison): string {
  const count = (number: number, name: string): string =>
    `${number} ${name}${number === 1 ? "" : "s"}`;
  return `${column} of ${count(methods.length, "method")} on ${count(tasks.length, "task")}, ${count(runs.length, "run")}`;
}

/** What the score of a run is. */
export function scoreText({ column, last, lowerIsBetter }: Comparison): string {
  const which =
    last === 0
      ? `the last ${column} of a run`
      : `the mean of ${column} over the last ${Math.round(100 * last)} % of the steps`;
  return `Score: ${which}; ${lowerIsBetter ? "less" : "more"} is better`;
}

/** What a threshold counts. */
export function thresholdText({ threshold = NaN, budget }: TaskComparison): string {
  return `Environment steps until a run reaches ${threshold}, and from which on it keeps it; never: not in the ${budget.toLocaleString("en-US")} compared`;
}
