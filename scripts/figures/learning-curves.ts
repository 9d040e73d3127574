import * as Plot from "@observablehq/plot";
import { type Caption, compose } from "./compose.ts";
import { type Axis, panel } from "./panel.ts";
import { element } from "./svg.ts";
import { spread, textWidth } from "./text-metrics.ts";
import { type Method, type MethodStyle, size, stylesFor } from "./theme.ts";
import { logDomain } from "./ticks.ts";

/** One evaluation of a method, over its seeds. */
export interface CurvePoint {
  /** Environment steps taken so far. */
  readonly steps: number;
  /** Mean gap to the optimal return, in units of return; must be positive. */
  readonly gap: number;
  /** Ends of the 95 % interval of `gap`; `low` may be negative and is then drawn to the bottom. */
  readonly low: number;
  readonly high: number;
}

/** The learning curve of one method. */
export interface LearningCurve extends Method {
  readonly points: readonly CurvePoint[];
}

/** Data of `learningCurves`. */
export interface LearningCurvesFigure extends Caption {
  readonly curves: readonly LearningCurve[];
  readonly labels?: { readonly steps?: string; readonly gap?: string };
  /** Range of the gap; by default half decades around the gaps and their upper ends. */
  readonly gapRange?: readonly [number, number];
  readonly stepScale?: "linear" | "log";
}

/** Where the plotting area lies in its panel, in pixels. */
interface Area {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly right: number;
}

/** Gap to the optimum, logarithmic, against environment steps: a line and a 95 % band a method. */
export function learningCurves(document: Document, figure: LearningCurvesFigure): SVGSVGElement {
  const { curves, stepScale = "linear", labels } = figure;
  check(curves);
  const styles = stylesFor(curves);
  const shown = curves.flatMap(({ points }) => points.flatMap(({ gap, high }) => [gap, high]));
  const domain = figure.gapRange ?? logDomain(shown.filter(Number.isFinite));
  const right = Math.max(...curves.map(({ label }) => textWidth(label, size.label))) + 30;
  const margins = { top: 8, right: Math.ceil(right), bottom: 46, left: 66 };
  const steps = curves.flatMap(({ points }) => points.map((point) => point.steps));
  const first = stepScale === "log" ? Math.min(...steps) : 0;
  const x: Axis = {
    ...{ label: labels?.steps ?? "environment steps", domain: [first, Math.max(...steps)] },
    type: stepScale,
  };
  const y: Axis = { label: labels?.gap ?? "gap to the optimal return", domain, type: "log" };
  const marks = curves.flatMap((curve, i) => curveMarks(curve, styles[i], domain));
  const svg = panel(document, { width: size.width, height: 380, margins, x, y }, marks);
  const area: Area = {
    ...{ x: pixels(svg, "x"), y: pixels(svg, "y"), right: size.width - margins.right },
  };
  for (const label of endLabels(document, { curves, styles, area })) svg.appendChild(label);
  return compose(document, { ...figure, panels: [{ svg }] });
}

function curveMarks(
  { points }: LearningCurve,
  { color, dash }: MethodStyle,
  [low, high]: readonly [number, number],
): Plot.Markish[] {
  const inside = (value: number): number => Math.min(high, Math.max(low, value));
  const band = points.map((p) => ({ steps: p.steps, low: inside(p.low), high: inside(p.high) }));
  return [
    Plot.areaY(band, { x: "steps", y1: "low", y2: "high", fill: color, fillOpacity: 0.18 }),
    Plot.line(points, {
      ...{ x: "steps", y: "gap", stroke: color, strokeWidth: size.line, strokeDasharray: dash },
      ...{ clip: true, strokeLinecap: "butt" },
    }),
  ];
}

const pixels = (svg: Plot.Plot, name: "x" | "y"): ((value: number) => number) => {
  const scale = svg.scale(name);
  return (value) => scale?.apply(value) as number;
};

/** The names of the methods beside the ends of their curves, moved apart, tied to them by thin lines. */
function endLabels(
  document: Document,
  context: {
    readonly curves: readonly LearningCurve[];
    readonly styles: readonly MethodStyle[];
    readonly area: Area;
  },
): SVGElement[] {
  const { curves, styles, area } = context;
  const ends = curves.map(({ points }) => points[points.length - 1]);
  const wanted = ends.map((end) => area.y(end.gap));
  return spread(wanted, size.label * 1.25).flatMap((y, i) => {
    const { color } = styles[i];
    const from = area.x(ends[i].steps) + 3;
    const d = `M${from},${wanted[i]}L${area.right + 16},${y}`;
    const at = { x: area.right + 20, y: y + size.label * 0.32, "text-anchor": "start" };
    const text = { ...at, fill: color, "font-size": size.label, "font-weight": 600 };
    return [
      element(document, "path", { d, stroke: color, "stroke-width": 0.8, fill: "none" }),
      element(document, "text", text, [curves[i].label]),
    ];
  });
}

function check(curves: readonly LearningCurve[]): void {
  if (curves.length === 0) throw new RangeError("learningCurves: at least one curve, got none");
  for (const { label, points } of curves) {
    if (points.length < 2) {
      throw new RangeError(
        `learningCurves: a curve must have two points or more, got ${points.length} for "${label}": ` +
          "evaluate more often, or put the single value in a table",
      );
    }
    const bad = points.find(
      ({ gap, low, high }) => !(gap > 0 && gap < Infinity && low <= gap && high >= gap),
    );
    if (bad === undefined) continue;
    throw new RangeError(
      `learningCurves: a gap must be positive, finite and inside its interval, got ${bad.gap} in ` +
        `[${bad.low}, ${bad.high}] for "${label}" at step ${bad.steps}: measure it against the exact ` +
        "optimum, and end the curve where the method diverged",
    );
  }
}
