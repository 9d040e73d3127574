import type { Baseline } from "./baseline.ts";

/** V = 0: no baseline, and truncated episodes count as ended. */
export function zero(): Baseline {
  return {
    predict: (observations, out) => void out.fill(0, 0, observations.count),
    fit: () => undefined,
  };
}
