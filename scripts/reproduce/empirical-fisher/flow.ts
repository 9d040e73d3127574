import { addScaled } from "../../../src/index.ts";
import { createField, type FlowName } from "./field.ts";
import { createProblem, optimumOf, type Parameters } from "./problem.ts";

/** Euler's method as in the code: points 0, 1, …, 49 999. */
export const integration = { step: 0.001, points: 50_000, early: 1000 } as const;

/** One flow from one start. */
export interface FlowTask {
  readonly flow: FlowName;
  readonly start: Parameters;
  /** Points of the path, the start among them; more than `integration.early`. */
  readonly points: number;
}

export interface FlowResult extends FlowTask {
  /** θ after `integration.early` steps. */
  readonly early: Parameters;
  readonly end: Parameters;
  /** Length of the path over the distance from its start to the optimum. */
  readonly detour: number;
  /** The largest distance of the path from the straight line between its start and the optimum. */
  readonly deviation: number;
  /** Points of the path that are at least `SPACING` apart. */
  readonly path: readonly Parameters[];
  /** Distance to the optimum, every `EVERY` steps. */
  readonly distances: readonly number[];
}

export const EVERY = 100;
const SPACING = 0.01;

/** θ ← θ + 0.001 · field(θ). */
export function run(task: FlowTask): FlowResult {
  const problem = createProblem();
  const record = createRecord(task.start, optimumOf(problem));
  const field = createField(task.flow, problem);
  const theta = Float64Array.from(task.start);
  const direction = new Float64Array(2);
  for (let k = 1; k < task.points; k++) {
    field(theta, direction);
    addScaled(integration.step, direction, theta);
    record.add(k, [theta[0], theta[1]]);
  }
  return { ...task, ...record.result() };
}

/** Measures a path point by point. */
function createRecord(
  start: Parameters,
  optimum: Parameters,
): {
  readonly add: (k: number, point: Parameters) => void;
  readonly result: () => Omit<FlowResult, keyof FlowTask>;
} {
  const straight = distance(start, optimum);
  const path = [start];
  const distances = [straight];
  let [last, drawn, early] = [start, start, start];
  let [length, deviation] = [0, 0];
  return {
    add: (k, point) => {
      length += distance(last, point);
      deviation = Math.max(deviation, distanceFromLine(point, start, optimum));
      last = point;
      if (k === integration.early) early = point;
      if (k % EVERY === 0) distances.push(distance(point, optimum));
      if (distance(drawn, point) < SPACING) return;
      path.push(point);
      drawn = point;
    },
    result: () => ({
      ...{ early, end: last, detour: length / straight, deviation },
      ...{ path: [...path, last], distances },
    }),
  };
}

export function distance([a, b]: Parameters, [c, d]: Parameters): number {
  return Math.hypot(a - c, b - d);
}

function distanceFromLine([x, y]: Parameters, from: Parameters, to: Parameters): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return Math.abs((x - from[0]) * dy - (y - from[1]) * dx) / Math.hypot(dx, dy);
}
