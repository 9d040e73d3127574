import type { Caption } from "./compose.ts";
import { lines } from "./lines.ts";
import type { Method } from "./theme.ts";
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

/** Values against environment steps, such as a gap to the optimum: a line and a 95 % band a method. */
export function learningCurves(document: Document, figure: LearningCurvesFigure): SVGSVGElement {
  const { curves, labels, valueRange, stepScale = "linear", valueScale = "log" } = figure;
  const { title, subtitle, note } = figure;
  check(curves, valueScale);
  const steps = curves.flatMap(({ points }) => points.map((point) => point.steps));
  const first = stepScale === "log" ? Math.min(...steps) : 0;
  const shown = curves.flatMap(({ points }) => points.flatMap(({ value, high }) => [value, high]));
  return lines(document, {
    title,
    ...(subtitle !== undefined && { subtitle }),
    ...(note !== undefined && { note }),
    ...{ height: 380, names: "ends" },
    x: {
      ...{ label: labels?.steps ?? "environment steps", type: stepScale },
      domain: [first, Math.max(...steps)],
    },
    y: {
      ...{ label: labels?.value ?? "gap to the optimal return", type: valueScale },
      domain: valueRange ?? logDomain(shown.filter(Number.isFinite)),
    },
    panels: [
      {
        series: curves.map(({ points, ...method }) => ({
          ...method,
          points: points.map(({ steps: x, value: y, low, high }) => ({ x, y, low, high })),
        })),
      },
    ],
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
