import { clamp, cos, type Environment, type Random, sin, type Vector } from "../src/index.ts";

/** m/s². */
const GRAVITY = 9.8;
/** kg. */
const CART_MASS = 1;
/** kg. */
const POLE_MASS = 0.1;
/** kg. */
const TOTAL_MASS = CART_MASS + POLE_MASS;
/** Half the length of the pole, m. */
const HALF_LENGTH = 0.5;
/** kg m. */
const POLE_MOMENT = POLE_MASS * HALF_LENGTH;
/** The strongest push, N. */
const FORCE = 10;
/** Seconds a step. */
const DT = 0.02;
/** Where the track ends, m. */
const TRACK = 2.4;
/** Where the pole counts as fallen: 12°. */
const FALLEN = (12 * 2 * Math.PI) / 360;

/**
 * CartPole-v1 of Gymnasium: balance a pole on a cart by pushing the cart left or right.
 *
 * | action | push on the cart |
 * | ------ | ---------------- |
 * | 0      | −10 N (left)     |
 * | 1      | +10 N (right)    |
 *
 * `step` does not check the action, which keeps it fast: whatever is not 1 pushes left. `simulation`
 * refuses what is no action.
 *
 * | observation | unit  | while the episode lasts |
 * | ----------- | ----- | ----------------------- |
 * | x           | m     | −2.4 … 2.4              |
 * | ẋ           | m/s   | unbounded               |
 * | θ           | rad   | −0.2095 … 0.2095        |
 * | θ̇           | rad/s | unbounded               |
 *
 * The state is the observation. Reward: 1 a step, the last included, so that a return is at most
 * 500. Start: each number of the state from U[−0.05, 0.05). Termination: |x| > 2.4 m or |θ| > 12°.
 * Truncation: after 500 steps. Dynamics, without friction and by explicit Euler with 20 ms a step:
 *
 * q = (F + m l θ̇² sin θ)/M, θ̈ = (g sin θ − q cos θ)/(l (4/3 − m cos²θ/M)), ẍ = q − m l θ̈ cos θ/M.
 *
 * Source: Barto, Sutton & Anderson 1983; Gymnasium 1.3.0 `envs/classic_control/cartpole.py`.
 * Differs from it: observations are float64, and stepping on after the end still pays 1.
 */
export function cartpole(): Environment {
  return {
    ...pole,
    name: "cartpole",
    actionSpace: { kind: "discrete", count: 2 },
    step: (s, a) => push(s, a[0] === 1 ? FORCE : -FORCE),
  };
}

/**
 * The cart-pole of `cartpole` with the force itself as the action, in newtons.
 *
 * Action: one number, clipped to [−10, 10] N, so that ±10 are the pushes of `cartpole`. All else
 * (observations, reward, start, termination, the horizon of 500 steps) is as there. Differs from
 * the cart-pole of rllab (Duan et al. 2016), whose reward, time step and masses are other ones.
 */
export function cartpoleContinuous(): Environment {
  return {
    ...pole,
    name: "cartpole-continuous",
    actionSpace: { kind: "box", low: [-FORCE], high: [FORCE] },
    step: (s, a) => push(s, clamp(a[0], -FORCE, FORCE)),
  };
}

/** What the two have in common. */
const pole = {
  stateSize: 4,
  observationSize: 4,
  horizon: 500,
  reset: (s: Vector, random: Random): void => {
    for (let k = 0; k < 4; k++) s[k] = random.uniform(-0.05, 0.05);
  },
  observe: (s: Vector, o: Vector): void => {
    for (let k = 0; k < 4; k++) o[k] = s[k];
  },
  isTerminal: (s: Vector): boolean => Math.abs(s[0]) > TRACK || Math.abs(s[2]) > FALLEN,
};

/** s ← the state after 20 ms under a force in newtons; returns the reward. */
function push(s: Vector, force: number): number {
  const speed = s[1];
  const angle = s[2];
  const spin = s[3];
  const cosine = cos(angle);
  const sine = sin(angle);
  const q = (force + POLE_MOMENT * spin * spin * sine) / TOTAL_MASS;
  const spinRate =
    (GRAVITY * sine - cosine * q) /
    (HALF_LENGTH * (4 / 3 - (POLE_MASS * cosine * cosine) / TOTAL_MASS));
  const acceleration = q - (POLE_MOMENT * spinRate * cosine) / TOTAL_MASS;
  s[0] += DT * speed;
  s[1] += DT * acceleration;
  s[2] += DT * spin;
  s[3] += DT * spinRate;
  return 1;
}
