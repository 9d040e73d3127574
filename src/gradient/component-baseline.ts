/**
 * The baseline b of one component of a likelihood-ratio estimate for one of M roll-outs, from
 * Σ s²R and Σ s² over all of them, and the roll-out's own s² and R: s is its score in that
 * component, R its return.
 */
export type ComponentBaseline = (
  product: number,
  square: number,
  ownSquare: number,
  ownReturn: number,
) => number;

/**
 * b = Σ s²R / Σ s², the estimate of the b that makes the variance of s (R − b) least.
 *
 * Estimated from the same roll-outs, it correlates with their scores: g is biased by O(1/M), and
 * exactly zero for M = 1. Source: Peters & Schaal 2008, Neural Networks 21:682-697,
 * tables 3 and 4; Weaver & Tao 2001.
 */
export const optimalBaseline: ComponentBaseline = (product, square) =>
  square > 0 ? product / square : 0;

/**
 * The optimal b from all roll-outs but the one that it is subtracted in: independent of its score, so
 * that g is unbiased for every M > 1.
 */
export const leaveOneOutBaseline: ComponentBaseline = (product, square, ownSquare, ownReturn) => {
  const rest = square - ownSquare;
  return rest > 0 ? (product - ownSquare * ownReturn) / rest : 0;
};

/** b = 0: unbiased for every M, and of the largest variance. */
export const noBaseline: ComponentBaseline = () => 0;

/** How a likelihood-ratio estimator discounts and reduces its variance. */
export interface LikelihoodRatioOptions {
  /** γ of the returns, in [0, 1]. */
  readonly discount: number;
  /** What is subtracted from returns; `optimalBaseline`, as published, where left out. */
  readonly baseline?: ComponentBaseline;
}
