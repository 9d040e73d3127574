/** Elementary functions in integers, so that no one's floating-point library decides. */

/** The real number digits · 2^(−bits). */
export interface Exact {
  readonly digits: bigint;
  readonly bits: number;
}

/** A reference has at least so many correct bits. */
const PRECISION = 180;

/** A float64 as it is. */
export function exactly(x: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { digits: x < 0 ? -mantissa : mantissa, bits: 1075 - Math.max(exponent, 1) };
}

/** The digits of x with `bits` bits behind the point, rounded down. */
function fixed({ digits, bits: own }: Exact, bits: number): bigint {
  return bits >= own ? digits << BigInt(bits - own) : digits >> BigInt(own - bits);
}

/** ⌊log₂|digits|⌋; 0 for none. */
const sizeOf = (digits: bigint): number => (digits < 0n ? -digits : digits).toString(2).length - 1;

/**
 * |y − x| in units of the last place of a float64 at x, the subnormal ones included.
 *
 * Infinity where y is ±∞ or NaN.
 */
export function ulpError(y: number, x: Exact): number {
  if (!Number.isFinite(y)) return Infinity;
  const last = Math.max(sizeOf(x.digits) - x.bits, -1022) - 52;
  // in multiples of 2⁻²⁰ units of the last place
  const bits = 20 - last;
  const difference = fixed(exactly(y), bits) - fixed(x, bits);
  return Math.abs(Number(difference)) / 2 ** 20;
}

/** Σ of the terms from the first on until they vanish; each follows from the one before and its index. */
function series(first: bigint, next: (term: bigint, k: bigint) => bigint): bigint {
  let sum = 0n;
  for (let [term, k] = [first, 1n]; term !== 0n && term !== -1n; term = next(term, k++))
    sum += term;
  return sum;
}

/** artanh(1/n) or arctan(1/n), by Σ (±1)ᵏ n^(−2k−1)/(2k + 1). */
function inverseTangent(n: bigint, bits: number, sign: 1n | -1n): bigint {
  let power = (1n << BigInt(bits)) / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = (sign * power) / (n * n);
  }
  return sum;
}

const LN2_BITS = 1600;
/** ln 2 = 2 artanh(1/3). */
const LN2 = 2n * inverseTangent(3n, LN2_BITS, 1n);

const PI_BITS = 1600;
/** π = 48 arctan(1/18) + 32 arctan(1/57) − 20 arctan(1/239), Gauss. */
const PI =
  48n * inverseTangent(18n, PI_BITS, -1n) +
  32n * inverseTangent(57n, PI_BITS, -1n) -
  20n * inverseTangent(239n, PI_BITS, -1n);

const ln2 = (bits: number): bigint => LN2 >> BigInt(LN2_BITS - bits);

/** Bits behind the point that give a number of the size of x its precision. */
const bitsFor = (x: Exact): number => PRECISION + Math.max(0, x.bits - sizeOf(x.digits));

/** eˣ − 1 for |x| < 1 by its power series. */
function expm1Series(x: bigint, bits: number): bigint {
  return series(x, (term, k) => ((term * x) >> BigInt(bits)) / (k + 1n));
}

/** eˣ = 2ᵏ eʳ. */
export function exp(x: number): Exact {
  const bits = PRECISION + 20;
  const k = Math.round(x * Math.LOG2E);
  const r = fixed(exactly(x), bits) - BigInt(k) * ln2(bits);
  return { digits: (1n << BigInt(bits)) + expm1Series(r, bits), bits: bits - k };
}

/** eˣ − 1. */
export function expm1(x: number): Exact {
  const bits = bitsFor(exactly(x));
  if (Math.abs(x) < 1) return { digits: expm1Series(fixed(exactly(x), bits), bits), bits };
  const wide = bits + 1200;
  return { digits: fixed(exp(x), wide) - (1n << BigInt(wide)), bits: wide };
}

/** tanh x = (e²ˣ − 1)/(e²ˣ + 1). */
export function tanh(x: number): Exact {
  const { digits, bits } = expm1(2 * x);
  return { digits: (digits << BigInt(bits)) / (digits + (2n << BigInt(bits))), bits };
}

/** ln x = k ln 2 + 2 artanh((m − 1)/(m + 1)) for x = 2ᵏ m. */
export function log(x: number): Exact {
  const { digits, bits: own } = exactly(x);
  const k = sizeOf(digits) - own;
  const bits = PRECISION + 60;
  const one = 1n << BigInt(bits);
  const m = fixed({ digits, bits: own + k }, bits);
  const z = ((m - one) << BigInt(bits)) / (m + one);
  const zz = (z * z) >> BigInt(bits);
  let sum = 0n;
  let power = z;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * zz) >> BigInt(bits);
  }
  return { digits: 2n * sum + BigInt(k) * ln2(bits), bits };
}

/** x minus the nearest multiple of 2π. */
function turned(x: Exact): Exact {
  const whole = 2n * PI;
  const position = fixed(x, PI_BITS);
  const turns = (2n * position + whole) / (2n * whole);
  return { digits: position - turns * whole, bits: PI_BITS };
}

/** The terms x^first/first! − x^(first + 2)/(first + 2)! + …, with `bits` for the size of x. */
function alternating(x: number, first: 0 | 1): Exact {
  const size = exactly(x);
  const bits = bitsFor(size) + 80;
  const angle = fixed(Math.abs(x) < 4 ? size : turned(size), bits);
  const square = (angle * angle) >> BigInt(bits);
  const start = first === 0 ? 1n << BigInt(bits) : angle;
  const digits = series(start, (term, k) => {
    const n = 2n * k + BigInt(first);
    return -((term * square) >> BigInt(bits)) / (n * (n - 1n));
  });
  return { digits, bits };
}

export const sin = (x: number): Exact => alternating(x, 1);
export const cos = (x: number): Exact => alternating(x, 0);
