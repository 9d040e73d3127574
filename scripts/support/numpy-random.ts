import { log } from "../../src/index.ts";

/** The streams of numpy's legacy generator after `np.random.seed`. */
export interface NumpyRandom {
  /** U[0, 1) in multiples of 2⁻⁵³, as `np.random.rand`: the same bits. */
  readonly uniform: () => number;
  /** N(0, 1), as `np.random.randn`: the same but for the last bit of the logarithm. */
  readonly normal: () => number;
}

const SIZE = 624;
const LAG = 397;

/**
 * The numbers that numpy draws after `np.random.seed(seed)`, so that an experiment whose code fixes
 * that seed can be run on the very same data. Not a source of randomness for anything else.
 *
 * MT19937 seeded by Knuth's recursion, 53 bits from two draws, and normal numbers in pairs by
 * Marsaglia's polar method, the second one first.
 *
 * Source: Matsumoto & Nishimura 1998, ACM TOMACS 8:3-30; numpy's `RandomState`, which NEP 19 freezes.
 *
 * @throws RangeError for a seed that is not an integer from 0 to 2³² − 1.
 */
export function numpyRandom(seed: number): NumpyRandom {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(`numpyRandom: seed must be an integer from 0 to 2^32 - 1, got ${seed}`);
  }
  const next = mersenneTwister(seed);
  const uniform = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    let x: number, y: number, square: number;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * log(square)) / square);
    spare = scale * x;
    return scale * y;
  };
  return { uniform, normal };
}

/** Integers from 0 to 2³² − 1. */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const previous = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1812433253, previous) + i;
  }
  let position = SIZE;
  return () => {
    if (position === SIZE) {
      twist(state);
      position = 0;
    }
    let y = state[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < SIZE; i++) {
    const y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
    state[i] = state[(i + LAG) % SIZE] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
