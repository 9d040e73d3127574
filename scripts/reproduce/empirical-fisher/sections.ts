import { dot } from "../../../src/index.ts";
import {
  type ArrowGroup,
  createTable,
  formatNumber,
  lines,
  type LineSeries,
  plane,
  type PlanePanel,
  type ScalarField,
} from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { type FieldDistortion, grid, pointText } from "./comparisons.ts";
import { createField, type FlowName, flowNames } from "./field.ts";
import { EVERY, type FlowResult, integration } from "./flow.ts";
import { type LeastSquares, optimumOf, starts } from "./problem.ts";
import type { FisherDistances } from "./sampled.ts";

/** Keys of the figures' styles, and names. */
const styles: Readonly<Record<FlowName, { readonly key: string; readonly label: string }>> = {
  gradient: { key: "vanilla", label: "gradient" },
  natural: { key: "natural", label: "natural gradient" },
  empirical: { key: "empirical", label: "empirical Fisher" },
};

/** Arrows a side; the distortion is measured on the paper's 15 × 15. */
const ARROWS = 9;

export function fieldsSection(
  problem: LeastSquares,
  flows: readonly FlowResult[],
  distortion: FieldDistortion,
): ReproductionSection {
  const { meanAngle, largestAngle, leastLength, largestLength } = distortion;
  return {
    heading: "Three preconditioners, one least-squares problem",
    sentence:
      `The exact Fisher matrix is the Hessian here, so the natural flow goes straight to the optimum from everywhere. ` +
      `The empirical Fisher weighs each row by its squared residual: its field is turned from the natural one by ${formatNumber(meanAngle, 3)}° on average ` +
      `(up to ${formatNumber(largestAngle, 3)}°) and is from ${formatNumber(leastLength, 2)} to ${formatNumber(largestLength, 2)} times as long.`,
    figure: {
      name: "fields",
      draw: (document) =>
        plane(document, {
          title: "The empirical Fisher matrix distorts the gradient field",
          subtitle:
            "y ~ N(b + θx, 1), log-normal x, N = 1000; arrows of equal length; paths of the flows from four starts",
          x: { label: "intercept b", domain: [grid.low, grid.high], ticks: [0, 2, 4] },
          y: { label: "slope θ", domain: [grid.low, grid.high], ticks: [0, 2, 4] },
          panels: flowNames.map((name) => fieldPanel(name, problem, flows)),
        }),
    },
  };
}

function fieldPanel(
  name: FlowName,
  problem: LeastSquares,
  flows: readonly FlowResult[],
): PlanePanel {
  const { key, label } = styles[name];
  const own = flows.filter(({ flow }) => flow === name);
  return {
    title: label,
    surface: createLoss(problem),
    arrows: [{ key: "reference", arrows: fieldArrows(name, problem), length: 0.42 }],
    paths: own.map(({ path }) => ({ key, points: path })),
    points: [{ label: "optimum", points: [optimumOf(problem)], symbol: "star" }],
  };
}

/** The negative log-likelihood of a row and its share of the prior, less a constant. */
function createLoss({ policy, batch, weights }: LeastSquares): ScalarField {
  const point = policy.network.linearisation(weights.length);
  const logs = new Float64Array(weights.length);
  return (intercept, slope) => {
    point.at(Float64Array.of(intercept, slope), batch.observations);
    policy.distribution.logProb(point.outputs, batch.actions, logs);
    return -dot(weights, logs);
  };
}

function fieldArrows(name: FlowName, problem: LeastSquares): ArrowGroup["arrows"] {
  const field = createField(name, problem);
  const direction = new Float64Array(2);
  const along = Array.from(
    { length: ARROWS },
    (_, i) => grid.low + ((grid.high - grid.low) * (i + 0.5)) / ARROWS,
  );
  return along.flatMap((intercept) =>
    along.map((slope) => {
      field(Float64Array.of(intercept, slope), direction);
      return { at: [intercept, slope], direction: [direction[0], direction[1]] } as const;
    }),
  );
}

export function distancesSection(flows: readonly FlowResult[]): ReproductionSection {
  const worst = flows
    .filter(({ flow }) => flow === "empirical")
    .reduce((most, each) => (each.detour > most.detour ? each : most));
  return {
    heading: "How the flows get there",
    sentence:
      `With the γ of the code (gradient ⅓, natural 1, empirical 3) the natural flow closes the distance like e⁻ᵗ from every start. ` +
      `The empirical flow may first go away from the optimum: from ${pointText(worst.start)} its path is ${formatNumber(worst.detour, 3)} times as long as the straight way.`,
    figure: {
      name: "distances",
      draw: (document) =>
        lines(document, {
          title: "Distance to the optimum along the flows",
          subtitle: `Euler steps of ${integration.step}, cut off at 10⁻⁶; near the optimum the rates are γ times the eigenvalues of M⁻¹F`,
          x: { label: "time t" },
          y: { label: "‖(b, θ) − optimum‖", type: "log", domain: [1e-6, 10] },
          ...{ height: 200, columns: 2 },
          panels: starts.map((start) => ({
            title: `from ${pointText(start)}`,
            series: flows
              .filter((each) => String(each.start) === String(start))
              .map(distanceSeries),
          })),
        }),
    },
    table: createTable<FlowResult>(
      [
        { header: "flow", value: ({ flow }) => styles[flow].label },
        { header: "start (b, θ)", value: ({ start }) => pointText(start) },
        {
          header: "path over straight way",
          value: ({ detour }) => formatNumber(detour, 5),
          align: "right",
        },
        {
          header: "largest distance from the straight line",
          value: ({ deviation }) => formatNumber(deviation, 3),
          align: "right",
        },
      ],
      flows,
    ),
  };
}

function distanceSeries({ flow, distances }: FlowResult): LineSeries {
  const points = distances.map((y, i) => ({ x: i * EVERY * integration.step, y }));
  return { ...styles[flow], points };
}

export function labelsSection(
  distances: readonly FisherDistances[],
  expected: number,
  draws: number,
): ReproductionSection {
  return {
    heading: "Labels are not samples",
    sentence:
      "The same sum of squared scores is the empirical Fisher matrix with the labels of the data, and a Monte-Carlo estimate of the exact one with labels that the model draws at θ. " +
      `The second is off by ${formatNumber(expected, 3)} in expectation at every θ, as 1/√N; the first by ${formatNumber(distances[0].labels, 3)} at the first start, and comes near only at the optimum of a model that is true. ` +
      "In policy gradients the policy draws the actions, so that the score covariance there is the second kind.",
    table: createTable<FisherDistances>(
      [
        { header: "(b, θ)", value: ({ at }) => pointText(at) },
        {
          header: "with labels of the data",
          value: ({ labels }) => formatNumber(labels, 3),
          align: "right",
        },
        {
          header: "with labels drawn at θ",
          value: ({ sampled }) => formatNumber(sampled, 3),
          align: "right",
        },
        {
          header: "angle of the first to F⁻¹g",
          value: ({ angle }) => `${formatNumber(angle, 3)}°`,
          align: "right",
        },
      ],
      distances,
      `‖F̂ − F‖/‖F‖ in the Frobenius norm, N = 1000; drawn labels: root mean square of ${draws} draws, ${formatNumber(expected, 3)} expected`,
    ),
  };
}
