import type { RunResult } from "./run.ts";

/** The policy at a time. */
export interface Look {
  readonly minutes: number;
  readonly theta: Float64Array;
  readonly gap: number;
}

/** Where the axis begins, and the initial policy stands, in minutes. */
const FIRST = 0.05;

/** All looks at a policy, those of an exact ascent at a pace. */
export function looksOf({ minutes, gaps, thetas }: RunResult, secondsPerUpdate?: number): Look[] {
  const width = thetas.length / gaps.length;
  return Array.from(gaps, (gap, i) => {
    const at = secondsPerUpdate === undefined ? minutes[i] : (i * secondsPerUpdate) / 60;
    const theta = thetas.subarray(i * width, (i + 1) * width);
    return { minutes: Math.max(FIRST, at), theta, gap };
  });
}

/** No more than forty a decade. */
export function thinned(looks: readonly Look[]): Look[] {
  const slot = (i: number): number => Math.floor(40 * Math.log10(i));
  return looks.filter((_, i) => i < 20 || i === looks.length - 1 || slot(i) > slot(i - 1));
}

/** Two runs from one initial policy. */
export interface ShownLooks {
  readonly nac: readonly Look[];
  readonly vanilla: readonly Look[];
}
