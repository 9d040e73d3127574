import { type Caption, compose, type Panel } from "./compose.ts";
import type { LegendKey } from "./legend.ts";
import {
  appendEndLabels,
  type LinePoint,
  type LineSeries,
  type ReferenceLine,
  referenceName,
  referenceRule,
  seriesMarks,
} from "./line-marks.ts";
import { type Axis, nameOffset, panel } from "./panel.ts";
import { smallMultiples } from "./small-multiples.ts";
import { textWidth } from "./text-metrics.ts";
import { type MethodStyle, size, stylesByKey, tint } from "./theme.ts";
import { logDomain, roundDomain } from "./ticks.ts";

/** An axis whose range, unless given, follows from what is drawn. */
export type LinesAxis = Omit<Axis, "domain" | "bare"> & Partial<Pick<Axis, "domain">>;

/** One panel of `lines`. */
export interface LinesPanel {
  readonly title?: string;
  readonly series: readonly LineSeries[];
  readonly references?: readonly ReferenceLine[];
  /** Axes of its own instead of those of the figure. */
  readonly x?: LinesAxis;
  readonly y?: LinesAxis;
}

/** Data of `lines`. */
export interface LinesFigure extends Caption {
  readonly panels: readonly LinesPanel[];
  readonly x: LinesAxis;
  readonly y: LinesAxis;
  /** Height of a panel in pixels. */
  readonly height?: number;
  /** Panels in a row; by default all of them. */
  readonly columns?: number;
  /** Where the series are named: above the panels (the default), or beside the ends of the lines. */
  readonly names?: "legend" | "ends";
}

/**
 * Quantities over a common one in one or more panels, as lines with bands or as symbols, on linear or
 * logarithmic axes. Panels without axes of their own share the ranges of all that do not.
 */
export function lines(document: Document, figure: LinesFigure): SVGSVGElement {
  const { panels, columns = panels.length, names = "legend" } = figure;
  check(figure);
  const series = panels.flatMap((one) => one.series);
  const styleOf = stylesByKey(series);
  const shared = panels.every(({ y }) => y === undefined);
  const offset = Math.max(...panels.map((one) => nameOffset(axisOf(figure, one, "y")))) + 8;
  const left = { first: Math.max(66, offset), next: shared ? 24 : Math.max(70, offset) };
  const layout = smallMultiples({
    ...{ width: size.width, count: panels.length, columns },
    ...{ left, right: names === "ends" ? room(series) : 14 },
  });
  const drawn = panels.map((one, i): Panel => {
    const margins = { ...layout.margins(i), top: 8 };
    const width = layout.inner + margins.left + margins.right;
    const y = { ...axisOf(figure, one, "y"), bare: shared && !layout.isFirst(i) };
    const styles = one.series.map(styleOf);
    const { references = [] } = one;
    const marks = [
      ...references.map(referenceRule),
      ...one.series.flatMap((each, at) => seriesMarks(each, styles[at], y)),
      ...references.map(referenceName),
    ];
    const options = { width, height: figure.height ?? 300, margins, y };
    const svg = panel(document, { ...options, x: axisOf(figure, one, "x") }, marks);
    if (names === "ends") {
      appendEndLabels(document, svg, { series: one.series, styles, right: width - margins.right });
    }
    return one.title === undefined ? { svg } : { svg, title: one.title };
  });
  const legend = names === "ends" ? {} : { legend: legendOf(series, styleOf) };
  return compose(document, { ...figure, ...legend, rows: layout.rows(drawn) });
}

/** Pixels for the names beside the ends of the lines. */
const room = (series: readonly LineSeries[]): number =>
  Math.ceil(Math.max(...series.map(({ label }) => textWidth(label, size.label))) + 30);

/** The axis with its range: by default the values of x, and round numbers around those of y. */
function axisOf(figure: LinesFigure, one: LinesPanel, name: "x" | "y"): Axis {
  const own = one[name];
  const axis = own ?? figure[name];
  if (axis.domain !== undefined) return { ...axis, domain: axis.domain };
  const among =
    own === undefined ? figure.panels.filter((each) => each[name] === undefined) : [one];
  const usable = (value: number): boolean =>
    Number.isFinite(value) && (axis.type !== "log" || value > 0);
  const values = among.flatMap((each) => valuesOf(each, name)).filter(usable);
  if (name === "x") return { ...axis, domain: [Math.min(...values), Math.max(...values)] };
  return { ...axis, domain: axis.type === "log" ? logDomain(values) : roundDomain(values) };
}

function valuesOf({ series, references = [] }: LinesPanel, name: "x" | "y"): number[] {
  const drawn = series.flatMap(({ points }) =>
    points.flatMap((point) => (name === "x" ? [point.x] : heights(point))),
  );
  const lines = references.map((line) => ("x" in line ? { x: line.x } : { y: line.y }));
  return [...drawn, ...lines.flatMap((line) => (name in line ? Object.values(line) : []))];
}

const heights = ({ y, low = y, high = y }: LinePoint): number[] => [y, low, high];

function legendOf(
  series: readonly LineSeries[],
  styleOf: (series: LineSeries) => MethodStyle,
): LegendKey[] {
  const keys = series.map((each): LegendKey => {
    const { label, marks = "line", wide = false } = each;
    const { color, dash, symbol } = styleOf(each);
    const line = wide ? { color: tint(color, 0.45), line: 8 } : { color, dash, line: size.line };
    return {
      ...{ label, color },
      ...(marks === "symbols" ? {} : line),
      ...(marks === "line" ? {} : { symbol }),
    };
  });
  const texts = keys.map((key) => JSON.stringify(key));
  return keys.filter((_, i) => texts.indexOf(texts[i]) === i);
}

function check(figure: LinesFigure): void {
  for (const one of figure.panels) {
    for (const name of ["x", "y"] as const) {
      if ((one[name] ?? figure[name]).type !== "log") continue;
      const values = one.series.flatMap(({ points }) => points.map((point) => point[name]));
      const bad = values.find((value) => value <= 0);
      if (bad === undefined) continue;
      throw new RangeError(
        `lines: values on a logarithmic axis must be positive, got ${bad} on the ${name} axis: leave it ` +
          "out, put not-a-number in its place to break the line, or take a linear axis",
      );
    }
  }
}
