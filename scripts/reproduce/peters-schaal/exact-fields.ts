import { norm } from "../../../src/index.ts";
import { fieldPoints } from "./check-values.ts";
import { type System, valuesAt } from "./systems.ts";

/** The exact gradients and the metric at one point of the (k, σ) plane. */
export interface FieldSample {
  readonly k: number;
  readonly sigma: number;
  readonly vanilla: readonly [number, number];
  readonly natural: readonly [number, number];
  /** The diagonal of F. */
  readonly fisher: readonly [number, number];
}

/** The exact fields at the 20 points of Fig. 1. */
export function sampleFields(system: System): FieldSample[] {
  return fieldPoints.map(({ k, sigma }) => {
    const { gradient, naturalGradient, fisher } = valuesAt(system, k, sigma);
    return { k, sigma, vanilla: gradient, natural: naturalGradient, fisher };
  });
}

/** The angle of a vector over (k, σ) in degrees. */
export function angle([dk, dsigma]: readonly [number, number]): number {
  return (Math.atan2(dsigma, dk) * 180) / Math.PI;
}

/** A vector over (k, σ) at unit length. */
export function unit([dk, dsigma]: readonly [number, number]): [number, number] {
  const length = norm(Float64Array.of(dk, dsigma));
  return [dk / length, dsigma / length];
}
