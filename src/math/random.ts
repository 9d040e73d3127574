import alea from "seedrandom/lib/alea.js";
import { createZiggurat } from "./ziggurat.ts";

/** Everything that a stream needs to go on exactly where it was; plain JSON. */
export interface RandomState {
  readonly seed: string;
  readonly alea: {
    readonly c: number;
    readonly s0: number;
    readonly s1: number;
    readonly s2: number;
  };
}

/** A seeded stream, the only source of randomness. */
export interface Random {
  /** U[low, high), in multiples of (high − low)·2⁻⁵³. */
  uniform(low: number, high: number): number;
  /** N(0, 1). */
  normal(): number;
  /** An independent stream named by this stream's seed and `name`, however much has been drawn. */
  split(name: string): Random;
  save(): RandomState;
}

/** A source of multiples of 2⁻³² in [0, 1). */
export type Uniform32 = () => number;

const SEPARATOR = "/";

/**
 * The stream of `seed`: the same seed gives the same bits on every machine and in every engine.
 *
 * Baagøe's Alea (seedrandom) with a ziggurat normal. `split(name)` is the stream of the seed
 * `seed/name`, so a draw added in one part of a program leaves every other stream as it was.
 */
export function createRandom(seed: number | string): Random {
  return streamOf(String(seed), true);
}

/** The stream that `save` described, with the same next draw. */
export function restoreRandom(state: RandomState): Random {
  return streamOf(state.seed, { ...state.alea });
}

function streamOf(seed: string, state: RandomState["alea"] | true): Random {
  const next = alea(seed, { state });
  const normal = createZiggurat(next);
  return {
    uniform: (low, high) => low + (high - low) * next.double(),
    normal,
    split: (name) => createRandom(seed + SEPARATOR + encodeURIComponent(name)),
    save: () => ({ seed, alea: next.state() }),
  };
}
