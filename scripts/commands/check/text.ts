import Table from "cli-table3";
import type { ActionSpace, Spread } from "../../../src/index.ts";
import { formatNumber } from "../../support/numbers.ts";
import { plainTable } from "../../support/tables.ts";
import type { Examination } from "./examine.ts";

/** An examination for people: sizes, what is wrong with what to do, and what was met. */
export function examinationText(examination: Examination): string {
  const { environment, findings, remarks } = examination;
  const verdict =
    findings.length === 0
      ? `${environment} keeps the contract.`
      : `${environment} breaks ${findings.length === 1 ? "a rule" : `${findings.length} rules`} of the contract.`;
  const errors = findings.map(
    ({ rule, seen, remedy }) =>
      `error    ${rule}\n         seen: ${seen}\n         do:   ${remedy}\n`,
  );
  const warnings = remarks.map(
    ({ seen, remedy }) => `warning  ${seen}\n         do:   ${remedy}\n`,
  );
  const sections = [
    sizesText(examination),
    [...errors, ...warnings].join(""),
    surveyText(examination),
  ];
  return `${verdict}\n\n${sections.filter((section) => section !== "").join("\n")}`;
}

function sizesText({ sizes }: Examination): string {
  const { stateSize, observationSize, actionSpace, horizon } = sizes;
  const actions = actionsText(actionSpace);
  return `state ${stateSize}, observation ${observationSize}, actions ${actions}, horizon ${horizon}\n`;
}

function actionsText(space: ActionSpace): string {
  const bounds = (values: readonly number[]): string =>
    values.map((x) => formatNumber(x)).join(", ");
  switch (space.kind) {
    case "discrete":
      return `one of ${space.count}${space.features === undefined ? "" : `, ${space.features} features each`}`;
    case "multi-discrete":
      return `one each of ${space.counts.join(", ")}`;
    case "box":
      return `${space.low.length} in [${bounds(space.low)}] to [${bounds(space.high)}]`;
  }
}

function surveyText({ survey, cost, sizes }: Examination): string {
  if (survey === undefined || cost === undefined) return "";
  const table = new Table(plainTable(["random actions", "mean", "std. dev.", "lowest", "highest"]));
  const row = (name: string, spread: Spread): void => {
    const { mean, standardDeviation, low, high } = spread;
    table.push([name, ...[mean, standardDeviation, low, high].map((x) => formatNumber(x, 4))]);
  };
  const described = "features" in sizes.actionSpace;
  const name = described ? "feature" : "observation";
  survey.observations.forEach((spread, k) => row(`${name} ${k}`, spread));
  row("reward", survey.rewards);
  const { episodes, terminated, meanLength, steps } = survey;
  const length = episodes > 0 ? ` of ${formatNumber(meanLength, 4)} steps on average` : "";
  return (
    `${table.toString()}\n\n` +
    `${episodes} episodes${length} in ${steps} steps: ${terminated} terminated, ${episodes - terminated} truncated\n` +
    `${formatNumber(cost.stepsPerSecond, 3)} steps a second, ${formatNumber(cost.bytesPerStep, 3)} bytes allocated a step\n`
  );
}
