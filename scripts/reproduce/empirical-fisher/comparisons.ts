import { norm } from "../../../src/index.ts";
import { formatNumber } from "../../figures/index.ts";
import { type Check, toNineDigits } from "../comparison.ts";
import {
  derivedField,
  derivedFlows,
  labelDistances,
  optimum as derivedOptimum,
  samplingDistance,
} from "./check-values.ts";
import { angleBetween, createField } from "./field.ts";
import { distance, type FlowResult, integration } from "./flow.ts";
import { type LeastSquares, type Parameters, settings } from "./problem.ts";
import type { FisherDistances } from "./sampled.ts";

/** The paper's grid: 15 × 15 points over [−1, 5]². */
export const grid = { low: -1, high: 5, count: 15 } as const;

/** How the empirical field stands to the natural one on the grid. */
export interface FieldDistortion {
  /** Degrees. */
  readonly meanAngle: number;
  readonly largestAngle: number;
  /** ‖empirical‖/‖natural‖. */
  readonly leastLength: number;
  readonly largestLength: number;
}

export function fieldDistortion(problem: LeastSquares): FieldDistortion {
  const natural = createField("natural", problem);
  const empirical = createField("empirical", problem);
  const [a, b] = [new Float64Array(2), new Float64Array(2)];
  const angles: number[] = [];
  const lengths: number[] = [];
  for (const intercept of along()) {
    for (const slope of along()) {
      const theta = Float64Array.of(intercept, slope);
      natural(theta, a);
      empirical(theta, b);
      angles.push(angleBetween(a, b));
      lengths.push(norm(b) / norm(a));
    }
  }
  return {
    meanAngle: angles.reduce((sum, angle) => sum + angle, 0) / angles.length,
    largestAngle: Math.max(...angles),
    leastLength: Math.min(...lengths),
    largestLength: Math.max(...lengths),
  };
}

const along = (): number[] =>
  Array.from(
    { length: grid.count },
    (_, i) => grid.low + ((grid.high - grid.low) * i) / (grid.count - 1),
  );

/** (b, θ) as it is printed. */
export const pointText = (point: Parameters): string =>
  `(${point.map((x) => formatNumber(x, 3)).join(", ")})`;

/** What was measured. */
export interface Measured {
  readonly optimum: Parameters;
  readonly flows: readonly FlowResult[];
  readonly distortion: FieldDistortion;
  /** At the four starts and the optimum. */
  readonly distances: readonly FisherDistances[];
  readonly expected: number;
}

/** Everything that has a derived value, beside it. */
export function checks({ optimum, flows, distortion, distances, expected }: Measured): Check[] {
  const prior = "the code has a prior N(0, 0.1) on each, which the paper leaves out";
  const { meanAngle, largestAngle, leastLength, largestLength } = distortion;
  return [
    toNineDigits("optimum: intercept b", derivedOptimum[0], optimum[0], prior),
    toNineDigits("optimum: slope θ", derivedOptimum[1], optimum[1]),
    ...flows.flatMap(flowChecks),
    toNineDigits(
      "angle between the fields on the grid, mean, °",
      derivedField.meanAngle,
      meanAngle,
    ),
    toNineDigits("the same, largest, °", derivedField.largestAngle, largestAngle),
    toNineDigits("‖empirical‖/‖natural‖ on the grid, least", derivedField.leastLength, leastLength),
    toNineDigits("the same, largest", derivedField.largestLength, largestLength),
    ...distances.map(({ at, labels }, i) =>
      toNineDigits(
        `‖F̂ − F‖/‖F‖ with the labels of the data at ${pointText(at)}`,
        labelDistances[i],
        labels,
      ),
    ),
    toNineDigits("the same with drawn labels, in expectation", samplingDistance, expected),
  ];
}

function flowChecks(result: FlowResult): Check[] {
  const { flow, start, early, detour, points } = result;
  const name = `${flow} flow from ${pointText(start)}`;
  if (flow === "natural") return [straightness(name, result)];
  const derived = derivedFlows.find(
    (one) => one.flow === flow && String(one.start) === String(start),
  );
  if (derived === undefined) return [];
  return [
    ...(derived.early?.map((value, k) =>
      toNineDigits(`${name}: ${k === 0 ? "b" : "θ"} after 1000 steps`, value, early[k]),
    ) ?? []),
    ...(points === integration.points
      ? [toNineDigits(`${name}: path over straight way`, derived.detour, detour)]
      : []),
  ];
}

/** λ turns w by at most λ over the least eigenvalue of F, which the prior keeps at 1/(vN). */
function straightness(name: string, { start, deviation }: FlowResult): Check {
  const turn = settings.damping * settings.priorVariance * settings.rows;
  return {
    quantity: `${name}: largest distance from the straight line to the optimum`,
    ...{ derived: 0, ours: deviation, tolerance: turn * distance(start, derivedOptimum) },
    note: "0 without the damping of 10⁻⁸",
  };
}
