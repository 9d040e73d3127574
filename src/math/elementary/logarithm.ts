import { LN2_HIGH, LN2_LOW, powerOfTwo, upperWord } from "./binary.ts";

/** 2⁻¹⁰²², the least number with all of its digits. */
const LEAST_NORMAL = 2.2250738585072014e-308;
/** 2⁵⁴. */
const LIFT = 18014398509481984;
/** What carries into the exponent of a mantissa above √2: 2 − √2 in the upper bits. */
const FROM_ROOT_2 = 0x95f62;

/**
 * ln x = k ln 2 + ln(1 + f) with x = 2ᵏ(1 + f) and √½ ≤ 1 + f < √2; −∞ at 0, NaN below.
 *
 * Source: fdlibm's e_log.c (see LICENSE), whose polynomial it takes.
 */
export function log(x: number): number {
  if (x >= LEAST_NORMAL && x < Infinity) return logOf(x, 0);
  if (x > 0 && x < Infinity) return logOf(x * LIFT, -54);
  if (x === 0) return -Infinity;
  return x > 0 ? x : NaN;
}

/** ln(2^shift x). With s = f/(2 + f), ln(1 + f) = 2 artanh s = f − f²/2 + s (f²/2 + R(s²)). */
function logOf(x: number, shift: number): number {
  const exponent = ((upperWord(x) + FROM_ROOT_2) >> 20) - 1023;
  const k = exponent + shift;
  const f = x * powerOfTwo(-exponent) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const high = 0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586);
  const odd = z * (0.6666666666666735 + w * high);
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + (even + odd)) + k * LN2_LOW) - f);
}

/**
 * ln(1 + x) without the loss of digits that 1 + x has for small x: ln u · x/(u − 1) with u = 1 + x as
 * rounded. Source: Goldberg 1991, "What every computer scientist should know about floating-point
 * arithmetic", theorem 4.
 */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  return u < Infinity ? log(u) * (x / (u - 1)) : log(u);
}
