import type { Random } from "../random.ts";
import { type Interval, quantileSorted } from "../statistics.ts";
import type { Vector } from "../vector.ts";

export interface BootstrapOptions {
  readonly random: Random;
  /** Coverage in (0, 1). */
  readonly level?: number;
  readonly resamples?: number;
}

export interface BandOptions extends BootstrapOptions {
  /** Entries of the statistic. */
  readonly width: number;
}

/**
 * The percentile bootstrap interval of `statistic`, resampling with replacement inside each stratum.
 *
 * A stratum holds the runs of one task; `statistic` sees all strata's values, pooled, and the same
 * numbers stratum by stratum. With one stratum this is the plain bootstrap over seeds. Both arguments
 * are written over by the next resample. NaN where the statistic of any resample is.
 * Source: Agarwal et al. 2021, arXiv 2108.13264, section 4.1.
 *
 * @throws RangeError for a level outside (0, 1) or a number of resamples that is not a positive integer.
 */
export function bootstrapInterval(
  strata: readonly ArrayLike<number>[],
  statistic: (values: Float64Array, strata: readonly Float64Array[]) => number,
  options: BootstrapOptions,
): Interval {
  const sizes = strata.map((stratum) => stratum.length);
  const { whole, parts } = partitioned(sizes, (size) => new Float64Array(size));
  const [interval] = bootstrapBand(
    sizes,
    (chosen, out) => {
      strata.forEach((stratum, m) => {
        for (let i = 0; i < stratum.length; i++) parts[m][i] = stratum[chosen[m][i]];
      });
      out[0] = statistic(whole, parts);
    },
    { ...options, width: 1 },
  );
  return interval;
}

/**
 * The pointwise percentile bootstrap intervals of a statistic of `width` numbers, such as a curve.
 *
 * What is resampled are whole members of a stratum, by index: `statistic` gets, for each stratum of the
 * `sizes`, as many indices as it has members, and writes its numbers to `out`. Both arguments are
 * written over by the next resample. "Pointwise" says that each interval covers its own number with
 * the given probability, not all of them together.
 *
 * @throws RangeError for a level outside (0, 1) or a number of resamples that is not a positive integer.
 */
export function bootstrapBand(
  sizes: readonly number[],
  statistic: (chosen: readonly Int32Array[], out: Vector) => void,
  { random, width, level = 0.95, resamples = 2000 }: BandOptions,
): Interval[] {
  check(level, resamples);
  const { parts: chosen } = partitioned(sizes, (size) => new Int32Array(size));
  const out = new Float64Array(width);
  const replicates = Array.from(out, () => new Float64Array(resamples));
  for (let b = 0; b < resamples; b++) {
    for (const stratum of chosen) {
      for (let i = 0; i < stratum.length; i++) {
        stratum[i] = Math.floor(random.uniform(0, stratum.length));
      }
    }
    statistic(chosen, out);
    for (let j = 0; j < width; j++) replicates[j][b] = out[j];
  }
  return replicates.map((each): Interval => {
    each.sort();
    if (Number.isNaN(each[resamples - 1])) return { low: NaN, high: NaN }; // NaN sorts last
    return {
      low: quantileSorted(each, (1 - level) / 2),
      high: quantileSorted(each, (1 + level) / 2),
    };
  });
}

function check(level: number, resamples: number): void {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`bootstrapInterval: level must lie between 0 and 1, got ${level}`);
  }
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(
      `bootstrapInterval: resamples must be a positive integer, got ${resamples}`,
    );
  }
}

/** One buffer, and views of it of the given sizes, end to end. */
function partitioned<T extends Float64Array | Int32Array>(
  sizes: readonly number[],
  create: (size: number) => T,
): { readonly whole: T; readonly parts: readonly T[] } {
  const whole = create(sizes.reduce((sum, size) => sum + size, 0));
  let end = 0;
  const parts = sizes.map((size) => whole.subarray(end, (end += size)) as T);
  return { whole, parts };
}
