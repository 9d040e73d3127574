/** ln 2 = LN2_HIGH + LN2_LOW, the first with 21 zeros at its end, so that small multiples are exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

const LEAST = -1074;
const MOST = 1023;

/** 2ᵏ at k − LEAST. */
const powers = new Float64Array(MOST - LEAST + 1);
powers[-LEAST] = 1;
for (let k = 1; k <= MOST; k++) powers[k - LEAST] = 2 * powers[k - 1 - LEAST];
for (let k = -1; k >= LEAST; k--) powers[k - LEAST] = powers[k + 1 - LEAST] / 2;

/** 2ᵏ for an integer k from −1074 to 1023. */
export function powerOfTwo(k: number): number {
  return powers[(k - LEAST) | 0];
}

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
/** Where the sign and the exponent are: in the second word, or the first of a big-endian machine. */
const UPPER = new Uint8Array(Int32Array.of(1).buffer)[0];

/** The upper 32 bits of x: the sign, 11 bits of exponent, 20 of the mantissa. */
export function upperWord(x: number): number {
  float[0] = x;
  return words[UPPER];
}

/** 1.5 · 2⁵²: a sum with it has no bits behind the point. */
const ROUNDER = 6755399441055744;

/** The integer nearest to x, the even one of two, for |x| ≤ 2⁵¹. */
export function nearestInteger(x: number): number {
  return x + ROUNDER - ROUNDER;
}
