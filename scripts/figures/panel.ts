import * as Plot from "@observablehq/plot";
import { formatNumber, powerOfTen } from "./format.ts";
import { labelled, unlabelled } from "./ticks.ts";
import { textWidth } from "./text-metrics.ts";
import { fontFamily, ink, size } from "./theme.ts";

/** One axis: its name with the unit, its range, and where its ticks are. */
export interface Axis {
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly type?: "linear" | "log";
  readonly ticks?: readonly number[];
  /** Draws ticks and lines, but neither numbers nor the name (the neighbour to the left has them). */
  readonly bare?: boolean;
}

/** Pixels around the plotting area. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** A plot with the axes, grid and type of all figures. */
export interface PanelOptions {
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  readonly x: Axis;
  readonly y: Axis;
  readonly color?: Plot.ScaleOptions;
  /** Light lines behind the marks (the default), or a frame around them. */
  readonly surround?: "grid" | "frame";
}

/** Draws `marks` between the axes of all figures. */
export function panel(
  document: Document,
  options: PanelOptions,
  marks: readonly Plot.Markish[],
): SVGSVGElement & Plot.Plot {
  const { width, height, margins, x, y, color, surround = "grid" } = options;
  const svg = Plot.plot({
    ...{ document, width, height },
    ...{ marginTop: margins.top, marginRight: margins.right },
    ...{ marginBottom: margins.bottom, marginLeft: margins.left },
    style: { fontFamily, fontSize: `${size.text}px`, color: ink.axis, background: "none" },
    x: { type: x.type ?? "linear", domain: [...x.domain], label: null },
    y: { type: y.type ?? "linear", domain: [...y.domain], label: null },
    ...(color === undefined ? {} : { color }),
    marks: [
      ...(surround === "grid" ? gridLines(x, y) : []),
      ...marks,
      ...(surround === "frame" ? [Plot.frame({ stroke: ink.axis })] : []),
      ...axisMarks(x, y),
    ],
  }) as SVGSVGElement & Plot.Plot;
  svg.setAttribute("data-left", String(margins.left));
  return svg;
}

function gridLines(x: Axis, y: Axis): Plot.Markish[] {
  return [
    Plot.gridX(labelled(x), { stroke: ink.grid, strokeOpacity: 1 }),
    Plot.gridY(labelled(y), { stroke: ink.grid, strokeOpacity: 1 }),
  ];
}

function axisMarks(x: Axis, y: Axis): Plot.Markish[] {
  const common = { color: ink.axis, textStroke: "none", labelArrow: "none" } as const;
  const text = (axis: Axis): Plot.AxisXOptions & Plot.AxisYOptions => ({
    ...{ fontSize: size.text, tickFormat: axis.bare === true ? () => "" : tickFormat(axis) },
    ...{ label: axis.bare === true ? null : axis.label, labelAnchor: "center" },
  });
  return [
    Plot.ruleY([y.domain[0]], { stroke: ink.axis }),
    Plot.ruleX([x.domain[0]], { stroke: ink.axis }),
    Plot.axisX(labelled(x), { ...common, ...text(x), tickSize: 5, labelOffset: 38 }),
    Plot.axisY(labelled(y), { ...common, ...text(y), tickSize: 5, labelOffset: nameOffset(y) }),
    Plot.axisX(unlabelled(x), { ...common, tickSize: 3, tickFormat: () => "", label: null }),
    Plot.axisY(unlabelled(y), { ...common, tickSize: 3, tickFormat: () => "", label: null }),
  ];
}

/** Pixels from a vertical axis to the far edge of its name, which stands clear of the numbers. */
export function nameOffset(y: Axis): number {
  const numbers = labelled(y).map((tick) => textWidth(tickFormat(y)(tick), size.text));
  return Math.max(48, Math.ceil(Math.max(0, ...numbers)) + 19);
}

const tickFormat = (axis: Axis): ((value: number) => string) =>
  axis.type === "log"
    ? (value) => powerOfTen(Math.round(Math.log10(value)))
    : (value) => formatNumber(Math.abs(value) < 1e-12 ? 0 : value);
