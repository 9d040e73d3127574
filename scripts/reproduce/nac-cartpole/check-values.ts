/** The gains that the source prints, for its state (x, ẋ, θ, θ̇). */
export const printedGains = [5.71, 11.3, -82.1, -21.6] as const;

/**
 * Of the optimum for γ = 0.99, to nine digits by numpy and scipy in `test/fixtures/nac_cartpole.py`;
 * the source prints the gains alone. Returns are normalised by 1 − γ.
 */
export const derived = {
  gains: [5.74010836, 11.3128375, -82.1126142, -21.6688881],
  trace: 1025.64,
  diagonal: [79.8658292, 68.2126488, 822.171758, 55.389764],
  curvature: 0.0136982562,
  radius: 0.981681248,
  startReturn: -0.102564,
  explorationReturn: -0.000136982562,
  printedTrace: 1025.65169,
} as const;

/** Exact ascents by the same program, from one policy. */
export const ascentValues = {
  /** (K, ξ). */
  start: [3, 9, -100, -30, 0],
  natural: {
    stepSize: 100,
    /** Updates to a relative gap of 1 %, and the gap after 0, 1 and 2. */
    updates: 3,
    gaps: [0.341368565, 0.0162356581, 0.0112399538],
  },
  vanilla: { stepSize: 30, updates: 168, gaps: [0.341368565, 0.307794491, 0.279262161] },
} as const;
