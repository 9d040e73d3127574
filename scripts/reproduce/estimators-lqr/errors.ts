import { median, quantile } from "../../../src/index.ts";
import { estimators } from "../../estimators/estimators.ts";
import { type Arrow, exactAt, grid } from "./setting.ts";
import type { EstimatedField } from "./task.ts";

/** How far estimates are from one exact field, over all policies and seeds. */
export interface FieldErrors {
  /** Of the angle between estimate and truth over (k, σ), in degrees. */
  readonly medianAngle: number;
  readonly nineTenthsAngle: number;
  readonly largestAngle: number;
  /** Median of ‖estimate − truth‖ / ‖truth‖ over (k, σ). */
  readonly relative: number;
}

export interface EstimatorErrors {
  readonly key: string;
  readonly vanilla: FieldErrors;
  readonly natural: FieldErrors;
  /** Share of the data sets from which there was no estimate. */
  readonly missing: number;
}

/** The errors of every estimator over the fields of all seeds. */
export function errorsOf(fields: readonly (readonly EstimatedField[])[]): EstimatorErrors[] {
  const truths = grid.map(exactAt);
  return estimators.map(({ key }) => {
    const own = fields.flatMap((field) => field.filter((one) => one.key === key));
    const over = (kind: "vanilla" | "natural"): [Arrow, Arrow][] =>
      own.flatMap((field) =>
        field[kind].map((arrow, i): [Arrow, Arrow] => [arrow, truths[i][kind]]),
      );
    const vanilla = over("vanilla");
    const finite = vanilla.filter(isFinitePair);
    return {
      key,
      vanilla: fieldErrors(finite),
      natural: fieldErrors(over("natural").filter(isFinitePair)),
      missing: 1 - finite.length / vanilla.length,
    };
  });
}

function isFinitePair([arrow]: readonly [Arrow, Arrow]): boolean {
  return arrow.every(Number.isFinite);
}

function fieldErrors(pairs: readonly (readonly [Arrow, Arrow])[]): FieldErrors {
  const angles = pairs.map(([arrow, truth]) => angleBetween(arrow, truth));
  const lengths = pairs.map(
    ([[x, y], [k, sigma]]) => Math.hypot(x - k, y - sigma) / Math.hypot(k, sigma),
  );
  return {
    medianAngle: median(angles),
    nineTenthsAngle: quantile(angles, 0.9),
    largestAngle: angles.length > 0 ? Math.max(...angles) : NaN,
    relative: median(lengths),
  };
}

/** The angle between two arrows in degrees, accurate for small ones. */
export function angleBetween([x1, y1]: Arrow, [x2, y2]: Arrow): number {
  const angle = Math.atan2(x1 * y2 - y1 * x2, x1 * x2 + y1 * y2);
  return (Math.abs(angle) * 180) / Math.PI;
}
