import type { ActionSpace } from "../environment/environment.ts";
import type { Rows } from "../math/rows.ts";

/**
 * The share of sampled action components beyond their bounds, which the environment clips: there the
 * score is of an action that was not taken. Undefined for a space that bounds nothing.
 */
export function clippedShare(space: ActionSpace, { width, data }: Rows): number | undefined {
  if (space.kind !== "box") return undefined;
  const { low, high } = space;
  if (![...low, ...high].some(Number.isFinite)) return undefined;
  let clipped = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] < low[i % width] || data[i] > high[i % width]) clipped++;
  }
  return clipped / data.length;
}
