import type { LqrProblem } from "./lqr-problem.ts";

/** The exact values of a ~ N(k s, σ²) on a scalar problem, of the normalised return (1 − γ)J. */
export interface ScalarValues {
  /** (1 − γ)J; −∞ where √γ|A + Bk| ≥ 1. */
  readonly return: number;
  /** (1 − γ)∂J/∂k and (1 − γ)∂J/∂σ. */
  readonly gradient: readonly [k: number, sigma: number];
  /** F⁻¹ of that gradient. */
  readonly naturalGradient: readonly [k: number, sigma: number];
  /** The diagonal of F over (k, σ): E[s²]/σ² and 2/σ². */
  readonly fisher: readonly [k: number, sigma: number];
  /** E[s²] over the normalised discounted state distribution. */
  readonly second: number;
  /** H = R + γB²P. */
  readonly H: number;
  /** E = Hk + γBPA, so that E = 0 at the optimum. */
  readonly E: number;
}

/**
 * `stationaryValues` in closed form for one state and one action, for γ < 1: fast enough for a
 * picture's every pixel.
 *
 * P = (Q + Rk²)/(1 − γ(A + Bk)²); (1 − γ)J = −(1 − γ)P(S₀ + m₀²) − γPW − Hσ²;
 * E[s²] = ((1 − γ)(S₀ + m₀²) + γ(B²σ² + W))/(1 − γ(A + Bk)²).
 */
export function scalarValues(
  { A: [[A]], B: [[B]], Q: [[Q]], R: [[R]], W: [[W]], S0: [[S0]], m0: [m0] }: LqrProblem,
  k: number,
  sigma: number,
  gamma: number,
): ScalarValues {
  const loop = A + B * k;
  const contraction = 1 - gamma * loop * loop;
  if (!(contraction > 0)) return DIVERGED;
  const P = (Q + R * k * k) / contraction;
  const H = R + gamma * B * B * P;
  const E = H * k + gamma * B * P * A;
  const start = (1 - gamma) * (S0 + m0 * m0);
  const variance = sigma * sigma;
  const second = (start + gamma * (B * B * variance + W)) / contraction;
  return {
    return: -P * start - gamma * P * W - H * variance,
    gradient: [-2 * E * second, -2 * H * sigma],
    naturalGradient: [-2 * E * variance, -H * variance * sigma],
    fisher: [second / variance, 2 / variance],
    second,
    H,
    E,
  };
}

const DIVERGED: ScalarValues = {
  return: -Infinity,
  gradient: [NaN, NaN],
  naturalGradient: [NaN, NaN],
  fisher: [NaN, NaN],
  second: NaN,
  H: NaN,
  E: NaN,
};
