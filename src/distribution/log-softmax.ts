import { exp, log } from "../math/elementary.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

// A number that a function returns is an object on the heap unless the compiler takes the function
// into the loop, which it does while the loop is small. So each loop calls one function, once.

/**
 * Rows of log pₖ = (ηₖ − max η) − log Σⱼ exp(ηⱼ − max η), row-major as η; nothing overflows.
 *
 * The storage is made when so many rows first appear, and valid until the next call.
 */
export function createLogSoftmax(): (eta: Rows) => Vector {
  let logP = new Float64Array(0);
  let totals = new Float64Array(0);
  return (eta) => {
    const { count, width } = eta;
    if (logP.length < count * width) logP = new Float64Array(count * width);
    if (totals.length < count) totals = new Float64Array(count);
    subtractLargest(eta, logP);
    sumExponentials(logP, eta, totals);
    for (let i = 0; i < count; i++) totals[i] = log(totals[i]);
    for (let i = 0; i < count; i++) {
      for (let k = i * width; k < (i + 1) * width; k++) logP[k] -= totals[i];
    }
    return logP;
  };
}

/** out ← η − max η, row by row. */
function subtractLargest({ count, width, data }: Rows, out: Vector): void {
  for (let i = 0; i < count; i++) {
    let top = -Infinity;
    for (let k = i * width; k < (i + 1) * width; k++) if (data[k] > top) top = data[k];
    for (let k = i * width; k < (i + 1) * width; k++) out[k] = data[k] - top;
  }
}

/** outᵢ ← Σₖ exp(xᵢₖ). */
function sumExponentials(x: Vector, { count, width }: Rows, out: Vector): void {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = i * width; k < (i + 1) * width; k++) sum += exp(x[k]);
    out[i] = sum;
  }
}

/** The leading `length` numbers of out ← exp(x); `out` may be `x`. */
export function exponentials(x: Vector, length: number, out: Vector): void {
  for (let k = 0; k < length; k++) out[k] = exp(x[k]);
}
