export interface ThresholdOptions {
  readonly threshold: number;
  /** Whether a value reaches the threshold from below (the default) or from above, as a gap does. */
  readonly from?: "below" | "above";
  /** Whether it must also stay there until the last time. */
  readonly stays?: boolean;
}

/**
 * The first time at which a curve is at its threshold or beyond: min{tᵢ : yᵢ ≥ τ}; with `stays`,
 * min{tᵢ : yⱼ ≥ τ for all j ≥ i}. Infinity where there is none, and for NaN, which reaches nothing.
 *
 * Infinity means "not within the time of this curve", a censored observation. Where all curves end at
 * the same time, median and quantiles need no correction for that: the survival curve of Kaplan & Meier
 * is then the empirical one. They are Infinity where too few curves got there, and a mean would be for
 * a single one that did not.
 */
export function timeToThreshold(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  { threshold, from = "below", stays = false }: ThresholdOptions,
): number {
  const isThere = (value: number): boolean =>
    from === "below" ? value >= threshold : value <= threshold;
  let since = Infinity;
  for (let i = 0; i < times.length; i++) {
    if (!isThere(values[i])) since = Infinity;
    else if (since === Infinity) since = times[i];
    if (since < Infinity && !stays) break;
  }
  return since;
}
