import * as Plot from "@observablehq/plot";
import { formatNumber } from "./format.ts";
import { ink, size } from "./theme.ts";

/** Parameters of a linear-Gaussian policy with one gain: u ~ N(k x, σ²). */
export interface PolicyPoint {
  /** k, control units per unit of state. */
  readonly gain: number;
  /** σ, standard deviation of the control. */
  readonly exploration: number;
}

/** The symmetric metric of a step d = (dk, dσ): dᵀG d = kk dk² + 2 kσ dk dσ + σσ dσ². */
export interface Metric {
  readonly gainGain: number;
  readonly gainExploration: number;
  readonly explorationExploration: number;
}

/** A direction of ascent at a policy; only its direction counts, its length does not. */
export interface AscentArrow extends PolicyPoint {
  readonly direction: readonly [gain: number, exploration: number];
  /** Draws the ellipse ½ dᵀG d = ε around the point. */
  readonly metric?: Metric;
}

/** The policies that a learner went through, one a update, the first one before any update. */
export interface LearningPath {
  readonly label: string;
  readonly points: readonly PolicyPoint[];
  /** Numbers of updates at which the path gets a dot with that number. */
  readonly waypoints?: readonly number[];
}

type Point = readonly [x: number, y: number];

/** ½ dᵀG d = ε as a closed curve: d = √(2ε) L⁻ᵀ (cos φ, sin φ) with G = L Lᵀ. */
export function ellipse(at: PolicyPoint, metric: Metric, epsilon: number): Point[] {
  const { gainGain: a, gainExploration: b, explorationExploration: c } = metric;
  const determinant = a * c - b * b;
  if (!(a > 0 && determinant > 0)) {
    throw new RangeError(
      `returnLandscape: a metric must be positive definite, got ${a}, ${b}; ${b}, ${c} at ` +
        `k = ${at.gain}, σ = ${at.exploration}: leave out points where the Fisher matrix is singular`,
    );
  }
  const lower = [Math.sqrt(a), b / Math.sqrt(a), Math.sqrt(determinant / a)];
  const radius = Math.sqrt(2 * epsilon);
  return Array.from({ length: 61 }, (_, i) => {
    const phi = (i * Math.PI) / 30;
    const y = (radius * Math.sin(phi)) / lower[2];
    const x = (radius * Math.cos(phi) - lower[1] * y) / lower[0];
    return [at.gain + x, at.exploration + y];
  });
}

/** How long arrows and how large ellipses are. */
export interface ArrowSize {
  /** ε of the ellipses ½ dᵀG d = ε. */
  readonly epsilon: number;
  /** Length of every arrow in axis units; `metric` ends each arrow on its ellipse. */
  readonly length: number | "metric";
}

/** The factor that brings a direction d to the length, or to √(2ε / dᵀG d) times itself. */
function arrowScale({ direction: [x, y], metric }: AscentArrow, size: ArrowSize): number {
  if (size.length !== "metric") return size.length / Math.hypot(x, y);
  if (metric === undefined) {
    throw new RangeError(
      'returnLandscape: arrows of length "metric" need a metric, got one without: give its length',
    );
  }
  const { gainGain: a, gainExploration: b, explorationExploration: c } = metric;
  return Math.sqrt((2 * size.epsilon) / (a * x * x + 2 * b * x * y + c * y * y));
}

/** Ellipses under arrows with a white edge, so that both stand out on any contour. */
export function arrowMarks(
  arrows: readonly AscentArrow[],
  arrowSize: ArrowSize,
  color: string,
): Plot.Markish[] {
  const rings = arrows.flatMap(({ metric, ...at }, z) =>
    metric === undefined
      ? []
      : ellipse(at, metric, arrowSize.epsilon).map(([x, y]) => ({ x, y, z })),
  );
  const ends = arrows.map((arrow) => {
    const scale = arrowScale(arrow, arrowSize);
    const [x, y] = arrow.direction;
    const { gain, exploration } = arrow;
    return { gain, exploration, x: gain + scale * x, y: exploration + scale * y };
  });
  const arrow = { x1: "gain", y1: "exploration", x2: "x", y2: "y", headAngle: 55 } as const;
  return [
    Plot.line(rings, {
      ...{ x: "x", y: "y", z: "z", curve: "linear-closed" },
      ...{ stroke: color, strokeWidth: 1, strokeOpacity: 0.75, fill: ink.paper, fillOpacity: 0.4 },
    }),
    Plot.arrow(ends, { ...arrow, stroke: ink.paper, strokeWidth: 4, headLength: 4 }),
    Plot.arrow(ends, { ...arrow, stroke: color, strokeWidth: 1.8, headLength: 6.5 }),
    Plot.dot(arrows, { x: "gain", y: "exploration", r: 2, fill: color, stroke: ink.paper }),
  ];
}

/**
 * The path with a white edge, an open dot at the start and numbered dots on the way. Points closer than
 * `resolution` (axis units) to the last one drawn are left out.
 */
export function pathMarks(path: LearningPath, color: string, resolution: number): Plot.Markish[] {
  const at = { x: "gain", y: "exploration" } as const;
  const line = thin(path.points, resolution);
  const waypoints = path.waypoints ?? [];
  const dots = waypoints.map((update) => pointOf(path, update));
  return [
    Plot.line(line, { ...at, stroke: ink.paper, strokeWidth: 5, strokeOpacity: 0.8 }),
    Plot.line(line, { ...at, stroke: color, strokeWidth: size.line }),
    Plot.dot(dots, { ...at, r: 3.2, fill: color, stroke: ink.paper }),
    ...waypoints.map((update) => waypointLabel(path, update, color)),
    Plot.dot(path.points.slice(0, 1), {
      ...{ ...at, r: 4.5, fill: ink.paper, stroke: ink.text, strokeWidth: 1.8 },
    }),
  ];
}

function pointOf({ label, points }: LearningPath, update: number): PolicyPoint {
  const point = points[update] as PolicyPoint | undefined;
  if (point !== undefined) return point;
  throw new RangeError(
    `returnLandscape: a waypoint must be an update of its path, got ${update} in "${label}" of ` +
      `${points.length - 1} updates: leave it out`,
  );
}

/** The number of the update, beside the path on the side of larger gains. */
function waypointLabel(path: LearningPath, update: number, color: string): Plot.Markish {
  const before = pointOf(path, Math.max(0, update - 1));
  const after = path.points[Math.min(path.points.length - 1, update + 1)];
  const [x, y] = [after.gain - before.gain, after.exploration - before.exploration];
  const length = Math.hypot(x, y) || 1;
  const side = y > 0 ? 1 : -1;
  return Plot.text([pointOf(path, update)], {
    ...{ x: "gain", y: "exploration", text: [formatNumber(update, 9)], textAnchor: "start" },
    ...{ dx: (9 * side * y) / length, dy: (9 * side * x) / length },
    ...{ fill: color, fontSize: size.text, fontWeight: 600, stroke: ink.paper, strokeWidth: 3 },
  });
}

function thin(points: readonly PolicyPoint[], resolution: number): PolicyPoint[] {
  let last: PolicyPoint | undefined;
  return points.filter((point, i) => {
    const near =
      last !== undefined &&
      Math.hypot(point.gain - last.gain, point.exploration - last.exploration) < resolution;
    if (near && i < points.length - 1) return false;
    last = point;
    return true;
  });
}
