import { Matrix, solve } from "ml-matrix";
import type { MatrixRows } from "../../envs/index.ts";
import type { Field, Trajectory } from "./dormand-prince.ts";

/** What a flow needs to know at θ. */
export interface Geometry {
  /** ∇J. */
  readonly gradient: readonly number[];
  /** F, the metric of the natural gradient. */
  readonly fisher: MatrixRows;
}

/** θ̇ = ∇J(θ). */
export function vanillaFlow(at: (theta: readonly number[]) => Geometry): Field {
  return (theta) => at(theta).gradient;
}

/** θ̇ = (F(θ) + λI)⁻¹∇J(θ). */
export function naturalFlow(at: (theta: readonly number[]) => Geometry, damping: number): Field {
  return (theta) => {
    const { gradient, fisher } = at(theta);
    const metric = new Matrix(fisher.map((row) => [...row])).add(
      Matrix.eye(theta.length).mul(damping),
    );
    return solve(metric, Matrix.columnVector([...gradient])).to1DArray();
  };
}

/**
 * The first time at which `reached(θ)` holds, to rounding; undefined where it never does at the end of a step.
 *
 * It is the end of the first such step, moved back by bisection to where `reached` begins to hold.
 */
export function firstTime(
  { times, at }: Trajectory,
  reached: (theta: readonly number[]) => boolean,
): number | undefined {
  const step = times.findIndex((time) => reached(at(time)));
  if (step <= 0) return step === 0 ? times[0] : undefined;
  let [before, after] = [times[step - 1], times[step]];
  for (let i = 0; i < 60; i++) {
    const middle = (before + after) / 2;
    if (reached(at(middle))) after = middle;
    else before = middle;
  }
  return after;
}

/** The least and the largest f(θ) from 0 to `until`, seen five times in each step. */
export function rangeAlong(
  { times, at }: Trajectory,
  until: number,
  f: (theta: readonly number[]) => number,
): { readonly least: number; readonly largest: number } {
  const values = times
    .filter((time) => time <= until)
    .flatMap((time, i) => {
      const end = Math.min(until, times[Math.min(i + 1, times.length - 1)]);
      return Array.from({ length: 5 }, (_, k) => f(at(time + ((end - time) * k) / 4)));
    });
  return { least: Math.min(...values), largest: Math.max(...values) };
}

/** Times that lie evenly on a logarithmic axis, `perDecade` in each decade, both ends included. */
export function logarithmicTimes(from: number, to: number, perDecade: number): number[] {
  const count = Math.ceil(perDecade * Math.log10(to / from));
  return Array.from({ length: count + 1 }, (_, i) => from * (to / from) ** (i / count));
}
