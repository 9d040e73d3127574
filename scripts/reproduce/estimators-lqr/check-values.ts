/**
 * (1 − γ)∇J and (1 − γ)F⁻¹∇J over (k, σ) at four policies of the grid: from the sums of γᵗE[s²] over
 * 1500 steps in 50-digit arithmetic, and central differences of J, by a Python program that shares
 * nothing with natgrad. All eight digits hold.
 */
export const exactValues = [
  {
    k: -1.7,
    sigma: 0.1,
    vanilla: [0.052281166, -0.21753131],
    natural: [0.016227191, -0.0010876565],
  },
  {
    k: -1.06,
    sigma: 0.5,
    vanilla: [0.039033601, -0.55218909],
    natural: [0.041565673, -0.069023637],
  },
  { k: -0.42, sigma: 0.9, vanilla: [-0.76196605, -1.2722162], natural: [-0.58309684, -0.51524755] },
  { k: -0.1, sigma: 1.1, vanilla: [-12.081833, -3.7667897], natural: [-3.6081218, -2.2789077] },
] as const;

/** k* for γ = 0.9, from the Riccati equation by another program. */
export const optimalGain = -0.907551;
