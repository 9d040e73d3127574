import {
  type Axis,
  createTable,
  formatNumber,
  formatScientific,
  lines,
  plane,
  type PlanePanel,
  type Point,
  unbroken,
} from "../../figures/index.ts";
import type { ReproductionFigure, ReproductionSection } from "../reproduction.ts";
import { coordinateNames, steps } from "./checks.ts";
import { checkpoints, type Efficiency, online, type OnlineLearner } from "./online.ts";
import { descend, type DualPoint, dualOf, largestDifference, mirror } from "./paths.ts";
import type { Coordinates, Pair, Problem } from "./problems.ts";

/** The three paths of one row of a figure: in one potential, and the plain gradient in its coordinates. */
interface Row {
  readonly coordinates: Coordinates;
  readonly mirror: readonly DualPoint[];
  readonly natural: readonly DualPoint[];
  readonly vanilla: readonly DualPoint[];
}

function rowOf(problem: Problem, coordinates: Coordinates): Row {
  const length = steps[problem.id];
  const dual = dualOf(coordinates);
  return {
    coordinates,
    mirror: mirror(problem, coordinates, length),
    natural: descend(problem, { coordinates: dual, method: "natural" }, length),
    vanilla: descend(problem, { coordinates, method: "vanilla" }, length),
  };
}

/** What is shown of a plane. */
const domains: Readonly<
  Record<Problem["id"], Readonly<Record<Coordinates, readonly [Pair, Pair]>>>
> = {
  gaussian: {
    natural: [
      [-9, 5],
      [-3.4, -0.2],
    ],
    expectation: [
      [-1.6, 1.4],
      [0.4, 2.3],
    ],
  },
  categorical: {
    natural: [
      [-4, 6],
      [-3, 5],
    ],
    expectation: [
      [0, 1],
      [0, 1],
    ],
  },
};

const levels: Readonly<Record<Problem["id"], readonly number[]>> = {
  gaussian: [-1.4, -1.2, -1, -0.8, -0.6, -0.4, -0.2, 0, 0.5],
  categorical: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
};

const sentences: Readonly<Record<Problem["id"], string>> = {
  gaussian:
    "The narrow lines, natural gradient by the exact Fisher matrix, lie in the middle of the wide ones, mirror descent by hand, in both planes and for both potentials. The plain gradient goes elsewhere in the same coordinates: over θ it is slower, and over m its step, the same for all, is too long to come to rest.",
  categorical:
    "With the potential of the probabilities mirror descent multiplies p by exp(−αc): exponentiated gradient, or multiplicative weights, is the natural policy gradient of a softmax bandit. The plain gradient in the logits turns to the second arm first, for it moves what is already likely; the plain gradient in the probabilities walks out of the simplex, where it ends.",
};

export function problemSection(problem: Problem): ReproductionSection {
  const rows = (["natural", "expectation"] as const).map((each) => rowOf(problem, each));
  const { stepSize } = steps[problem.id];
  const end = (path: readonly DualPoint[]): string =>
    unbroken(
      `(${path[path.length - 1].expectation.map((value) => formatNumber(value, 4)).join(", ")})`,
    );
  return {
    heading: `One path, two descriptions: ${problem.title}`,
    sentence: sentences[problem.id],
    figure: planesFigure(problem, rows),
    table: createTable<Row>(
      [
        { header: "potential over", value: ({ coordinates }) => coordinateNames[coordinates] },
        { header: "updates", value: ({ mirror: path }) => path.length - 1 },
        {
          header: "end of mirror descent, m",
          value: ({ mirror: path }) => end(path),
          align: "right",
        },
        {
          header: "of natural gradient, m",
          value: ({ natural: path }) => end(path),
          align: "right",
        },
        {
          header: "largest relative difference",
          value: (row) => largestDifference(row.mirror, row.natural),
          format: (value) => formatScientific(value, 2),
        },
        { header: "plain: updates", value: ({ vanilla: path }) => path.length - 1 },
        { header: "its end, m", value: ({ vanilla: path }) => end(path), align: "right" },
      ],
      rows,
      `Steps of ${stepSize} everywhere`,
    ),
  };
}

