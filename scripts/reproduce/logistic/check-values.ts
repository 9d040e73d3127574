/**
 * The note's listing run by numpy after `np.random.seed(0)`, as printed and mended, by
 * `test/fixtures/textbook_values.py`. Derived, not published: the note prints no numbers.
 */
export interface DerivedRun {
  readonly theta: readonly number[];
  /** Mean negative log-likelihood, nats. */
  readonly loss: number;
}

/** θ after the listing's 10 iterations. */
export const derivedRuns = {
  printed: { theta: [-0.0164207037, -0.102195947], loss: 0.705157618 },
  /** One more iteration, of the listing's last line, with the settings that it does not define. */
  printedDiagonal: { theta: [-0.0248956286, -0.113770878], loss: 0.70715196 },
  empirical: { theta: [0.0157379605, 0.0986781554], loss: 0.682564423 },
  damped: { theta: [0.0149740569, 0.0969227867], loss: 0.682777795 },
  natural: { theta: [0.000331582528, 0.119817725], loss: 0.681717014 },
  diagonal: { theta: [0.0741433831, 0.104946371], loss: 0.678100996 },
  gradient: { theta: [0.00763668282, 0.0099406346], loss: 0.691576911 },
} satisfies Readonly<Record<string, DerivedRun>>;

/** The maximum of the likelihood, by 50 Newton steps. */
export const derivedOptimum: DerivedRun = {
  theta: [-0.0332633902, 1.39065536],
  loss: 0.627794954,
};

/** With an intercept (last), 1000 damped natural steps of size 1. */
export const derivedSeparated: DerivedRun = {
  theta: [54.5996263, 55.4931713, -54.7313039],
  loss: 0.0335600405,
};
