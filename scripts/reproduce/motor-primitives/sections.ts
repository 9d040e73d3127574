import { median } from "../../../src/index.ts";
import { createTable, formatNumber, lines } from "../../figures/index.ts";
import type { Comparison, ReproductionSection } from "../reproduction.ts";
import { exactMovement } from "./exact.ts";
import { type Method, methods, type PanelName, panels, startOf } from "./learning-run.ts";
import { DT, GOAL, STEPS } from "./movement.ts";
import { medianToNear, type MotorSummary, truthOf } from "./study.ts";
import { positionsOf } from "./task.ts";

export const panelNames = Object.keys(panels) as PanelName[];

export const panelTitles: Readonly<Record<PanelName, string>> = {
  "command-splines": "(a) minimum command, splines",
  "command-primitives": "(b) minimum command, primitives",
  "via-splines": "(c) via point, splines",
  "via-primitives": "(d) via point, primitives",
};

export const methodNames: Readonly<Record<Method, string>> = {
  fd: "finite differences",
  reinforce: "REINFORCE",
  gpomdp: "G(PO)MDP",
  enac: "eNAC, one baseline",
  "enac-time": "eNAC, baseline per time",
};

/** Keys that fix the style: the natural gradient and the vanilla one look as in every figure, and `reference` is the optimum. */
const styleKeys: Readonly<Record<Method, string>> = {
  fd: "fd",
  reinforce: "reinforce",
  gpomdp: "vanilla",
  enac: "natural",
  "enac-time": "enac-time",
};

/** Roll-outs to the end of learning as read off figure 4 of the source, by eye. */
export const readings: Readonly<
  Record<PanelName, { natural: string; vanilla: string; fd: string }>
> = {
  "command-splines": { natural: "8 – 20", vanilla: "10⁴", fd: "stuck at 10⁵" },
  "command-primitives": { natural: "10", vanilla: "30 – 100", fd: "10⁴" },
  "via-splines": { natural: "10³ – 10⁵", vanilla: "3 × 10⁴ – 10⁵", fd: "3 × 10⁴" },
  "via-primitives": { natural: "100", vanilla: "4 × 10⁴, rising", fd: "stuck" },
};

export function learningSection(summaries: readonly MotorSummary[]): ReproductionSection {
  const seeds = summaries[0].final.length;
  return {
    heading: "Learning a movement",
    sentence:
      "eNAC regresses the natural gradient, REINFORCE and G(PO)MDP estimate the vanilla one, and finite differences need no likelihoods. The table counts the roll-outs until the cost has come nine tenths of the way to the optimum.",
    figure: {
      name: "learning",
      draw: (document) =>
        lines(document, {
          title: "Cost of the movement against roll-outs",
          subtitle: `exact expected cost −J: interquartile mean and 95 % bootstrap band of ${seeds} seeds; dotted line: the optimum with this exploration`,
          panels: panelNames.map((panel) => ({
            title: panelTitles[panel].slice(4), // the figure letters its panels
            series: methods.map((method) => ({
              key: styleKeys[method],
              label: methodNames[method],
              points: pointsOf(summaries, panel, method),
            })),
            references: [{ y: -truthOf(panel, startOf(panel)).best }],
            y: { label: "−J", type: "log" },
          })),
          x: { label: "roll-outs", type: "log" },
          y: { label: "−J", type: "log" },
          columns: 2,
          ...divergedNote(summaries),
        }),
    },
    table: createTable<MotorSummary>(
      [
        { header: "panel", value: ({ panel }) => panelTitles[panel] },
        { header: "method", value: ({ method }) => methodNames[method] },
        { header: "α", value: ({ stepSize }) => formatNumber(stepSize), align: "right" },
        { header: "roll-outs to within a tenth", value: (row) => nearText(row), align: "right" },
        {
          header: "J at the end",
          value: ({ final }) => formatNumber(median(final), 4),
          align: "right",
        },
      ],
      summaries,
      "Medians over the seeds; within a tenth: J − J(start) ≥ 0.9 (J* − J(start))",
    ),
  };
}

/** Names the curves that lack points because a run diverged, where there are any. */
function divergedNote(summaries: readonly MotorSummary[]): { readonly note?: string } {
  const lost = summaries.flatMap(({ panel, method, final }) => {
    const count = final.filter((value) => value === -Infinity).length;
    const name = `${methodNames[method]} in ${panelTitles[panel].slice(0, 3)}`;
    return count === 0 ? [] : [`${name}, ${count} of ${final.length} runs`];
  });
  return lost.length === 0
    ? {}
    : { note: `Not drawn once a run has diverged: ${lost.join("; ")}.` };
}