function planesFigure(problem: Problem, rows: readonly Row[]): ReproductionFigure {
  const planes = ["natural", "expectation"] as const;
  return {
    name: problem.id,
    draw: (document) =>
      plane(document, {
        title: "Mirror descent is natural gradient descent in the dual coordinates",
        subtitle: `${problem.title}; above the potential is A(θ), below A*(m)`,
        ...axesOf(problem, "natural"),
        ...{ height: 235, columns: 2, levels: { values: levels[problem.id], label: "f" } },
        panels: rows.flatMap((row) => planes.map((each) => panelOf(problem, row, each))),
      }),
  };
}

function axesOf(
  problem: Problem,
  coordinates: Coordinates,
): { readonly x: Axis; readonly y: Axis } {
  const [x, y] = domains[problem.id][coordinates];
  const [first, second] = problem.axes[coordinates];
  return { x: { label: first, domain: x }, y: { label: second, domain: y } };
}

function panelOf(problem: Problem, row: Row, coordinates: Coordinates): PlanePanel {
  const inPlane = (path: readonly DualPoint[]): Point[] => path.map((point) => point[coordinates]);
  const potential = row.coordinates === "natural" ? "A(θ)" : "A*(m)";
  return {
    title: `potential ${potential}, over ${coordinateNames[coordinates]}`,
    ...axesOf(problem, coordinates),
    blank: coordinates === "expectation" ? [problem.impossible] : [],
    surface: (x, y) =>
      problem.value(coordinates === "natural" ? problem.toExpectation([x, y]) : [x, y]),
    paths: [
      {
        ...{ key: "mirror", label: "mirror descent", wide: true },
        points: inPlane(row.mirror),
      },
      {
        ...{ key: "natural", label: "natural gradient, dual coordinates" },
        ...{ points: inPlane(row.natural), dots: "end" },
      },
      {
        ...{ key: "vanilla", label: "plain gradient, same coordinates" },
        ...{ points: inPlane(row.vanilla), dots: "end" },
      },
    ],
  };
}

const learnerNames: Readonly<Record<OnlineLearner, { key: string; label: string }>> = {
  mirror: { key: "natural", label: "natural gradient in m, steps 1/(t + 2)" },
  vanilla: { key: "vanilla", label: "gradient in θ, steps 1/(t + 2)" },
  tuned: { key: "tuned", label: "gradient in θ, steps tuned to the answer" },
};

export function efficiencySection(
  efficiencies: readonly Efficiency[],
  runs: number,
): ReproductionSection {
  return {
    heading: "Estimation from one observation at a time",
    sentence:
      "With the log-likelihood as loss and steps of 1/t, mirror descent is the running mean and reaches the bound of Cramér and Rao. The plain gradient with these steps falls ever farther behind; with steps tuned to the answer it gets there too.",
    figure: {
      name: "efficiency",
      draw: (document) =>
        lines(document, {
          title: "Error of an estimate by single tosses of a coin",
          subtitle: `mean of (m − p)² over the Cramér-Rao bound p(1 − p)/t, p = ${online.probability}; ${runs} runs, bands of two standard errors`,
          x: { label: "tosses t", type: "log" },
          y: { label: "error over the bound", type: "log" },
          panels: [
            {
              series: efficiencies.map(({ kind, ratios, standardErrors }) => ({
                ...{ ...learnerNames[kind], marks: "both" as const },
                points: ratios.map((y, i) => ({
                  ...{ x: checkpoints[i], y },
                  ...{ low: y - 2 * standardErrors[i], high: y + 2 * standardErrors[i] },
                })),
              })),
              references: [{ y: 1, label: "Cramér-Rao bound" }],
            },
          ],
        }),
    },
  };
}
