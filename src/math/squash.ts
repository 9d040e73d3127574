import { exp, log1p, tanh } from "./elementary.ts";

/** The point of (low, high) that u is squashed to, low + (high − low)(tanh u + 1)/2. */
export function squash(u: number, low: number, high: number): number {
  return low + ((high - low) * (tanh(u) + 1)) / 2;
}

/**
 * log(1 − tanh²u), the logarithm of the slope of tanh, as 2(log 2 − |u| − log(1 + exp(−2|u|))), which
 * loses no digits where tanh u rounds to ±1.
 */
export function logTanhSlope(u: number): number {
  const size = Math.abs(u);
  return 2 * (Math.LN2 - size - log1p(exp(-2 * size)));
}
