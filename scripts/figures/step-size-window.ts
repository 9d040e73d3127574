import * as Plot from "@observablehq/plot";
import { type Caption, compose, stack } from "./compose.ts";
import { type Axis, type Margins, panel } from "./panel.ts";
import { textWidth } from "./text-metrics.ts";
import { fontFamily, ink, type Method, type MethodStyle, size, stylesFor } from "./theme.ts";
import { logDomain } from "./ticks.ts";

/** What came of training with one step size. */
export type StepSizeTrial =
  | { readonly stepSize: number; readonly outcome: "reached"; readonly updates: number }
  | { readonly stepSize: number; readonly outcome: "diverged" | "budget" };

/** The trials of one method; `budget` means that the updates allowed did not suffice. */
export interface StepSizeSweep extends Method {
  readonly trials: readonly StepSizeTrial[];
}

/** Data of `stepSizeWindow`. */
export interface StepSizeFigure extends Caption {
  readonly sweeps: readonly StepSizeSweep[];
  /** Updates after which a trial was given up. */
  readonly budget: number;
  readonly labels?: { readonly stepSize?: string; readonly updates?: string };
}

const rowHeight = 20;

/**
 * Updates until the gap is 1 % of its first value against the step size, both logarithmic; a rail above
 * shows for each method and step size whether it got there (dot), did not within the budget (open dot)
 * or diverged (cross), so that no trial is missing from the picture.
 */
export function stepSizeWindow(document: Document, figure: StepSizeFigure): SVGSVGElement {
  const { sweeps, labels } = figure;
  check(sweeps);
  const styles = stylesFor(sweeps);
  const left = Math.max(66, ...sweeps.map(({ label }) => textWidth(label, size.label) * 1.05 + 16));
  const x: Axis = {
    ...{ label: labels?.stepSize ?? "step size", type: "log" },
    domain: widened(sweeps.flatMap(({ trials }) => trials.map(({ stepSize }) => stepSize))),
  };
  const context: Context = { sweeps, styles, x, left: Math.ceil(left) };
  const y = labels?.updates ?? "updates to 1 % of the first gap";
  const svg = stack(document, [rail(document, context), chart(document, context, y)]);
  svg.setAttribute("data-left", String(context.left));
  const keys = [
    { label: "reached", color: ink.text, symbol: "circle" },
    { label: `not within ${figure.budget.toLocaleString("en-US")} updates`, ...notReached },
    { label: "diverged", color: ink.text, symbol: "times" },
  ] as const;
  return compose(document, { ...figure, legend: keys, rows: [[{ svg }]] });
}

const notReached = { color: ink.text, symbol: "circle", open: true } as const;

interface Context {
  readonly sweeps: readonly StepSizeSweep[];
  readonly styles: readonly MethodStyle[];
  readonly x: Axis;
  readonly left: number;
}

function rail(document: Document, { sweeps, styles, x, left }: Context): SVGSVGElement {
  const labels = sweeps.map(({ label }) => label);
  const marks = sweeps.flatMap(({ label, trials }, i) => {
    const { color } = styles[i];
    const of = (outcome: StepSizeTrial["outcome"]): StepSizeTrial[] =>
      trials.filter((trial) => trial.outcome === outcome);
    const at = { x: "stepSize", y: () => label, stroke: color } as const;
    return [
      Plot.ruleY([label], { y: [label], stroke: ink.grid }),
      Plot.dot(of("reached"), { ...at, r: 3.2, fill: color }),
      Plot.dot(of("budget"), { ...at, r: 3.2, fill: ink.paper, strokeWidth: 1.5 }),
      Plot.dot(of("diverged"), { ...at, r: 3.6, symbol: "times", strokeWidth: 2 }),
      Plot.text([label], {
        ...{ y: [label], text: [label], frameAnchor: "left", textAnchor: "end", dx: -10 },
        ...{ fill: color, fontSize: size.label, fontWeight: 600 },
      }),
    ];
  });
  return Plot.plot({
    ...{ document, width: size.width, height: sweeps.length * rowHeight + 8, axis: null },
    ...{ marginLeft: left, marginRight: 14, marginTop: 2, marginBottom: 6 },
    style: { fontFamily, background: "none" },
    ...{ x: { type: "log", domain: [...x.domain] }, y: { type: "band", domain: labels } },
    marks,
  }) as SVGSVGElement;
}

function chart(document: Document, context: Context, label: string): SVGSVGElement {
  const { sweeps, styles, x, left } = context;
  // A trial that did not reach the gap has no y, which breaks the line there.
  const points = sweeps.map(({ trials }) =>
    trials
      .map((trial) => ({ x: trial.stepSize, y: trial.outcome === "reached" ? trial.updates : NaN }))
      .sort((a, b) => a.x - b.x),
  );
  const updates = points.flat().flatMap((point) => (Number.isNaN(point.y) ? [] : [point.y]));
  const y: Axis = { label, type: "log", domain: logDomain(updates.length > 0 ? updates : [1, 10]) };
  const margins: Margins = { top: 6, right: 14, bottom: 46, left };
  const marks = points.flatMap((line, i) => {
    const { color, symbol } = styles[i];
    // Later methods are drawn smaller, so that those before them show where they coincide.
    const over = points.length - 1 - i;
    const [strokeWidth, r] = [1.6 + 0.9 * over, 3.6 + 0.8 * over];
    return [
      Plot.line(line, { x: "x", y: "y", stroke: color, strokeWidth }),
      Plot.dot(line, { x: "x", y: "y", symbol, r, fill: color, stroke: ink.paper }),
    ];
  });
  return panel(document, { width: size.width, height: 330, margins, x, y }, marks);
}

/** The range of positive `values` and a factor of 1.3 beyond it on either side. */
function widened(values: readonly number[]): [number, number] {
  return [Math.min(...values) / 1.3, Math.max(...values) * 1.3];
}

function check(sweeps: readonly StepSizeSweep[]): void {
  for (const { label, trials } of sweeps) {
    for (const trial of trials) {
      const updates = trial.outcome === "reached" ? trial.updates : 1;
      if (trial.stepSize > 0 && updates > 0) continue;
      throw new RangeError(
        "stepSizeWindow: step sizes and updates must be positive for logarithmic axes, got step size " +
          `${trial.stepSize} and ${updates} updates for "${label}": leave that trial out`,
      );
    }
  }
}
