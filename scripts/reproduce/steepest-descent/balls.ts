import { form } from "../pointwise.ts";
import { descend, matrixOf, quadratics } from "./quadratic.ts";
import type { Method } from "../likelihood-path.ts";

/** Points on the balls of a metric at which the linearised f is least. */
export interface SteepestDirection {
  readonly at: readonly [number, number];
  readonly method: Method;
  /** The direction of natgrad's step, on the ball dᵀMd = 1. */
  readonly step: readonly [number, number];
  /** The point of the ball where ∇fᵀd is least, among as many as `trials`. */
  readonly searched: readonly [number, number];
}

/** Directions tried around a ball. */
export const trials = 3600;

const [code] = quadratics;
const a = matrixOf(code);
const identity = [
  [1, 0],
  [0, 1],
];

/** M of a method: A for the Mahalanobis metric. */
export const metricOf = (method: Method): number[][] => (method === "natural" ? a : identity);

/** Searches the ball of each metric at `at` for the direction of steepest descent of f. */
export function steepest(at: readonly [number, number], method: Method): SteepestDirection {
  const metric = metricOf(method);
  const onBall = (d: readonly [number, number]): [number, number] => {
    const length = Math.sqrt(form(metric, d));
    return [d[0] / length, d[1] / length];
  };
  const [from, to] = descend(code, method, 0.01, { start: at, updates: 1 });
  let best: [number, number] = [1, 0];
  let least = Infinity;
  for (let i = 0; i < trials; i++) {
    const angle = (2 * Math.PI * i) / trials;
    const d = onBall([Math.cos(angle), Math.sin(angle)]);
    const slope = 2 * form(a, at, d);
    if (slope < least) [best, least] = [d, slope];
  }
  return { at, method, step: onBall([to[0] - from[0], to[1] - from[1]]), searched: best };
}

/** The angle between the two, which the search knows to half of its spacing in the plane of the ball. */
export function angleBetween({ step, searched }: SteepestDirection): number {
  const cross = step[0] * searched[1] - step[1] * searched[0];
  return Math.abs(Math.atan2(cross, step[0] * searched[0] + step[1] * searched[1]));
}
