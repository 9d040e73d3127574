/** x moved into [low, high]. NaN stays NaN. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** The angle in [−π, π) that x is but for whole turns, by a true modulo: −π for π, and for −3π. */
export function wrapAngle(x: number): number {
  const turn = 2 * Math.PI;
  return x - turn * Math.floor((x + Math.PI) / turn);
}

/** The largest of `count` numbers from `start`; −∞ for none. NaN is passed over. */
export function largest(x: Float64Array, start: number, count: number): number {
  let found = -Infinity;
  for (let k = start; k < start + count; k++) if (x[k] > found) found = x[k];
  return found;
}

/**
 * log Σₖ exp(xₖ − shift) over `count` numbers from `start`; −∞ for no numbers.
 *
 * Computed as m − shift + log Σₖ exp(xₖ − m) with m the largest, so that nothing overflows. With
 * m itself as the shift no digit is lost to the size of x: log softmax is xₖ − m − logSumExp(x − m).
 */
export function logSumExp(x: Float64Array, start = 0, count = x.length - start, shift = 0): number {
  const m = largest(x, start, count);
  if (m === -Infinity) return -Infinity;
  let sum = 0;
  for (let k = start; k < start + count; k++) sum += Math.exp(x[k] - m);
  return m - shift + Math.log(sum);
}

/** @throws RangeError unless the value is a positive integer. */
export function requireCount(owner: string, name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(`${owner}: ${name} must be a positive integer, got ${value}`);
}

/** @throws RangeError unless the value, such as γ or λ, lies in [0, 1]. */
export function requireUnitInterval(owner: string, name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new RangeError(`${owner}: ${name} must lie in [0, 1], got ${value}`);
}
