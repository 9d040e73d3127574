import { ascend } from "./exact-ascent.ts";
import { learn } from "./learning-run.ts";

export const exactMethods = ["natural", "vanilla"] as const;
export type ExactMethod = (typeof exactMethods)[number];

export const sampledMethods = [
  "nac",
  "enac-values",
  "enac-one-start",
  "enac-starts",
  "vanilla-sampled",
] as const;
export type SampledMethod = (typeof sampledMethods)[number];

export type MethodName = ExactMethod | SampledMethod;

/** A method under noise of this standard deviation on each number of the state, of which exact ascents know nothing. */
export interface Cell {
  readonly method: MethodName;
  readonly noise: number;
}

/** One run, as plain data for a worker. */
export interface RunTask extends Cell {
  /** α. */
  readonly stepSize: number;
  /** Of the initial policy and of the run. */
  readonly seed: number;
  readonly limits: RunLimits;
}

/** When a run ends that does not become unstable. */
export interface RunLimits {
  /** The most simulated robot time of a sampled run. */
  readonly minutes: number;
  /** The most updates of an exact ascent. */
  readonly updates: number;
  /** The relative gap at which it is enough. */
  readonly gap: number;
}

/** What became of the policy of a run, looked at after each batch, or each update of an exact ascent. */
export interface RunResult {
  readonly task: RunTask;
  /** Robot time in minutes; that of an exact ascent is 0. */
  readonly minutes: Float64Array;
  /** The relative gap; ∞, for an unstable policy, ends the run. */
  readonly gaps: Float64Array;
  /** θ, row by row. */
  readonly thetas: Float64Array;
  /** Angle in degrees, in the exact Fisher metric, of each step to the exact natural gradient; of sampled runs. */
  readonly angles: Float64Array;
}

/** Improves a random initial policy until it is good enough, unstable or out of time. */
export function run(task: RunTask): RunResult {
  const { method } = task;
  return isExact(method) ? ascend(task, method) : learn(task, method);
}

export function isExact(method: MethodName): method is ExactMethod {
  return exactMethods.some((exact) => exact === method);
}
