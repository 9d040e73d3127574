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
  /** Mean over the seeds; must be positive on a logarithmic scale, as a gap to the optimal return. */
  readonly value: number;
  /** Ends of the 95 % interval of `value`; what lies outside the range is drawn to its edge. */
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
  readonly labels?: { readonly steps?: string; readonly value?: string };
  /** Range of the values; by default half decades around them and their upper ends. */
  readonly valueRange?: readonly [number, number];
  readonly valueScale?: "linear" | "log";
  readonly stepScale?: "linear" | "log";
}

/** Where the plotting area lies in its panel, in pixels. */
interface Area {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly right: number;
}

/** Values against environment steps, such as a gap to the optimum: a line and a 95 % band a method. */
export function learningCurves(document: Document, figure: LearningCurvesFigure): SVGSVGElement {
  const { curves, stepScale = "linear", valueScale = "log", labels } = figure;
  check(curves, valueScale);
  const styles = stylesFor(curves);
  const shown = curves.flatMap(({ points }) => points.flatMap(({ value, high }) => [value, high]));
  const domain = figure.valueRange ?? logDomain(shown.filter(Number.isFinite));
  const right = Math.max(...curves.map(({ label }) => textWidth(label, size.label))) + 30;
  const margins = { top: 8, right: Math.ceil(right), bottom: 46, left: 66 };
  const steps = curves.flatMap(({ points }) => points.map((point) => point.steps));
  const first = stepScale === "log" ? Math.min(...steps) : 0;
  const x: Axis = {
    ...{ label: labels?.steps ?? "environment steps", domain: [first, Math.max(...steps)] },
    type: stepScale,
  };
  const y: Axis = { label: labels?.value ?? "gap to the optimal return", domain, type: valueScale };
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
      ...{ x: "steps", y: "value", stroke: color, strokeWidth: size.line, strokeDasharray: dash },
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
  const wanted = ends.map((end) => area.y(end.value));
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

function check(curves: readonly LearningCurve[], scale: "linear" | "log"): void {
  if (curves.length === 0) throw new RangeError("learningCurves: at least one curve, got none");
  const positive = scale === "log" ? "positive, " : "";
  for (const { label, points } of curves) {
    if (points.length < 2) {
      throw new RangeError(
        `learningCurves: a curve must have two points or more, got ${points.length} for "${label}": ` +
          "evaluate more often, or put the single value in a table",
      );
    }
    const bad = points.find(
      ({ value, low, high }) =>
        !((scale === "linear" || value > 0) && Math.abs(value) < Infinity) ||
        !(low <= value && high >= value),
    );
    if (bad === undefined) continue;
    throw new RangeError(
      `learningCurves: a value must be ${positive}finite and inside its interval, got ${bad.value} in ` +
        `[${bad.low}, ${bad.high}] for "${label}" at step ${bad.steps}: a gap is measured against the ` +
        "exact optimum, and a curve ends where its method diverged",
    );
  }
}
