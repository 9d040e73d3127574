import type { Vector } from "./vector.ts";

/** `count` rows of `width` numbers, row-major: entry (i, j) is `data[i * width + j]`. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly data: Vector;
}

/** Zero rows in a buffer of their own. */
export function createRows(count: number, width: number): Rows {
  return { count, width, data: new Float64Array(count * width) };
}

/** The rows of a nested array, copied; every row must be as long as the first. */
export function rowsFrom(values: readonly (readonly number[])[]): Rows {
  const width = values.length === 0 ? 0 : values[0].length;
  const ragged = values.findIndex((row) => row.length !== width);
  if (ragged >= 0) {
    throw new RangeError(
      `rowsFrom: every row must have the ${width} numbers of the first, got ${values[ragged].length} in row ${ragged}; pad or drop it`,
    );
  }
  return { count: values.length, width, data: Float64Array.from(values.flat()) };
}

/** destination row j ← source row i; the widths must agree. */
export function copyRow(source: Rows, i: number, destination: Rows, j: number): void {
  const { width } = source;
  for (let k = 0; k < width; k++) {
    destination.data[j * width + k] = source.data[i * width + k];
  }
}
