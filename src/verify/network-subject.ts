import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation, Network } from "../network/network.ts";

/** How many rows networks are verified on. */
export const ROWS = 7;

/** A network at a point, and vectors to multiply with. */
export interface NetworkSubject {
  readonly network: Network;
  readonly theta: Vector;
  readonly inputs: Rows;
  readonly point: Linearisation;
  readonly u: Rows;
  readonly v: Vector;
  readonly exact: number;
  readonly smooth: number;
}

/** J v. */
export function along(point: Linearisation, v: Vector): Vector {
  const out = createRows(point.outputs.count, point.outputs.width);
  point.jvp(v, out);
  return out.data;
}

/** Jᵀu. */
export function back(point: Linearisation, u: Rows): Vector {
  const out = new Float64Array(point.parameterCount);
  point.vjp(u, out);
  return out;
}
