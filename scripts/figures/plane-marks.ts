import * as Plot from "@observablehq/plot";
import { formatNumber } from "./format.ts";
import { ink, type MarkerSymbol, size, tint } from "./theme.ts";

/** A point of the plane, in units of the axes. */
export type Point = readonly [x: number, y: number];

/** A method whose key fixes its colour; it stands in the legend where it has a label. */
export interface Named {
  readonly key: string;
  readonly label?: string;
}

/** The symmetric metric of a step d = (dx, dy): dᵀG d = xx dx² + 2 xy dx dy + yy dy². */
export interface Metric {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Vectors, each from its own point. */
export interface ArrowGroup extends Named {
  readonly arrows: readonly { readonly at: Point; readonly direction: Point }[];
  /** Length of every arrow in axis units; by default each is as long as its direction. */
  readonly length?: number;
}

/** Ellipses ½ dᵀG d = ε around points; semi-axes a and b along the axes are G = diag(1/a², 1/b²), ε = ½. */
export interface EllipseGroup extends Named {
  readonly ellipses: readonly { readonly at: Point; readonly metric: Metric }[];
  readonly epsilon: number;
}

/** The points that a method went through, one an update, the first one before any update. */
export interface PlanePath extends Named {
  readonly points: readonly Point[];
  /** A dot at every point, or one at the end; by default neither. The start has an open dot. */
  readonly dots?: "every" | "end";
  /** Numbers of updates at which the path gets a dot with that number. */
  readonly waypoints?: readonly number[];
  /** Wide and pale, so that a path that coincides with it shows on top. */
  readonly wide?: boolean;
}

/** Single points that are no method's, such as an optimum, in black. */
export interface PointGroup {
  readonly label: string;
  readonly points: readonly Point[];
  readonly symbol: MarkerSymbol;
}

/** ½ dᵀG d = ε as a closed curve: d = √(2ε) L⁻ᵀ (cos φ, sin φ) with G = L Lᵀ. */
export function ellipse([x, y]: Point, metric: Metric, epsilon: number): Point[] {
  const { xx, xy, yy } = metric;
  const determinant = xx * yy - xy * xy;
  if (!(xx > 0 && determinant > 0)) {
    throw new RangeError(
      `plane: a metric must be positive definite, got ${xx}, ${xy}; ${xy}, ${yy} at (${x}, ${y}): ` +
        "leave out points where the metric is singular",
    );
  }
  const lower = [Math.sqrt(xx), xy / Math.sqrt(xx), Math.sqrt(determinant / xx)];
  const radius = Math.sqrt(2 * epsilon);
  return Array.from({ length: 61 }, (_, i) => {
    const phi = (i * Math.PI) / 30;
    const dy = (radius * Math.sin(phi)) / lower[2];
    const dx = (radius * Math.cos(phi) - lower[1] * dy) / lower[0];
    return [x + dx, y + dy];
  });
}

/** A white polygon with a thin edge. */
export function blankMarks(polygon: readonly Point[]): Plot.Markish {
  const edge = { stroke: ink.reference, strokeWidth: 0.8 };
  return Plot.line(polygon, { curve: "linear-closed", fill: ink.paper, ...edge, clip: true });
}

/** Closed thin lines around pale insides, which stand out on any contour. */
export function ellipseMarks({ ellipses, epsilon }: EllipseGroup, color: string): Plot.Markish[] {
  const rings = ellipses.flatMap(({ at, metric }, z) =>
    ellipse(at, metric, epsilon).map(([x, y]) => ({ x, y, z })),
  );
  return [
    Plot.line(rings, {
      ...{ x: "x", y: "y", z: "z", curve: "linear-closed", clip: true },
      ...{ stroke: color, strokeWidth: 1, strokeOpacity: 0.75, fill: ink.paper, fillOpacity: 0.4 },
    }),
  ];
}

/** Arrows with a white edge, and a dot where they start. */
export function arrowMarks({ arrows, length }: ArrowGroup, color: string): Plot.Markish[] {
  const ends = arrows.map(({ at: [x1, y1], direction: [dx, dy] }) => {
    const scale = length === undefined ? 1 : length / Math.hypot(dx, dy);
    return { x1, y1, x2: x1 + scale * dx, y2: y1 + scale * dy };
  });
  const arrow = { x1: "x1", y1: "y1", x2: "x2", y2: "y2", headAngle: 55 } as const;
  return [
    Plot.arrow(ends, { ...arrow, stroke: ink.paper, strokeWidth: 4, headLength: 4 }),
    Plot.arrow(ends, { ...arrow, stroke: color, strokeWidth: 1.8, headLength: 6.5 }),
    Plot.dot(ends, { x: "x1", y: "y1", r: 2, fill: color, stroke: ink.paper }),
  ];
}

/** How a path is drawn. */
export interface PathStyle {
  readonly color: string;
  /** Where a point lies on paper; points less than a pixel from the last one drawn are left out. */
  readonly pixels: (point: Point) => Point;
  /** Whether a point lies in the frame: dots outside are left out. */
  readonly inside: (point: Point) => boolean;
  /** A white edge, which a path over filled levels needs to stand out. */
  readonly edge: boolean;
}

/** The path with an open dot at the start and numbered dots on the way. */
export function pathMarks(
  path: PlanePath,
  { color, pixels, inside, edge }: PathStyle,
): Plot.Markish[] {
  const line = thin(path.points, pixels);
  const waypoints = path.waypoints ?? [];
  const dots = [...waypoints.map((update) => pointOf(path, update)), ...dotsOf(path)];
  const wide = path.wide === true;
  const body = wide
    ? { stroke: tint(color, 0.45), strokeWidth: 8 }
    : { stroke: color, strokeWidth: size.line };
  const under = { stroke: ink.paper, strokeOpacity: 0.8, clip: true };
  return [
    ...(edge ? [Plot.line(line, { ...under, strokeWidth: wide ? 10 : 5 })] : []),
    Plot.line(line, { ...body, clip: true }),
    Plot.dot(dots.filter(inside), { r: wide ? 5 : 3.2, fill: color, stroke: ink.paper }),
    ...waypoints
      .filter((update) => inside(pointOf(path, update)))
      .map((update) => waypointLabel(path, update, color)),
    Plot.dot(path.points.slice(0, 1).filter(inside), {
      ...{ r: 4.5, fill: ink.paper, stroke: ink.text, strokeWidth: 1.8 },
    }),
  ];
}

/** Symbols in black with a white edge. */
export function pointMarks({ points, symbol }: PointGroup): Plot.Markish {
  const fill = { fill: ink.optimum, stroke: ink.paper, strokeWidth: 1 };
  return Plot.dot(points, { symbol, r: symbol === "star" ? 7 : 3.5, ...fill });
}

function dotsOf({ points, dots }: PlanePath): readonly Point[] {
  if (dots === undefined) return [];
  return dots === "every" ? points.slice(1) : points.slice(-1);
}

function pointOf({ label, key, points }: PlanePath, update: number): Point {
  const point = points[update] as Point | undefined;
  if (point !== undefined) return point;
  throw new RangeError(
    `plane: a waypoint must be an update of its path, got ${update} in "${label ?? key}" of ` +
      `${points.length - 1} updates: leave it out`,
  );
}

/** The number of the update, beside the path on the side of larger x. */
function waypointLabel(path: PlanePath, update: number, color: string): Plot.Markish {
  const before = pointOf(path, Math.max(0, update - 1));
  const after = path.points[Math.min(path.points.length - 1, update + 1)];
  const [x, y] = [after[0] - before[0], after[1] - before[1]];
  const length = Math.hypot(x, y) || 1;
  const side = y > 0 ? 1 : -1;
  return Plot.text([pointOf(path, update)], {
    ...{ text: [formatNumber(update, 9)], textAnchor: "start" },
    ...{ dx: (9 * side * y) / length, dy: (9 * side * x) / length },
    ...{ fill: color, fontSize: size.text, fontWeight: 600, stroke: ink.paper, strokeWidth: 3 },
  });
}

function thin(points: readonly Point[], pixels: PathStyle["pixels"]): Point[] {
  let last: Point | undefined;
  return points.filter((point, i) => {
    const at = pixels(point);
    const near = last !== undefined && Math.hypot(at[0] - last[0], at[1] - last[1]) < 1;
    if (near && i < points.length - 1) return false;
    last = at;
    return true;
  });
}
