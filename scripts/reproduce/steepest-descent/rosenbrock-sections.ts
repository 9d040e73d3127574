import {
  createTable,
  formatNumber,
  lines,
  plane,
  type PlanePanel,
  type Point,
} from "../../figures/index.ts";
import type { ReproductionFigure, ReproductionSection } from "../reproduction.ts";
import { flowAt, residuals, rosenbrock, type RosenbrockRun, runs, valueAt } from "./rosenbrock.ts";

/** The points of every run, in the order of `runs`. */
export type Paths = readonly (readonly (readonly number[])[])[];

/** Updates until f is at most `below`; ∞ where that was not reached. */
export function updatesUntil(path: Paths[number], below: number): number {
  const found = path.findIndex(([x, y]) => valueAt(x, y) <= below);
  return found < 0 ? Infinity : found;
}

export function valleySection(paths: Paths): ReproductionSection {
  return {
    heading: "Rosenbrock's valley, and gradient descent in another plane",
    sentence:
      "f = ‖r‖² is a bowl over the residuals r = (x − a, √b (y − x²)). Pulled back from there, the Euclidean metric is the Gauss-Newton matrix 2JᵀJ, the Fisher matrix of an observation of r with noise; small natural-gradient steps over (x, y) are gradient descent over r, straight to the minimum there and along the valley here.",
    figure: valleyFigure(paths),
  };
}

function valleyFigure(paths: Paths): ReproductionFigure {
  return {
    name: "rosenbrock-paths",
    draw: (document) =>
      plane(document, {
        title: "Steepest descent on Rosenbrock's function",
        subtitle: `f = (${rosenbrock.a} − x)² + ${rosenbrock.b} (y − x²)² from (−1.2, 1), over (x, y) and over its residuals`,
        x: { label: "x", domain: [-1.6, 1.6] },
        y: { label: "y", domain: [-0.6, 1.8] },
        levels: { values: [1, 3, 10, 30, 100, 300], scale: "log", label: "f" },
        height: 250,
        panels: [
          valleyPanel(paths, {
            title: "parameters",
            surface: valueAt,
            map: ([x, y]) => [x, y],
          }),
          {
            ...valleyPanel(paths, {
              title: "residuals",
              surface: (u, v) => u * u + v * v,
              map: ([x, y]) => residuals(x, y),
            }),
            x: { label: "r₁ = x − a", domain: [-4, 3] },
            y: { label: "r₂ = √b (y − x²)", domain: [-5, 1.5] },
          },
        ],
      }),
  };
}

interface Chart {
  readonly title: string;
  readonly surface: (x: number, y: number) => number;
  readonly map: (point: readonly number[]) => Point;
}

function valleyPanel(paths: Paths, { title, surface, map }: Chart): PlanePanel {
  const drawn = ["vanilla", "natural"].map((key) => runs.findIndex((run) => run.key === key));
  const flow = Array.from({ length: 201 }, (_, i) => flowAt(i / 20));
  return {
    title,
    surface,
    paths: [
      {
        key: "reference",
        label: "flow of the natural gradient",
        points: flow.map(map),
        wide: true,
      },
      ...drawn.map((at) => ({
        ...named(runs[at]),
        points: paths[at].map(map),
        dots: "end" as const,
      })),
    ],
    points: [
      { label: "minimum", points: [map([rosenbrock.a, rosenbrock.a ** 2])], symbol: "star" },
    ],
  };
}

const named = ({ key, label }: RosenbrockRun): { key: string; label: string } => ({ key, label });

export function progressSection(paths: Paths): ReproductionSection {
  const rows = runs.map(({ label }, i) => ({
    label,
    values: [1e-3, 1e-6, 1e-12].map((below) => updatesUntil(paths[i], below)),
    largest: Math.max(...paths[i].map(([x, y]) => valueAt(x, y))),
  }));
  type Row = (typeof rows)[number];
  const count = (value: number): string => (Number.isFinite(value) ? formatNumber(value, 9) : "–");
  return {
    heading: "Updates",
    sentence: `Full steps of the natural gradient solve r = 0 in two, by way of f = ${formatNumber(rows[rows.length - 1].largest, 6)}; backtracking avoids the rise. The vanilla gradient takes ${count(rows[0].values[1])} to f = 10⁻⁶.`,
    figure: progressFigure(paths),
    table: createTable<Row>(
      [
        { header: "method", value: ({ label }) => label },
        { header: "updates to 10⁻³", value: ({ values }) => count(values[0]), align: "right" },
        { header: "to 10⁻⁶", value: ({ values }) => count(values[1]), align: "right" },
        { header: "to 10⁻¹²", value: ({ values }) => count(values[2]), align: "right" },
        {
          header: "largest f on the way",
          value: ({ largest }) => formatNumber(largest, 6),
          align: "right",
        },
      ],
      rows,
    ),
  };
}

function progressFigure(paths: Paths): ReproductionFigure {
  return {
    name: "rosenbrock-progress",
    draw: (document) =>
      lines(document, {
        title: "Rosenbrock's function by update",
        x: { label: "updates", type: "log" },
        y: { label: "f", type: "log", domain: [1e-16, 1e4] },
        panels: [
          {
            series: runs.map((run, i) => ({
              ...named(run),
              points: paths[i].slice(1).map(([x, y], k) => ({ x: k + 1, y: valueAt(x, y) })),
            })),
            references: [{ y: valueAt(...rosenbrock.start), label: "at the start" }],
          },
        ],
      }),
  };
}
