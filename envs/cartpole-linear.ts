import { lqr, type LqrEnvironment } from "./lqr.ts";

/** Seconds a step: 60 Hz. */
const DT = 1 / 60;
/** How fast the angle accelerates of itself, s⁻². */
const NU = 13.2;
/** m/s². */
const GRAVITY = 9.81;
/** Where the track ends, m. */
const TRACK = 1.5;
/** Where the experiment is begun anew: 30°. */
const FALLEN = Math.PI / 6;

export interface LinearCartpoleOptions {
  /** Steps before an episode is truncated. */
  readonly horizon?: number;
  /** Standard deviation of the noise on each number of the state in a step. */
  readonly noise?: number;
}

/**
 * The cart-pole of the natural actor-critic: a pole balanced on a cart, linearised about the upright,
 * so that it is a linear-quadratic regulator whose exact solution is known.
 *
 * - **Actions** the force u on the cart of 1 kg, one number, N, unbounded.
 * - **Start** each number of the state from N(0, 0.1²). **Termination** never. **Truncation** beyond
 *   |x| > 1.5 m or |θ| > π/6, where the experiment is begun anew, and after 600 steps (10 s).
 * - **Reward** r = −(1.25x² + ẋ² + 12θ² + 0.25θ̇²) − 0.01u², of the state and action of the same step.
 *
 * | observation | unit  | while the episode lasts |
 * | ----------- | ----- | ----------------------- |
 * | x           | m     | −1.5 … 1.5              |
 * | ẋ           | m/s   | unbounded               |
 * | θ           | rad   | −0.5236 … 0.5236        |
 * | θ̇           | rad/s | unbounded               |
 *
 * Dynamics, by explicit Euler at 60 Hz with τ = 1/60 s, ν = 13.2 s⁻²: x ← x + τẋ, ẋ ← ẋ + τu,
 * θ ← θ + τθ̇, θ̇ ← θ̇ + ντ(θ + u/g), all from the state before, and N(0, 0.001²) on each unless told otherwise. A push to
 * the right makes θ grow, so θ is measured to the left.
 *
 * Source: Peters & Schaal 2008, Neurocomputing 71:1180-1190, section 4.1, for the costs and limits;
 * Peters, Vijayakumar & Schaal 2003 for the linear model and its start, as PyBrain's
 * `CartPoleLinEnvironment` gives them. Differs from PyBrain: its A is transposed, and its costs lack
 * the minus sign. The optimal gains for γ = 0.99 are the printed ones.
 */
export function cartpoleLinear({
  horizon = 600,
  noise = 0.001,
}: LinearCartpoleOptions = {}): LqrEnvironment {
  const variance = noise * noise;
  return {
    ...lqr({
      ...{ name: "cartpole-linear", horizon },
      A: [
        [1, DT, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, DT],
        [0, 0, NU * DT, 1],
      ],
      B: [[0], [DT], [0], [(NU * DT) / GRAVITY]],
      Q: diagonal(1.25, 1, 12, 0.25),
      R: [[0.01]],
      W: diagonal(variance, variance, variance, variance),
      S0: diagonal(0.01, 0.01, 0.01, 0.01),
    }),
    isTruncated: (s) => Math.abs(s[0]) > TRACK || Math.abs(s[2]) > FALLEN,
  };
}

function diagonal(...values: readonly number[]): number[][] {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
}
