import type { MatrixRows } from "../../../envs/index.ts";
import { formatMatrix, formatNumber } from "../../support/numbers.ts";
import type { Solution } from "./solution.ts";

/** A line, or a matrix over several. */
type Entry = readonly [label: string, value: string | number | MatrixRows | null];

/** A solution for people: blocks of labelled numbers and matrices. */
export function solutionText(solution: Solution): string {
  const { name, states, actions, gamma, horizon } = solution;
  const head = `${name ?? "lqr"}: n = ${states}, m = ${actions}, γ = ${gamma}`;
  return [
    `${head}\n`,
    stationaryBlock(solution),
    optimumBlock(solution),
    ...(horizon === null ? [] : [finiteBlock(solution, horizon)]),
    ...(gamma === 1 ? [] : [averageBlock(solution)]),
  ].join("\n");
}

function stationaryBlock(solution: Solution): string {
  const { criterion, stable, spectralRadius, gamma } = solution;
  const radius = formatNumber(Math.sqrt(gamma) * spectralRadius, 6);
  const title = criterion === "average reward" ? "Average reward per step" : "Discounted return";
  const closedLoop: Entry[] = [
    ["ρ(A+BK)", spectralRadius],
    ["√γ·ρ(A+BK)", `${radius}, ${stable ? "stable" : "unstable"}`],
  ];
  if (!stable) {
    return block(title, [["J", `−∞ (unstable: √γ·ρ(A+BK) = ${radius})`], closedLoop[0]]);
  }
  return block(title, [
    ["J", solution.return],
    ...derivatives(solution, solution.gradient, solution.naturalGradient),
    ["E[s sᵀ]", solution.stateSecondMoment],
    ["F", solution.fisher],
    ...closedLoop,
  ]);
}

function optimumBlock({ optimalGain, optimalReturn, gaussNewtonGain, stable }: Solution): string {
  const found: Entry[] =
    optimalGain === null
      ? [["J*", "none found (no gain that stabilises the system was found)"]]
      : [
          ["J*", optimalReturn],
          ["K*", optimalGain],
        ];
  const step: Entry[] = stable ? [["Gauss-Newton K′", gaussNewtonGain]] : [];
  return block("Optimum, without noise in the action", [...found, ...step]);
}

function finiteBlock(solution: Solution, horizon: number): string {
  const { finiteHorizonGradient, finiteHorizonNaturalGradient } = solution;
  return block(`Finite horizon, ${horizon} steps`, [
    ["J", solution.finiteHorizonReturn],
    ...derivatives(solution, finiteHorizonGradient, finiteHorizonNaturalGradient),
    ["E[s sᵀ]", solution.finiteHorizonStateSecondMoment],
    ["F", solution.finiteHorizonFisher],
  ]);
}

function averageBlock(solution: Solution): string {
  const { averageReward, spectralRadius } = solution;
  const title = "Average reward per step, as for γ = 1";
  if (averageReward === null) {
    const radius = formatNumber(spectralRadius, 6);
    return block(title, [["J", `−∞ (unstable: ρ(A+BK) = ${radius})`]]);
  }
  return block(title, [
    ["J", averageReward.return],
    ...derivatives(solution, averageReward.gradient, averageReward.naturalGradient),
    ["E[s sᵀ]", averageReward.stateSecondMoment],
    ["F", averageReward.fisher],
    ["J*", averageReward.optimalReturn],
    ["K*", averageReward.optimalGain],
  ]);
}

/** ∇J and F⁻¹∇J, each as a matrix over K and a row over σ. */
function derivatives(
  size: Pick<Solution, "states" | "actions">,
  gradient: readonly number[] | null,
  natural: readonly number[] | null,
): Entry[] {
  const parts = (label: string, vector: readonly number[] | null): Entry[] =>
    vector === null
      ? []
      : [
          [`${label} over K`, rowsOf(vector, size)],
          [`${label} over σ`, [vector.slice(size.actions * size.states)]],
        ];
  return [...parts("∇J", gradient), ...parts("F⁻¹∇J", natural)];
}

function rowsOf(
  vector: readonly number[],
  { states, actions }: Pick<Solution, "states" | "actions">,
): MatrixRows {
  return Array.from({ length: actions }, (_, j) => vector.slice(j * states, (j + 1) * states));
}

function block(title: string, entries: readonly Entry[]): string {
  const width = Math.max(...entries.map(([label]) => label.length));
  const lines = entries.flatMap(([label, value]) => {
    const shown = linesOf(value);
    return shown.map(
      (line, i) => `  ${(i === 0 ? label : "").padEnd(width)}${i === 0 ? " = " : "   "}${line}`,
    );
  });
  return `${title}\n${lines.join("\n")}\n`;
}

function linesOf(value: Entry[1]): string[] {
  if (value === null) return ["–"];
  if (typeof value === "string") return [value];
  return typeof value === "number" ? [formatNumber(value, 6)] : formatMatrix(value);
}
