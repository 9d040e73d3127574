import type { Resumable, Saved } from "./resumable.ts";
import type { Rows } from "./rows.ts";
import type { Vector } from "./vector.ts";

/** Mean and variance of all rows seen so far, component by component. */
export interface RunningMoments {
  /** Rows seen. */
  readonly count: number;
  readonly mean: Vector;
  /** Σ (x − mean)². */
  readonly squares: Vector;
  add(rows: Rows): void;
  readonly state: Resumable;
}

/**
 * Moments that take in a batch at a time: with n rows of mean m and squares q so far and n′, m′, q′ of
 * the batch, by two passes over it in the order of its rows, and δ = m′ − m,
 * m ← m + δn′/(n + n′), q ← q + q′ + δ²nn′/(n + n′).
 *
 * Source: Chan, Golub & LeVeque 1983, The American Statistician 37:242-247.
 */
export function createRunningMoments(width: number): RunningMoments {
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  return {
    get count() {
      return count;
    },
    mean,
    squares,
    add: (rows) => {
      if (rows.count === 0) return;
      const total = count + rows.count;
      for (let k = 0; k < width; k++) {
        const own = columnMean(rows, k);
        const delta = own - mean[k];
        mean[k] += (delta * rows.count) / total;
        squares[k] += columnSquares(rows, k, own) + delta * delta * count * (rows.count / total);
      }
      count = total;
    },
    state: {
      save: () => ({ count, mean: mean.slice(), squares: squares.slice() }),
      restore: (saved) => {
        const read = requireSaved(saved, width);
        count = read.count;
        mean.set(read.mean);
        squares.set(read.squares);
      },
    },
  };
}

function columnMean({ count, width, data }: Rows, k: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += data[i * width + k];
  return sum / count;
}

function columnSquares({ count, width, data }: Rows, k: number, mean: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const d = data[i * width + k] - mean;
    sum += d * d;
  }
  return sum;
}

interface SavedMoments {
  readonly count: number;
  readonly mean: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
}

function requireSaved(saved: Saved, width: number): SavedMoments {
  const read = saved as Partial<SavedMoments> | null;
  const isVector = (values: unknown): values is ArrayLike<number> =>
    (Array.isArray(values) || values instanceof Float64Array) && values.length === width;
  if (typeof read?.count === "number" && isVector(read.mean) && isVector(read.squares)) {
    return { count: read.count, mean: read.mean, squares: read.squares };
  }
  throw new RangeError(
    `runningMoments: what is restored must hold count, and mean and squares of ${width} numbers, got ${JSON.stringify(saved)}; give what save returned`,
  );
}
