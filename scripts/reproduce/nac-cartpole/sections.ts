import { median } from "../../../src/index.ts";
import {
  createTable,
  formatNumber,
  formatScientific,
  lines,
  type LineSeries,
  type Table,
} from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { countReached, durationText, methodNames, noiseName, timeText } from "./names.ts";
import type { MethodName } from "./run.ts";
import { NEAR, noises } from "./study.ts";
import { type CellSummary, type CurvePoint, summaryOf } from "./summary.ts";

/** Keys that fix the style; vanilla and natural look as in every figure. */
const styleKeys: Readonly<Partial<Record<MethodName, string>>> = {
  natural: "reference",
  nac: "natural",
};

const drawn: readonly MethodName[] = ["nac", "enac-values", "vanilla", "natural"];

/** The claims of the source about robot time, in minutes. */
const claimed = [
  { x: 10, label: "10 min" },
  { x: 120, label: "2 h" },
];

const time = { label: "robot time, minutes", type: "log" } as const;

/** The gap over robot time, under each noise. */
export function learningSection(summaries: readonly CellSummary[]): ReproductionSection {
  return {
    heading: "Learning curves",
    sentence: learningSentence(summaries),
    figure: {
      name: "learning",
      draw: (document) =>
        lines(document, {
          title: "Natural actor-critics on the linear cart-pole",
          subtitle: `relative gap (J* − J)/|J*|, exact: median and middle half of ${startsText(summaries)} initial policies; the frame ends at 1 %`,
          panels: noises.map((noise) => ({
            title: noiseName(noise),
            series: drawn.map((method): LineSeries => {
              const { curve } = summaryOf(summaries, method, noise);
              return {
                ...nameOf(method),
                points: curve.map(({ minutes, value, low, high }) => ({
                  ...{ x: minutes, y: value },
                  ...(method !== "natural" && { low, high }),
                })),
              };
            }),
            references: claimed,
          })),
          x: time,
          y: { label: "relative gap", type: "log", domain: [NEAR, 2] },
        }),
    },
  };
}

function learningSentence(summaries: readonly CellSummary[]): string {
  const [nac, vanilla] = (["nac", "vanilla"] as const).map((method) =>
    summaryOf(summaries, method, 0),
  );
  return (
    `Without noise the steps of the natural actor-critic are ${angleText(nac.angle)} from the exact natural gradient in the median. Robot time to within 1 % of J*, median and how many come there: ${timeText(nac)}, and of the exact vanilla gradient at the same pace ${timeText(vanilla)}. ` +
    `Noise in the transitions is noise in the least squares: ${noisyOutcomes(summaries)}.`
  );
}

function noisyOutcomes(summaries: readonly CellSummary[]): string {
  return noises
    .filter((noise) => noise > 0)
    .map((noise) => {
      const { minutes, secondsPerUpdate } = summaryOf(summaries, "nac", noise);
      const seconds = formatNumber(secondsPerUpdate, 2);
      return `at a standard deviation of ${formatScientific(noise)} there is an update every ${seconds} s, and ${countReached(minutes)} of ${minutes.length} policies come to the optimum`;
    })
    .join(", ");
}

function startsText(summaries: readonly CellSummary[]): string {
  const counts = summaries
    .filter(({ method }) => drawn.includes(method))
    .map(({ starts }) => starts);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `${least}` : `${least} to ${most}`;
}

const nameOf = (method: MethodName): { key: string; label: string } => ({
  key: styleKeys[method] ?? method,
  label: methodNames[method],
});

/** How many have come to the optimum by when. */
export function timesSection(summaries: readonly CellSummary[]): ReproductionSection {
  const points = (curve: readonly CurvePoint[]): { x: number; y: number }[] =>
    curve.map(({ minutes, share }) => ({ x: minutes, y: 100 * share }));
  return {
    heading: "Robot time to the optimum",
    sentence: timesSentence(summaries),
    figure: {
      name: "times",
      draw: (document) =>
        lines(document, {
          title: "Robot time to within 1 % of J*",
          subtitle:
            "share of the initial policies that have come there; exact gradients make an update whenever NAC does",
          panels: noises.map((noise) => ({
            title: noiseName(noise),
            series: [...drawn, ...(noise === 0 ? (["enac-one-start"] as const) : [])].map(
              (method): LineSeries => ({
                ...nameOf(method),
                points: points(summaryOf(summaries, method, noise).curve),
              }),
            ),
            references: claimed,
          })),
          x: time,
          y: {
            label: "policies at the optimum, %",
            domain: [0, 112],
            ticks: [0, 20, 40, 60, 80, 100],
          },
        }),
    },
    table: timesTable(summaries),
  };
}

const updateText = (updates: number): string =>
  updates === Infinity ? "–" : formatNumber(updates);

const angleText = (angle: number): string =>
  Number.isNaN(angle) ? "–" : `${formatNumber(angle, 2)}°`;

function timesSentence(summaries: readonly CellSummary[]): string {
  const one = summaryOf(summaries, "enac-one-start", 0);
  const starts = summaryOf(summaries, "enac-starts", 0);
  const values = summaryOf(summaries, "enac-values", 0);
  const estimated = summaryOf(summaries, "vanilla-sampled", 0);
  return (
    `eNAC as published has one baseline for all roll-outs, which is right where they all begin in one state: ${timeText(one)} at ${formatNumber(one.secondsPerUpdate, 3)} s an update. ` +
    `From random states the value of the start is noise in every return: ${timeText(starts)} at α = ${starts.stepSize}. With that value regressed beside w, parts of roll-outs will do: ${timeText(values)}. ` +
    `The vanilla gradient estimated from roll-outs: ${timeText(estimated)}. ` +
    "A natural step in the gains is proportional to σ²: it is short where σ has come to its bound before the gains are good."
  );
}

function timesTable(summaries: readonly CellSummary[]): Table {
  return createTable<CellSummary>(
    [
      { header: "method", value: ({ method }) => methodNames[method] },
      { header: "noise", value: ({ noise }) => noise, format: (noise) => formatNumber(noise) },
      { header: "α", value: ({ stepSize }) => stepSize },
      {
        header: "reached",
        value: ({ minutes }) => `${countReached(minutes)} of ${minutes.length}`,
        align: "right",
      },
      { header: "unstable", value: ({ diverged }) => diverged },
      {
        header: "time, median",
        value: ({ minutes }) => (countReached(minutes) === 0 ? "–" : durationText(median(minutes))),
        align: "right",
      },
      {
        header: "updates, median",
        value: ({ updates }) => updateText(median(updates)),
        align: "right",
      },
      {
        header: "s an update",
        value: ({ secondsPerUpdate }) => secondsPerUpdate,
        format: (s) => formatNumber(s, 3),
      },
      { header: "angle", value: ({ angle }) => angleText(angle), align: "right" },
    ],
    summaries,
    "Angle: of a step to the exact natural gradient in the exact Fisher metric, median over all steps",
  );
}
