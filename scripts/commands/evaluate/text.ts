import Table from "cli-table3";
import type { Interval } from "../../../src/index.ts";
import { formatNumber } from "../../support/numbers.ts";
import { plainTable } from "../../support/tables.ts";
import type { Summary } from "../../runs/summaries.ts";
import type { Performance, RunEvaluation } from "./evaluate.ts";

/** An evaluation for people. */
export function evaluationText(evaluation: RunEvaluation): string {
  const { run, environment, agent, update, steps, episodes, seed, mode, stochastic } = evaluation;
  return [
    `${environment}, ${agent} of ${run} after ${update} updates (${steps} steps), seed ${seed}`,
    "",
    `The mode of the policy, ${episodes} episodes`,
    tableOf(mode, evaluation),
    "",
    `The policy, drawing its actions, ${episodes} episodes`,
    tableOf(stochastic, evaluation),
    ...(episodes < 3 ? ["", "No intervals: they need 3 episodes or more."] : []),
    "",
  ].join("\n");
}

function tableOf(performance: Performance, { discount, episodes }: RunEvaluation): string {
  const table = new Table(
    plainTable(["", "mean", "95 % interval", "std. dev.", "IQM", "95 % interval"]),
  );
  const row = (name: string, summary: Summary): string[] => [name, ...cells(summary, episodes)];
  table.push(
    row("return Σ rₜ, undiscounted", performance.undiscountedReturn),
    row(`return Σ γᵗrₜ, γ = ${discount}`, performance.discountedReturn),
    row("length, steps", performance.length),
  );
  return table.toString();
}

function cells(summary: Summary, episodes: number): string[] {
  const between = ({ low, high }: Interval): string =>
    episodes < 3 ? "–" : `[${formatNumber(low, 5)}, ${formatNumber(high, 5)}]`;
  return [
    formatNumber(summary.mean, 5),
    between(summary.meanInterval),
    formatNumber(summary.standardDeviation),
    formatNumber(summary.interquartileMean, 5),
    between(summary.interquartileMeanInterval),
  ];
}
