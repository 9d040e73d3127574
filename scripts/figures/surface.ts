import * as Plot from "@observablehq/plot";
import { type Axis, type Margins, panel } from "./panel.ts";
import type { Named } from "./plane-marks.ts";
import { ink } from "./theme.ts";
import { roundTicks } from "./ticks.ts";

/** A scalar over the plane; where it is not a number, the paper stays white. */
export type ScalarField = (x: number, y: number) => number;

/** Where the contours of a surface lie, the same in all panels of a figure. */
export interface Levels {
  /** In ascending order; by default about ten round values, or 1 and 3 times powers of ten. */
  readonly values?: readonly number[];
  /** Contours evenly spaced in the values or in their logarithms. */
  readonly scale?: "linear" | "log";
  /** The name of the values; where it is given, a bar shows their shades. */
  readonly label?: string;
}

/** `Levels` with everything decided. */
export interface Shading {
  readonly values: readonly number[];
  readonly scale: "linear" | "log";
  readonly label: string | undefined;
}

/** Lines on which a scalar field has `levels`, in the colour of a method. */
export interface ContourGroup extends Named {
  readonly value: ScalarField;
  readonly levels: readonly number[];
}

/** The part of the plane that a panel shows. */
export interface Frame {
  readonly x: Axis;
  readonly y: Axis;
}

/** Low values almost white, high ones a grey blue on which every method colour stands out. */
const shades = ["#fbfaf6", "#e3e6e8", "#a9b5c3"];
export const barWidth = 84;

/** Decides the levels from the surfaces that are drawn. */
export function shadingOf(
  levels: Levels,
  surfaces: readonly { readonly surface: ScalarField; readonly frame: Frame }[],
): Shading {
  const { scale = "linear", label } = levels;
  if (levels.values !== undefined) return { values: levels.values, scale, label };
  const sampled = surfaces.flatMap(({ surface, frame }) => samples(surface, frame));
  const most = Math.max(...sampled);
  const values =
    scale === "log"
      ? halfDecades(most)
      : roundTicks([Math.min(...sampled), most], 10).filter((value) => value < most);
  return { values, scale, label };
}

function samples(surface: ScalarField, { x, y }: Frame): number[] {
  const along = ({ domain: [low, high] }: Axis): number[] =>
    Array.from({ length: 25 }, (_, i) => low + ((high - low) * i) / 24);
  return along(x)
    .flatMap((at) => along(y).map((height) => surface(at, height)))
    .filter(Number.isFinite);
}

/** Half decades from the largest value down to four decades below it. */
function halfDecades(most: number): number[] {
  const top = Math.floor(Math.log10(most));
  const values: number[] = [];
  for (let power = top - 4; power <= top; power++) {
    values.push(Number(`1e${power}`), Number(`3e${power}`));
  }
  return values.filter((value) => value < most);
}

/** Filled levels with white lines between them. */
export function surfaceMarks(surface: ScalarField, frame: Frame, shading: Shading): Plot.Markish {
  const thresholds = heights(shading);
  const height = heightOf(shading);
  // Anything below the lowest contour is drawn alike: on a logarithmic scale it may be 0.
  const floor = floorOf(shading);
  const value: ScalarField = (x, y) => Math.max(floor, height(surface(x, y)));
  return Plot.contour({
    ...{ ...beyond(frame), pixelSize: 4, clip: true, fill: inFrame(value, frame) },
    ...{ thresholds: [floor, ...thresholds], stroke: ink.paper, strokeWidth: 0.8 },
  });
}

/** Thin lines on which `value` has the levels. */
export function contourMarks(
  { value, levels }: ContourGroup,
  frame: Frame,
  { color, dash }: { readonly color: string; readonly dash: string },
): Plot.Markish {
  return Plot.contour({
    ...{ ...beyond(frame), pixelSize: 2, clip: true, value: inFrame(value, frame) },
    ...{ thresholds: [...levels], stroke: color, strokeWidth: 1.5, strokeDasharray: dash },
  });
}

const heightOf = ({ scale }: Shading): ((value: number) => number) =>
  scale === "log" ? (value) => Math.log10(Math.max(0, value)) : (value) => value;

const heights = (shading: Shading): number[] => shading.values.map(heightOf(shading));

function floorOf(shading: Shading): number {
  const [first, second] = heights(shading);
  return shading.scale === "log" ? first - 1 : first - (second - first || 1);
}

/** The frame and 2 % more on each side, where contours would otherwise be seen to close. */
function beyond({ x, y }: Frame): Record<"x1" | "x2" | "y1" | "y2", number> {
  const [x1, x2] = widened(x);
  const [y1, y2] = widened(y);
  return { x1, x2, y1, y2 };
}

function widened({ domain: [low, high], type }: Axis): [number, number] {
  if (type === "log") return [low * (low / high) ** 0.02, high * (high / low) ** 0.02];
  const margin = 0.02 * (high - low);
  return [low - margin, high + margin];
}

/** `value` continued beyond the frame by its values on the edge. */
function inFrame(value: ScalarField, { x, y }: Frame): ScalarField {
  const inside = (at: number, [low, high]: Axis["domain"]): number =>
    Math.min(high, Math.max(low, at));
  return (a, b) => value(inside(a, x.domain), inside(b, y.domain));
}

/** The scale from heights to shades. */
export function shadeScale(shading: Shading): Plot.ScaleOptions {
  const all = heights(shading);
  const [low, high] = [all[0], all[all.length - 1]];
  const under = shading.scale === "log" ? 0.5 : (low - floorOf(shading)) / 2;
  const domain = [low - under, (low + high) / 2, high];
  return { type: "linear", domain, range: shades, clamp: true };
}

/** A bar with the shades of the levels. */
export function shadeBar(document: Document, shading: Shading, height: number): SVGSVGElement {
  const { values, scale, label } = shading;
  const last = values[values.length - 1];
  const step = last - values[values.length - 2];
  const edges =
    scale === "log"
      ? [values[0] / 3, ...values, last * 3]
      : [floorOf(shading), ...values, last + step];
  const shadeOf = heightOf(shading);
  const cells = edges.slice(1).map((top, i) => ({
    ...{ y1: edges[i], y2: top, value: i === 0 ? floorOf(shading) : shadeOf(edges[i]) },
  }));
  const y: Axis = {
    ...{ label: label ?? "", type: scale },
    domain: [edges[0], edges[edges.length - 1]],
  };
  const margins: Margins = { top: 6, right: 4, bottom: 46, left: 64 };
  const x: Axis = { label: "", domain: [0, 1], ticks: [] };
  const color = shadeScale(shading);
  return panel(document, { width: barWidth, height, margins, x, y, color, surround: "frame" }, [
    Plot.rect(cells, { x1: 0, x2: 1, y1: "y1", y2: "y2", fill: "value", stroke: ink.paper }),
  ]);
}
