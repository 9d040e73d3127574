import type * as Plot from "@observablehq/plot";
import { type Caption, compose, type Panel } from "./compose.ts";
import type { LegendKey } from "./legend.ts";
import { type Axis, panel } from "./panel.ts";
import {
  type ArrowGroup,
  arrowMarks,
  blankMarks,
  type EllipseGroup,
  ellipseMarks,
  type Named,
  pathMarks,
  type PathStyle,
  type PlanePath,
  type Point,
  type PointGroup,
  pointMarks,
} from "./plane-marks.ts";
import { type Layout, smallMultiples } from "./small-multiples.ts";
import {
  barWidth,
  type ContourGroup,
  contourMarks,
  type Levels,
  type ScalarField,
  type Shading,
  shadeBar,
  shadeScale,
  shadingOf,
  surfaceMarks,
} from "./surface.ts";
import { ink, type MethodStyle, size, stylesByKey, tint } from "./theme.ts";

/** What lies over one part of a plane, from the bottom to the top. */
export interface PlanePanel {
  readonly title?: string;
  /** Axes of its own instead of those of the figure. */
  readonly x?: Axis;
  readonly y?: Axis;
  /** A scalar shown by filled levels. */
  readonly surface?: ScalarField;
  /** Polygons over the surface that belong to no domain and stay white. */
  readonly blank?: readonly (readonly Point[])[];
  readonly ellipses?: readonly EllipseGroup[];
  readonly contours?: readonly ContourGroup[];
  readonly arrows?: readonly ArrowGroup[];
  readonly paths?: readonly PlanePath[];
  readonly points?: readonly PointGroup[];
}

/** Data of `plane`. */
export interface PlaneFigure extends Caption {
  readonly panels: readonly PlanePanel[];
  readonly x: Axis;
  readonly y: Axis;
  /** Levels of the surfaces of all panels. */
  readonly levels?: Levels;
  /** Pixels between the lower and upper edge of a frame; by default one unit of x is as long as one of y. */
  readonly height?: number;
  /** Panels in a row; by default all of them. */
  readonly columns?: number;
  /** Further entries of the legend, before those of the points. */
  readonly keys?: readonly LegendKey[];
}

/**
 * A part of a plane in one or more panels: levels of a scalar, contour lines, ellipses of a metric, vectors,
 * paths of methods and single points, with one legend. Lines are cut off at the frame.
 */
export function plane(document: Document, figure: PlaneFigure): SVGSVGElement {
  const { panels, columns = panels.length } = figure;
  const surfaces = panels.flatMap((one) =>
    one.surface === undefined ? [] : [{ surface: one.surface, frame: frameOf(figure, one) }],
  );
  const shading = surfaces.length > 0 ? shadingOf(figure.levels ?? {}, surfaces) : undefined;
  const hasBar = shading?.label !== undefined;
  const shared = panels.every(({ y }) => y === undefined);
  const layout = smallMultiples({
    ...{ width: size.width - (hasBar ? barWidth : 0), count: panels.length, columns },
    ...{ left: { first: 56, next: shared ? 24 : 64 }, right: hasBar ? 0 : 12 },
  });
  const styleOf = stylesByKey(panels.flatMap(named));
  const context = { figure, shading, shared, layout, styleOf };
  const drawn = panels.map((one, i) => planePanel(document, context, i, one));
  const rows = layout.rows(drawn);
  if (hasBar) {
    const height = Number(drawn[0].svg.getAttribute("height"));
    rows[0] = [...rows[0], { svg: shadeBar(document, shading, height) }];
  }
  const legend = legendOf(figure, styleOf);
  return compose(document, { ...figure, ...(legend.length > 0 && { legend }), rows });
}

interface Context {
  readonly figure: PlaneFigure;
  readonly shading: Shading | undefined;
  /** Whether all panels have the vertical axis of the figure. */
  readonly shared: boolean;
  readonly layout: Layout;
  readonly styleOf: (method: Named) => MethodStyle;
}

interface Frame {
  readonly x: Axis;
  readonly y: Axis;
}

const frameOf = (figure: PlaneFigure, one: PlanePanel): Frame => ({
  x: one.x ?? figure.x,
  y: one.y ?? figure.y,
});

