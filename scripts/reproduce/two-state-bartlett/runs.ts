import { type System, valuesAt } from "./systems.ts";

export const runSettings = {
  starts: [
    [0.1, 0.9],
    [0.1, 0.5],
  ] as readonly (readonly [number, number])[],
  step: 0.1,
  /** A run ends when a θ is closer than this to 0 or 1. */
  margin: { vanilla: 0.005, natural: 0.0001 },
};

export type Method = "vanilla" | "natural";
export const methods: readonly Method[] = ["vanilla", "natural"];

/** A deterministic run by exact gradients. */
export interface LearningRun {
  readonly method: Method;
  readonly start: readonly [number, number];
  /** θ after 0, 1, … steps; the last one has left the square that the run may move in. */
  readonly path: readonly (readonly [number, number])[];
}

/** θ ← θ + 0.1·direction until a θ leaves (margin, 1 − margin). */
export function learningRun(
  system: System,
  method: Method,
  start: readonly [number, number],
): LearningRun {
  const margin = runSettings.margin[method];
  const path: (readonly [number, number])[] = [start];
  let theta = start;
  while (theta.every((value) => value > margin && value < 1 - margin)) {
    const { gradient, naturalGradient } = valuesAt(system, theta);
    const [first, second] = method === "vanilla" ? gradient : naturalGradient;
    theta = [theta[0] + runSettings.step * first, theta[1] + runSettings.step * second];
    path.push(theta);
  }
  return { method, start, path };
}
