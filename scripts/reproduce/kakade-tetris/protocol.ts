/** A board of the source, and how many pieces an iteration on it places. */
export interface BoardSettings {
  readonly title: string;
  readonly height: number;
  /** N: pieces of one iteration, over all games side by side. */
  readonly pieces: number;
}

export const boards = {
  tall: { title: "10 × 20 cells", height: 20, pieces: 8000 },
  low: { title: "10 × 10 cells", height: 10, pieces: 4000 },
} as const satisfies Record<string, BoardSettings>;
export type BoardName = keyof typeof boards;
export const boardNames = Object.keys(boards) as BoardName[];

export interface MethodSettings {
  readonly label: string;
  /** What sets the size of a step: α of θ ← θ + α w, or the KL divergence δ in nats that α is chosen for. */
  readonly symbol: "α" | "δ";
  /** Sizes that are tried, in steps of half a decade. */
  readonly sizes: readonly number[];
  /** Iterations of a run. */
  readonly iterations: number;
}

/** The natural gradient to the end of the source's curve, the standard one to its 10^2.5 iterations. */
export const methods = {
  natural: {
    ...{ label: "natural", symbol: "δ", sizes: [0.005, 0.015, 0.05, 0.15, 0.5] },
    iterations: 100,
  },
  vanilla: {
    ...{ label: "standard", symbol: "α", sizes: [3, 10, 30, 100, 300] },
    iterations: 316,
  },
} as const satisfies Record<string, MethodSettings>;
export type MethodName = keyof typeof methods;
export const methodNames = Object.keys(methods) as MethodName[];

/** A method with the size of its steps, such as `natural, δ = 0.15`. */
export function labelOf({
  method,
  size,
}: {
  readonly method: MethodName;
  readonly size: number;
}): string {
  const { label, symbol } = methods[method];
  return `${label}, ${symbol} = ${size}`;
}

/** What the source does not state, besides the above. */
export const protocol = {
  /** γ of the biased gradient. */
  discount: 0.9,
  /** λ in (F + λI)⁻¹g, which the source states. */
  damping: 1e-3,
  /** F is formed from every so many pieces. */
  fisherEvery: 20,
  /** Games side by side in an iteration. */
  environments: 20,
  /** Games that a policy is scored by, its actions sampled. */
  games: 10,
  /** Pieces after which a game is cut off. */
  horizon: 50_000,
  /** Seeds that the sizes of the steps are chosen on, none of them used for the curves. */
  tuningSeeds: [101, 102],
  /** Iterations of a run that a size is chosen by. */
  tuningIterations: 32,
  /** Policies that are scored, a decade of iterations. */
  scoresPerDecade: 6,
} as const;

/** The iterations after which a run is scored: spread evenly over the decades, and the last. */
export function scoredIterations(iterations: number): number[] {
  const decades = Math.log10(iterations);
  const count = Math.floor(decades * protocol.scoresPerDecade + 1e-9);
  const spread = Array.from({ length: count + 1 }, (_, k) =>
    Math.round(10 ** (k / protocol.scoresPerDecade)),
  );
  return [...new Set([...spread, iterations])];
}