function planePanel(document: Document, context: Context, i: number, one: PlanePanel): Panel {
  const { figure, shading, shared, layout } = context;
  const frame = frameOf(figure, one);
  const margins = layout.margins(i);
  const inner = figure.height ?? equalHeight(frame, layout.inner);
  const options = {
    width: layout.inner + margins.left + margins.right,
    height: Math.round(inner + margins.top + margins.bottom),
    margins,
    x: frame.x,
    y: { ...frame.y, bare: shared && !layout.isFirst(i) },
    ...(shading === undefined ? {} : { color: shadeScale(shading) }),
    surround: "frame" as const,
  };
  const edge = one.surface !== undefined;
  const place = { ...placeIn(frame, { width: layout.inner, height: inner }), edge };
  const marks = marksOf(one, frame, { ...context, place });
  const svg = panel(document, options, marks);
  return one.title === undefined ? { svg } : { svg, title: one.title };
}

function marksOf(
  one: PlanePanel,
  frame: Frame,
  {
    shading,
    styleOf,
    place,
  }: Pick<Context, "shading" | "styleOf"> & { readonly place: Omit<PathStyle, "color"> },
): Plot.Markish[] {
  const { surface, blank = [], contours = [], ellipses = [] } = one;
  const { arrows = [], paths = [], points = [] } = one;
  const colorOf = (method: Named): string => styleOf(method).color;
  return [
    ...(surface === undefined || shading === undefined
      ? []
      : [surfaceMarks(surface, frame, shading)]),
    ...blank.map(blankMarks),
    ...ellipses.flatMap((group) => ellipseMarks(group, colorOf(group))),
    ...contours.map((group) => contourMarks(group, frame, styleOf(group))),
    ...arrows.flatMap((group) => arrowMarks(group, colorOf(group))),
    ...paths.flatMap((path) => pathMarks(path, { ...place, color: colorOf(path) })),
    ...points.map(pointMarks),
  ];
}

function equalHeight({ x, y }: Frame, width: number): number {
  if (x.type === "log" || y.type === "log") {
    throw new RangeError(
      "plane: units have equal length on linear axes only, got a logarithmic one: give the height",
    );
  }
  return (width / (x.domain[1] - x.domain[0])) * (y.domain[1] - y.domain[0]);
}

function placeIn(
  { x, y }: Frame,
  { width, height }: { readonly width: number; readonly height: number },
): Pick<PathStyle, "pixels" | "inside"> {
  const share = ({ domain: [low, high], type }: Axis, value: number): number =>
    type === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const within = ({ domain: [low, high] }: Axis, value: number): boolean =>
    value >= low && value <= high;
  return {
    pixels: ([a, b]: Point) => [width * share(x, a), height * share(y, b)],
    inside: ([a, b]: Point) => within(x, a) && within(y, b),
  };
}

const named = ({ contours = [], ellipses = [], arrows = [], paths = [] }: PlanePanel): Named[] => [
  ...[...contours, ...ellipses, ...arrows, ...paths],
];

function legendOf({ panels, keys = [] }: PlaneFigure, styleOf: Context["styleOf"]): LegendKey[] {
  const of = <T extends Named>(
    groups: (one: PlanePanel) => readonly T[] | undefined,
    look: (style: MethodStyle, group: T) => Omit<LegendKey, "label">,
  ): LegendKey[] =>
    panels.flatMap((one) =>
      (groups(one) ?? []).flatMap((group) =>
        group.label === undefined ? [] : [{ label: group.label, ...look(styleOf(group), group) }],
      ),
    );
  const line = ({ color }: MethodStyle): Omit<LegendKey, "label"> => ({ color, line: size.line });
  const all = [
    ...of(
      ({ contours }) => contours,
      ({ color, dash }) => ({ color, dash, line: 1.5 }),
    ),
    ...of(
      ({ ellipses }) => ellipses,
      ({ color }) => ({ color, symbol: "circle", open: true }),
    ),
    ...of(({ arrows }) => arrows, line),
    ...of(
      ({ paths }) => paths,
      ({ color }, { wide }) =>
        wide === true ? { color: tint(color, 0.45), line: 8 } : { color, line: size.line },
    ),
    ...(panels.some(({ paths = [] }) => paths.length > 0) ? [start] : []),
    ...keys,
    ...panels.flatMap(({ points = [] }) =>
      points.map(({ label, symbol }): LegendKey => ({ label, color: ink.optimum, symbol })),
    ),
  ];
  const texts = all.map((key) => JSON.stringify(key));
  return all.filter((_, i) => texts.indexOf(texts[i]) === i);
}

const start: LegendKey = { label: "start", color: ink.text, symbol: "circle", open: true };
