import * as Plot from "@observablehq/plot";
import type { Axis } from "./panel.ts";
import { element } from "./svg.ts";
import { spread } from "./text-metrics.ts";
import { ink, type Method, type MethodStyle, size, tint } from "./theme.ts";

/** A value, and the ends of the band around it. */
export interface LinePoint {
  readonly x: number;
  /** A value that is not a number breaks the line. */
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** One quantity over another; the key fixes colour, dash and symbol. */
export interface LineSeries extends Method {
  readonly points: readonly LinePoint[];
  /** A line (the default), symbols, or both. */
  readonly marks?: "line" | "symbols" | "both";
  /** Wide and pale, so that a line that coincides with it shows on top. */
  readonly wide?: boolean;
}

/** A straight line at `x` or at `y` across the panel, with its name on it. */
export type ReferenceLine = { readonly label?: string } & (
  | { readonly x: number }
  | { readonly y: number; /** Which end the name stands at. */ readonly side?: "left" | "right" }
);

/** The band, the line and the symbols of a series; what lies outside the frame is cut off. */
export function seriesMarks(
  { points, marks = "line", wide = false }: LineSeries,
  { color, dash, symbol }: MethodStyle,
  { domain: [low, high] }: Axis,
): Plot.Markish[] {
  const inside = (value: number): number => Math.min(high, Math.max(low, value));
  const band = points.flatMap(({ x, low: y1, high: y2 }) =>
    y1 === undefined || y2 === undefined ? [] : [{ x, y1: inside(y1), y2: inside(y2) }],
  );
  const body = wide
    ? { stroke: tint(color, 0.45), strokeWidth: 8 }
    : { stroke: color, strokeWidth: size.line, strokeDasharray: dash };
  const shown = points.filter(({ y }) => y >= low && y <= high);
  return [
    ...(band.length > 0
      ? [Plot.areaY(band, { x: "x", y1: "y1", y2: "y2", fill: color, fillOpacity: 0.18 })]
      : []),
    ...(marks === "symbols"
      ? []
      : [Plot.line(points, { x: "x", y: "y", ...body, clip: true, strokeLinecap: "butt" })]),
    ...(marks === "line"
      ? []
      : [Plot.dot(shown, { x: "x", y: "y", symbol, r: 3.6, fill: color, stroke: ink.paper })]),
  ];
}

/** A dotted line across the panel. */
export function referenceRule(line: ReferenceLine): Plot.Markish {
  const rule = { stroke: ink.reference, strokeDasharray: "2 3" };
  return "x" in line ? Plot.ruleX([line.x], rule) : Plot.ruleY([line.y], rule);
}

/** Its name with a white edge: at the upper end of a vertical one, at the right or left end of the others. */
export function referenceName(line: ReferenceLine): Plot.Markish {
  const text = {
    ...{ text: [line.label ?? ""], fill: ink.secondary, fontSize: size.text },
    ...{ stroke: ink.paper, strokeWidth: 4 },
  };
  if ("x" in line) {
    const at = { frameAnchor: "top", textAnchor: "start", lineAnchor: "top" } as const;
    return Plot.text([line.x], { x: [line.x], ...at, dx: 5, dy: 2, ...text });
  }
  const at =
    line.side === "left"
      ? ({ frameAnchor: "left", textAnchor: "start", dx: 6 } as const)
      : ({ frameAnchor: "right", textAnchor: "end", dx: -4 } as const);
  return Plot.text([line.y], { y: [line.y], ...at, lineAnchor: "bottom", dy: -4, ...text });
}

/** The names of the series beside the ends of their lines, moved apart, tied to them by thin lines. */
export function appendEndLabels(
  document: Document,
  svg: SVGSVGElement & Plot.Plot,
  { series, styles, right }: EndLabels,
): void {
  const [x, y] = [pixels(svg, "x"), pixels(svg, "y")];
  const ends = series.map(({ points }) => points[points.length - 1]);
  const wanted = ends.map((end) => y(end.y));
  spread(wanted, size.label * 1.25).forEach((height, i) => {
    const { color } = styles[i];
    const from = x(ends[i].x) + 3;
    const d = `M${from},${wanted[i]}L${right + 16},${height}`;
    const at = { x: right + 20, y: height + size.label * 0.32, "text-anchor": "start" };
    const text = { ...at, fill: color, "font-size": size.label, "font-weight": 600 };
    svg.appendChild(
      element(document, "path", { d, stroke: color, "stroke-width": 0.8, fill: "none" }),
    );
    svg.appendChild(element(document, "text", text, [series[i].label]));
  });
}

/** What `appendEndLabels` names, and the right edge of the plotting area in pixels. */
export interface EndLabels {
  readonly series: readonly LineSeries[];
  readonly styles: readonly MethodStyle[];
  readonly right: number;
}

const pixels = (svg: Plot.Plot, name: "x" | "y"): ((value: number) => number) => {
  const scale = svg.scale(name);
  return (value) => scale?.apply(value) as number;
};
