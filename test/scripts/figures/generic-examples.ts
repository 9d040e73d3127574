import type { LinePoint, LinesFigure, PlaneFigure, Point } from "../../../scripts/figures/index.ts";

/** Small data for the figure kinds that know of no experiment. */

const over = (xs: readonly number[], y: (x: number) => number): LinePoint[] =>
  xs.map((x) => ({ x, y: y(x) }));
const range = (count: number, low: number, high: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** Three panels in two rows: bands, symbols, a gap in a line, lines that coincide, axes of their own. */
export const series: LinesFigure = {
  title: "Damped oscillations",
  subtitle: "the same series keep their looks in all panels",
  x: { label: "time, s" },
  y: { label: "position, m" },
  ...{ height: 220, columns: 2 },
  panels: [
    {
      title: "with bands",
      series: [
        {
          ...{ key: "vanilla", label: "underdamped" },
          points: over(range(41, 0, 4), (t) => Math.exp(-t / 2) * Math.cos(5 * t)).map(
            ({ x, y }) => ({ x, y, low: y - 0.1, high: y + 0.1 }),
          ),
        },
        {
          ...{ key: "natural", label: "overdamped", marks: "both" },
          points: over(range(9, 0, 4), (t) => Math.exp(-t)),
        },
      ],
      references: [{ y: 0, label: "rest" }],
    },
    {
      title: "with a gap",
      series: [
        {
          ...{ key: "natural", label: "overdamped", marks: "both" },
          points: over(range(9, 0, 4), (t) => (t === 2 ? NaN : 0.5 * Math.exp(-t))),
        },
      ],
      references: [{ x: 2, label: "sensor off" }],
    },
    {
      title: "energy",
      y: { label: "energy, J", type: "log" },
      series: [
        {
          ...{ key: "trpo", label: "computed twice", wide: true },
          points: over(range(9, 0, 4), (t) => Math.exp(-2 * t)),
        },
        {
          ...{ key: "vanilla", label: "measured", marks: "symbols" },
          points: over(range(9, 0, 4), (t) => Math.exp(-2 * t)),
        },
      ],
    },
  ],
};

/** Both axes logarithmic, a slope to compare with. */
export const errors: LinesFigure = {
  title: "Error of a Taylor polynomial",
  x: { label: "distance", type: "log" },
  y: { label: "error", type: "log" },
  panels: [
    {
      series: [
        {
          ...{ key: "natural", label: "sin x ≈ x", marks: "both" },
          points: over([0.01, 0.03, 0.1, 0.3, 1], (x) => x - Math.sin(x)),
        },
        { key: "reference", label: "slope 3", points: over([0.01, 1], (x) => x ** 3) },
      ],
      references: [{ y: 1e-3, label: "tolerance", side: "left" }],
    },
  ],
};

const descent = (step: number, [scaleX, scaleY]: Point): Point[] => {
  const points: Point[] = [[3, 1]];
  for (let i = 0; i < 8; i++) {
    const [x, y] = points[i];
    points.push([x - step * scaleX * x, y - step * scaleY * 4 * y]);
  }
  return points;
};
const corners: Point[] = [
  [2, -1],
  [-2, 1],
];

/** f = ½x² + 2y² under two metrics: surface, bar, ellipses, arrows of equal length, paths and an optimum. */
export const twoMetrics: PlaneFigure = {
  title: "Steepest descent under two metrics",
  x: { label: "x", domain: [-4, 4] },
  y: { label: "y", domain: [-2, 2] },
  levels: { values: [0.1, 0.3, 1, 3, 10], scale: "log", label: "f(x, y)" },
  panels: [
    {
      title: "Euclidean",
      surface: (x, y) => 0.5 * x * x + 2 * y * y,
      ellipses: [
        {
          ...{ key: "vanilla", label: "equally far", epsilon: 0.08 },
          ellipses: corners.map((at) => ({ at, metric: { xx: 1, xy: 0, yy: 1 } })),
        },
      ],
      arrows: [
        {
          ...{ key: "vanilla", length: 0.8 },
          arrows: corners.map((at) => ({ at, direction: [-at[0], -4 * at[1]] })),
        },
      ],
      paths: [{ key: "vanilla", label: "gradient", points: descent(0.45, [1, 1]), dots: "every" }],
      points: [{ label: "optimum", points: [[0, 0]], symbol: "star" }],
    },
    {
      title: "of the Hessian",
      surface: (x, y) => 0.5 * x * x + 2 * y * y,
      paths: [
        { key: "natural", label: "natural", points: descent(0.45, [1, 0.25]), wide: true },
        { key: "trpo", label: "the same", points: descent(0.2, [1, 0.25]), dots: "end" },
        // A path that leaves the frame.
        { key: "vanilla", label: "gradient", points: descent(0.7, [1, 1]), waypoints: [1] },
      ],
    },
  ],
};

/** Contour lines of methods without a surface, a logarithmic axis, and axes that differ. */
export const levelsOnLogAxis: PlaneFigure = {
  title: "One divergence over two scales",
  x: { label: "mean", domain: [-2, 2] },
  y: { label: "standard deviation", domain: [0.1, 10], type: "log" },
  height: 240,
  panels: [
    {
      title: "σ",
      contours: [
        {
          ...{ key: "natural", label: "KL = 0.1, 1", levels: [0.1, 1] },
          value: (mu, sigma) => Math.log(sigma) + (1 + mu * mu) / (2 * sigma * sigma) - 0.5,
        },
      ],
    },
    {
      title: "log σ",
      y: { label: "log standard deviation", domain: [-1, 2] },
      surface: (mu, logSigma) => logSigma + (1 + mu * mu) / (2 * Math.exp(2 * logSigma)) - 0.5,
      arrows: [
        {
          ...{ key: "vanilla", label: "score" },
          arrows: [{ at: [1, 1], direction: [-0.5, -0.7] }],
        },
      ],
    },
  ],
};
