import { nearestInteger } from "./binary.ts";

/** π/2 to 2⁻¹¹⁹ in three parts, the first two of 33 bits, so that n < 2²⁰ times them is exact. */
const FIRST = 1.5707963267341256;
const SECOND = 6.077100506303966e-11;
const THIRD = 2.0222662487959506e-21;
const MOST = 1048576;
const TWO_OVER_PI = 0.6366197723675814;
/** 2⁻¹². Cancellation leaves a remainder above it all of its digits. */
const TINY = 0.000244140625;

/**
 * remainder ← x − n π/2 as the sum of two numbers, at most π/4 but for rounding; returns n mod 4.
 *
 * In three parts of π/2, after Cody & Waite 1980; in integers, at a microsecond, where |x| is above
 * 1.6 million or within 2⁻¹² of a multiple of π/2. x must be finite.
 */
export function reduceAngle(x: number, remainder: Float64Array): number {
  const n = nearestInteger(x * TWO_OVER_PI);
  if (!(Math.abs(n) < MOST)) return reduceInIntegers(x, remainder);
  const coarse = x - n * FIRST;
  const middle = n * SECOND;
  const fine = coarse - middle;
  const rest = n * THIRD - (coarse - fine - middle);
  const r = fine - rest;
  if (Math.abs(r) < TINY) return reduceInIntegers(x, remainder);
  remainder[0] = r;
  remainder[1] = fine - r - rest;
  return n & 3;
}

/** Bits behind the point: the largest x is 2¹⁰²⁴ multiples of π/2, each wrong by 2⁻¹²⁸⁰ at most. */
const BITS = 1280;
/** Bits behind the point of a remainder, none of which is below 2⁻⁶² for any x. */
const KEPT = 200;
/** 2⁻²⁰⁰. */
const UNIT = 6.223015277861142e-61;
let halfPi = 0n;

function reduceInIntegers(x: number, remainder: Float64Array): number {
  // Machin: π/4 = 4 arctan(1/5) − arctan(1/239)
  if (halfPi === 0n) halfPi = 8n * arctan(5n) - 2n * arctan(239n);
  let whole = x;
  let bits = BITS;
  for (; !Number.isInteger(whole); bits--) whole *= 2;
  const angle = BigInt(whole) << BigInt(bits);
  const n = (2n * angle + (x < 0 ? -halfPi : halfPi)) / (2n * halfPi);
  const r = (angle - n * halfPi) >> BigInt(BITS - KEPT);
  remainder[0] = Number(r) * UNIT;
  remainder[1] = Number(r - BigInt(Number(r))) * UNIT;
  return Number(n & 3n);
}

/** arctan(1/n) = Σ (−1)ᵏ n^(−2k−1)/(2k + 1). */
function arctan(n: bigint): bigint {
  let power = (1n << BigInt(BITS)) / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = -power / (n * n);
  }
  return sum;
}
