import { diagonalGaussian } from "../../../src/index.ts";
import { klOf } from "../pointwise.ts";

/** N(0, s) and N(d, s) as the report writes them, s being read as a standard deviation or as a variance. */
export interface Pair {
  readonly name: string;
  /** d, the distance of the parameters. */
  readonly distance: number;
  /** s. */
  readonly second: number;
}

export const pairs: readonly [wide: Pair, narrow: Pair] = [
  { name: "N(0, 1000) and N(100, 1000)", distance: 100, second: 1000 },
  { name: "N(0, 0.1) and N(0.1, 0.1)", distance: 0.1, second: 0.1 },
];

export const readings = ["standard deviation", "variance"] as const;
export type Reading = (typeof readings)[number];

/** σ of a pair under a reading. */
export function sigmaOf({ second }: Pair, reading: Reading): number {
  return reading === "variance" ? Math.sqrt(second) : second;
}

export interface PairDivergence {
  readonly pair: Pair;
  readonly reading: Reading;
  /** KL of the two in nats; the same both ways, since σ is. */
  readonly kl: number;
  /** d²/(2σ²), what it must be. */
  readonly derived: number;
}

/** The KL of both pairs under both readings, by natgrad's Gaussian. */
export function pairDivergences(): PairDivergence[] {
  const gaussian = diagonalGaussian(1);
  return readings.flatMap((reading) =>
    pairs.map((pair) => {
      const logSigma = Math.log(sigmaOf(pair, reading));
      const variance = reading === "variance" ? pair.second : pair.second ** 2;
      return {
        ...{ pair, reading },
        kl: klOf(gaussian, [0, logSigma], [pair.distance, logSigma]),
        derived: pair.distance ** 2 / (2 * variance),
      };
    }),
  );
}
