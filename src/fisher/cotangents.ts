import type { Distribution } from "../distribution/distribution.ts";
import type { Rows } from "../math/rows.ts";
import type { LayerTrace, Linearisation } from "../network/network.ts";

/** Cotangents u₀ … u_{count−1} of η, row by row, whose outer products sum to M or estimate it. */
export interface OutputCotangents {
  readonly count: number;
  /** outᵢ ← u_c at row i. */
  at(c: number, out: Rows): void;
}

/** Where a layered model of F takes its cotangents from. */
export type CotangentSource = (
  distribution: Distribution,
  eta: Rows,
  actions: Rows,
) => OutputCotangents;

/**
 * The columns of a factor of M, Σ_c u_c u_cᵀ = M: exact, at one backward pass a column.
 *
 * @throws RangeError for a distribution without a factor.
 */
export const factorColumns: CotangentSource = ({ factor }, eta) => {
  if (factor === undefined) {
    throw new RangeError(
      "factorColumns: the distribution must give a factor of M, got one without; add `factor` to it, or take sampledScores",
    );
  }
  return { count: factor.columns, at: (c, out) => factor.column(eta, c, out) };
};

/**
 * The score at the action of each step, E[u uᵀ] = M: one backward pass, with sampling noise.
 *
 * The actions must come from the policy itself. Source: Wu et al. 2017 (ACKTR), arXiv 1708.05144.
 */
export const sampledScores: CotangentSource = (distribution, eta, actions) => ({
  count: 1,
  at: (_, out) => distribution.score(eta, actions, out),
});

/** The layers of `point` for u. @throws RangeError for a network that does not show its layers. */
export function layersOf(owner: string, point: Linearisation, u: Rows): readonly LayerTrace[] {
  const layers = point.layers?.(u);
  if (layers !== undefined) return layers;
  throw new RangeError(
    `${owner}: the network must show its layers, got a linearisation without; add \`layers\` to it, or use exactFisher`,
  );
}