function pointsOf(
  summaries: readonly MotorSummary[],
  panel: PanelName,
  method: Method,
): { x: number; y: number; low: number; high: number }[] {
  const summary = summaries.find((one) => one.panel === panel && one.method === method);
  const points = summary?.curve ?? [];
  return points
    .filter(({ low }) => low > -Infinity)
    .map(({ rollouts, value, low, high }) => ({ x: rollouts, y: -value, low: -high, high: -low }));
}

function nearText(summary: MotorSummary): string {
  const reached = summary.rolloutsToNear.filter(Number.isFinite).length;
  const of = summary.rolloutsToNear.length;
  if (reached === 0) return "never";
  const median = medianToNear(summary);
  return `${Number.isFinite(median) ? formatNumber(median) : "mostly never"} (${reached} of ${of})`;
}

/** The best movements, which no sampling enters. */
export function movementsSection(): ReproductionSection {
  return {
    heading: "The best movements",
    sentence:
      "Without exploration. A minimum command to a goal reached at half time is a third-order polynomial; splines and primitives of 10 parameters come as close to it as they can.",
    figure: {
      name: "movements",
      draw: (document) =>
        lines(document, {
          title: "Optimal movements",
          subtitle: "exact optimum of each parametrisation; the source's point is at 0.5 rad",
          panels: (["minimum command", "via point"] as const).map((name) => ({
            title: name,
            series: [
              ...panelNames
                .filter((panel) => panels[panel].task.name === name)
                .map((panel) => ({
                  key: panel.endsWith("splines") ? "natural" : "vanilla",
                  label: panel.endsWith("splines") ? "splines" : "motor primitive",
                  points: Array.from(optimalPositions(panel), (y, i) => ({ x: i * DT, y })),
                })),
              ...(name === "minimum command"
                ? [
                    {
                      key: "reference",
                      label: "third-order polynomial",
                      points: Array.from({ length: STEPS + 1 }, (_, i) => ({
                        ...{ x: i * DT, y: cubic(i * DT) },
                      })),
                    },
                  ]
                : []),
            ],
          })),
          x: { label: "time, s" },
          y: { label: "position, rad" },
        }),
    },
  };
}

function optimalPositions(panel: PanelName): Float64Array {
  const { plan, task } = panels[panel];
  return positionsOf(plan(), exactMovement(plan(), task, 0).optimum);
}

/** The movement of least ∫q̈² from rest to rest at the goal at half time. */
function cubic(time: number): number {
  const s = Math.min(1, time / (0.5 * STEPS * DT));
  return GOAL * s * s * (3 - 2 * s);
}

/** The largest distance of the splines' best movement from the third-order polynomial, rad. */
export function cubicDeviation(): number {
  const positions = optimalPositions("command-splines");
  return Math.max(...Array.from(positions, (q, i) => Math.abs(q - cubic(i * DT))));
}

/** How far the goal may be missed where it has a price and is no constraint, rad. */
const SOFT = 0.01;

export function comparisonsOf(summaries: readonly MotorSummary[]): Comparison[] {
  const deviation = cubicDeviation();
  const toNear = (panel: PanelName, method: Method): string => {
    const summary = summaries.find((one) => one.panel === panel && one.method === method);
    return summary === undefined ? "not run" : nearText(summary);
  };
  const note = "H, σ, M and α are not stated; published: the end of learning";
  return [
    {
      quantity: "best movement, minimum command: distance from a third-order polynomial, rad",
      published: "a third-order polynomial",
      derived: 0,
      ours: deviation,
      verdict: deviation <= SOFT ? "agrees" : "differs",
      note: `within ${SOFT} rad, since the goal has a price and is no constraint`,
    },
    ...panelNames.flatMap((panel): Comparison[] => [
      {
        quantity: `${panelTitles[panel]}: roll-outs of eNAC to within a tenth`,
        published: readings[panel].natural,
        ours: toNear(panel, "enac"),
        verdict: "qualitative",
        note,
      },
      {
        quantity: `${panelTitles[panel]}: roll-outs of vanilla to within a tenth`,
        published: readings[panel].vanilla,
        ours: toNear(panel, "gpomdp"),
        verdict: "qualitative",
        note,
      },
      {
        quantity: `${panelTitles[panel]}: roll-outs of finite differences to within a tenth`,
        published: readings[panel].fd,
        ours: toNear(panel, "fd"),
        verdict: "qualitative",
        note,
      },
    ]),
  ];
}
