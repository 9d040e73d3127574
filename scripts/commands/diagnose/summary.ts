import { median } from "../../../src/index.ts";
import { finite } from "./finding.ts";
import type { UpdateRecord } from "./records.ts";

/** A number of the updates, over the run and over its last tenth. */
export interface Quantity {
  readonly name: string;
  /** The column of progress.csv. */
  readonly column: string;
  readonly run: Range;
  readonly lastTenth: Range;
}

/** Of the updates that have the number. */
export interface Range {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The columns that are told, in the order of an update. */
export const quantityColumns: readonly (readonly [name: string, column: string])[] = [
  ["return of an episode", "meanReturn"],
  ["steps of an episode", "meanLength"],
  ["episodes ended", "episodes"],
  ["clipped actions", "clippedActions"],
  ["entropy of π, nats", "entropy"],
  ["σ, mean", "spreadMean"],
  ["explained variance of V", "explainedVariance"],
  ["cosine of ∇L of the halves", "halvesCosine"],
  ["‖g‖", "gradientNorm"],
  ["residual of the solve", "solveResidual"],
  ["iterations of the solve", "solveIterations"],
  ["damping λ", "damping"],
  ["backtracks", "backtracks"],
  ["KL predicted, nats", "predictedKl"],
  ["KL measured, nats", "kl"],
  ["KL with statistics, nats", "movedKl"],
  ["gain predicted", "predictedGain"],
  ["gain measured", "gain"],
  ["effective sample size / N", "effectiveShare"],
];

/** Those of the quantities that the run has. */
export function summarise(records: readonly UpdateRecord[]): Quantity[] {
  const lastTenth = records.slice(-Math.ceil(records.length / 10));
  return quantityColumns.flatMap(([name, column]) => {
    const values = finite(records, column);
    if (values.length === 0) return [];
    return [{ name, column, run: rangeOf(values), lastTenth: rangeOf(finite(lastTenth, column)) }];
  });
}

function rangeOf(values: readonly number[]): Range {
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
  return values.length === 0
    ? { median: NaN, low: NaN, high: NaN }
    : { median: median(values), low, high };
}
