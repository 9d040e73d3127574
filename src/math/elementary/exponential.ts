import { LN2_HIGH, LN2_LOW, nearestInteger, powerOfTwo } from "./binary.ts";

const LOG2_E = 1.4426950408889634;
/** Beyond ± this the power of two of eˣ may be none of float64. */
const FAR = 708;
/** Where eˣ exceeds the largest float64, and where it is nearer to 0 than to the least. */
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019412;

/**
 * eˣ = 2ᵏ eʳ with x = k ln 2 + r and |r| ≤ ½ ln 2.
 *
 * Source: fdlibm's e_exp.c (see LICENSE), whose polynomial it takes.
 */
export function exp(x: number): number {
  if (!(Math.abs(x) < FAR)) return farExp(x);
  const k = nearestInteger(x * LOG2_E);
  return reducedExp(x, k) * powerOfTwo(k);
}

/** `exp` where eˣ or 2ᵏ leaves the range of normal numbers, or x is none. */
function farExp(x: number): number {
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  const k = nearestInteger(x * LOG2_E);
  const half = x < 0 ? -1000 : 1000;
  return Number.isNaN(x) ? x : reducedExp(x, k) * powerOfTwo(k - half) * powerOfTwo(half);
}

/** e^(x − k ln 2). */
function reducedExp(x: number, k: number): number {
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  return 1 - (low - afterFirstOrder(high - low) - high);
}

/**
 * eˣ − 1, which keeps its digits where x is small: 2ᵏ(r + (1 − 2⁻ᵏ) + (eʳ − 1 − r)).
 */
export function expm1(x: number): number {
  if (!(Math.abs(x) < FAR)) return exp(x) - 1;
  const k = nearestInteger(x * LOG2_E);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const rest = low - afterFirstOrder(high - low);
  const y = (high + (1 - powerOfTwo(-k)) - rest) * powerOfTwo(k);
  return x === 0 ? x : y;
}

/**
 * eʳ − 1 − r for |r| ≤ ½ ln 2: with R(r) = r (eʳ + 1)/(eʳ − 1) = 2 + r²/6 − r⁴/360 + … and
 * c = r − (R − 2) it is r c/(2 − c). R is fdlibm's best approximation, good to 2⁻⁵⁹.
 */
function afterFirstOrder(r: number): number {
  const s = r * r;
  const high =
    s * (6.613756321437934e-5 + s * (-1.6533902205465252e-6 + s * 4.1381367970572385e-8));
  const c = r - s * (0.16666666666666602 + s * (-2.7777777777015593e-3 + high));
  return (r * c) / (2 - c);
}

/**
 * tanh x: 1 − 2/(e²ˣ + 1), or x + x³ P(x²)/Q(x²) below 0.625.
 *
 * Source of P and Q: tanh.c of Moshier's Cephes Math Library, 1989.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size >= 0.625) {
    const y = 1 - 2 / (exp(2 * size) + 1);
    return x < 0 ? -y : y;
  }
  const s = x * x;
  const p = -1614.6876844170845 + s * (-99.28772310019185 + s * -0.9643991794250523);
  const q = 4844.063053251255 + s * (2235.4883906010045 + s * (112.81167849163293 + s));
  return x === 0 ? x : x + x * s * (p / q);
}
