import type { RecordedCurve } from "./recorded-run.ts";

/** The most points of a curve. */
const MOST_POINTS = 120;

/**
 * The steps at which the runs of a method are averaged: those of their records, thinned evenly where
 * they are more than fit a figure, the last one kept.
 */
export function commonSteps(curves: readonly RecordedCurve[]): number[] {
  const all = [...new Set(curves.flatMap(({ steps }) => steps))].sort((a, b) => a - b);
  const every = Math.ceil(all.length / MOST_POINTS);
  return all.filter((_, i) => (all.length - 1 - i) % every === 0);
}

/**
 * What a run's curve is at each of the `grid`'s steps: the value of its last record until then, NaN
 * before the first. A run's curve is known at its records alone; nothing is made up between them.
 */
export function heldAt({ steps, values }: RecordedCurve, grid: readonly number[]): number[] {
  let last = -1;
  return grid.map((step) => {
    while (last + 1 < steps.length && steps[last + 1] <= step) last++;
    return last < 0 ? NaN : values[last];
  });
}

/** The records of a run up to the budget. */
export function within({ steps, values }: RecordedCurve, budget: number): RecordedCurve {
  const count = steps.filter((step) => step <= budget).length;
  return { steps: steps.slice(0, count), values: values.slice(0, count) };
}

/**
 * The score of a run: the mean of its records in the last `share` of the budget, or its last record
 * where none is there.
 */
export function scoreOf({ steps, values }: RecordedCurve, budget: number, share: number): number {
  const from = budget * (1 - share);
  const late = values.filter((_, i) => steps[i] > from);
  const chosen = late.length > 0 ? late : values.slice(-1);
  return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
}
