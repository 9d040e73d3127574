import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Distribution } from "./distribution.ts";

/** A part with its columns of η and a, in buffers of its own. */
export interface Part {
  readonly distribution: Distribution;
  readonly start: number;
  readonly eta: Columns;
  /** A second set of the columns of η: v, a score, or q. */
  readonly other: Columns;
  readonly actions: Columns;
  /** Room for a number a row. */
  readonly values: (count: number) => Vector;
}

/** Copies some columns of rows out, and back with `store`. */
interface Columns {
  (rows: Rows): Rows;
  store(rows: Rows): void;
}

/** The parts, each with its columns of all rows. */
export function createParts(distributions: readonly Distribution[]): Part[] {
  let [start, action] = [0, 0];
  return distributions.map((distribution) => {
    const { parameterSize, actionSize } = distribution;
    const eta = createColumns(start, parameterSize);
    const other = createColumns(start, parameterSize);
    const actions = createColumns(action, actionSize);
    const part = { distribution, start, eta, other, actions, values: createValues() };
    start += parameterSize;
    action += actionSize;
    return part;
  });
}

/** A buffer that is made anew only when the number of rows changes. */
function createColumns(from: number, width: number): Columns {
  let own = createRows(0, width);
  const load = ({ count, width: all, data }: Rows): Rows => {
    if (own.count !== count) own = createRows(count, width);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < width; k++) own.data[i * width + k] = data[i * all + from + k];
    }
    return own;
  };
  const store = ({ count, width: all, data }: Rows): void => {
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < width; k++) data[i * all + from + k] = own.data[i * width + k];
    }
  };
  return Object.assign(load, { store });
}

function createValues(): (count: number) => Vector {
  let own = new Float64Array(0);
  return (count) => {
    if (own.length !== count) own = new Float64Array(count);
    return own;
  };
}
