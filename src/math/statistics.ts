/** The mean of the values; NaN for none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The sample standard deviation, √(Σ(x − x̄)² / (n − 1)), by Welford's recursion; NaN below two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  let average = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const delta = values[i] - average;
    average += delta / (i + 1);
    squares += delta * (values[i] - average);
  }
  return values.length < 2 ? NaN : Math.sqrt(squares / (values.length - 1));
}

/** The quantile at p ∈ [0, 1], interpolating linearly (Hyndman & Fan type 7); NaN for none. */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileSorted(Float64Array.from(values).sort(), p);
}

/** The median. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/**
 * The interquartile mean: the mean of what is left when ⌊n/4⌋ values are dropped at each end.
 *
 * Source: Agarwal et al. 2021, arXiv 2108.13264 (rliable), with SciPy's `trim_mean(x, 0.25)`.
 */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const cut = Math.floor(sorted.length / 4);
  return mean(sorted.subarray(cut, sorted.length - cut));
}

/** An interval of the real line. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** `quantile` of values in ascending order, without a copy. */
export function quantileSorted(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return NaN;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  // the weight of the neighbour may be 0 where the neighbour is ∞
  if (position === below || sorted[below] === sorted[above]) return sorted[below];
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
