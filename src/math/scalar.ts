/** x moved into [low, high]. NaN stays NaN. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/**
 * log Σₖ exp(xₖ) over `count` numbers from `start`: m + log Σₖ exp(xₖ − m) with m the largest, so
 * that nothing overflows. −∞ for no numbers.
 */
export function logSumExp(x: Float64Array, start = 0, count = x.length - start): number {
  let largest = -Infinity;
  for (let k = start; k < start + count; k++) if (x[k] > largest) largest = x[k];
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let k = start; k < start + count; k++) sum += Math.exp(x[k] - largest);
  return largest + Math.log(sum);
}
