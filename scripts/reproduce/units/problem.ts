import {
  type Batch,
  createPolicy,
  createRandom,
  linear,
  locationGaussian,
  oneStepBatch,
  type Policy,
  rowsFrom,
} from "../../../src/index.ts";

/** The rows of the lecture's table: two years and a target each. The dots that follow them are left out. */
export const years: readonly (readonly [number, number])[] = [
  [2003, 2005],
  [2001, 2008],
  [1998, 2003],
];
export const targets: readonly number[] = [3.3, 4.8, 2.9];

const means = [0, 1].map((k) => years.reduce((sum, row) => sum + row[k], 0) / years.length);

/** How the two years enter: x = (year − origin) · unitsPerYear. All give the same functions of a year. */
export interface Inputs {
  readonly id: "years" | "centred" | "mixed";
  readonly name: string;
  readonly origin: readonly number[];
  readonly unitsPerYear: readonly number[];
}

export const centred: Inputs = {
  ...{ id: "centred", name: "years, centred", origin: means, unitsPerYear: [1, 1] },
};

export const inputs: readonly Inputs[] = [
  { id: "years", name: "years, as given", origin: [0, 0], unitsPerYear: [1, 1] },
  centred,
  {
    ...{ id: "mixed", name: "days and centuries, centred" },
    ...{ origin: means, unitsPerYear: [365.25, 0.01] },
  },
];

/** t ~ N(w₁x₁ + w₂x₂ + b, 1). With the intercept b, centring and units are changes of parameters only. */
export interface Regression {
  readonly policy: Policy;
  readonly batch: Batch;
}

export function createProblem({ origin, unitsPerYear }: Inputs): Regression {
  const rows = years.map((row) => row.map((year, k) => (year - origin[k]) * unitsPerYear[k]));
  const policy = createPolicy(linear(2, 1), locationGaussian([1]), createRandom(0));
  return { policy, batch: oneStepBatch(rowsFrom(rows), rowsFrom(targets.map((t) => [t]))) };
}

/** w₁x₁ + w₂x₂ + b of every row. */
export function predictions({ policy, batch }: Regression): number[] {
  const point = policy.network.linearisation(years.length);
  point.at(policy.theta, batch.observations);
  return [...point.outputs.data];
}

/** ½ mean (prediction − t)². */
export function lossOf(predicted: readonly number[]): number {
  return predicted.reduce((sum, f, i) => sum + (f - targets[i]) ** 2 / 2, 0) / targets.length;
}
