import { clamp, type Environment, type Vector, wrapAngle } from "../src/index.ts";

/** Length of each link, m. */
const LENGTH = 1;
/** Mass of each link, kg. */
const MASS = 1;
/** Where on a link its centre of mass is, m. */
const CENTRE = 0.5;
/** Moment of inertia of each link, kg m². */
const INERTIA = 1;
/** m/s². */
const GRAVITY = 9.8;
/** Seconds a step. */
const DT = 0.2;
/** rad/s. */
const MAX_SPEEDS = [4 * Math.PI, 9 * Math.PI] as const;

/**
 * Acrobot-v1 of Gymnasium: two links hang from a point, and a torque between them is to swing the
 * free end above a line one link length over that point.
 *
 * | action | torque on the joint between the links |
 * | ------ | ------------------------------------- |
 * | 0      | −1 N m                                |
 * | 1      | 0                                     |
 * | 2      | +1 N m                                |
 *
 * The action is not checked, which keeps it fast; `simulation` refuses what is no action. State
 * (θ₁, θ₂, θ̇₁, θ̇₂): θ₁ = 0 hangs down, θ₂ is relative to the first link.
 *
 * | observation      | unit  | range       |
 * | ---------------- | ----- | ----------- |
 * | cos θ₁, sin θ₁   |       | −1 … 1      |
 * | cos θ₂, sin θ₂   |       | −1 … 1      |
 * | θ̇₁               | rad/s | −4π … 4π    |
 * | θ̇₂               | rad/s | −9π … 9π    |
 *
 * Reward: −1 a step, 0 for the one that ends the episode. Start: each number of the state from
 * U[−0.1, 0.1). Termination: −cos θ₁ − cos(θ₁ + θ₂) > 1. Truncation: after 500 steps. Dynamics: one
 * step of the classical Runge-Kutta method of 0.2 s, then angles wrapped and speeds clipped.
 *
 * Source: Sutton 1996; the equations of Sutton & Barto 2018 (which have terms that those of 1996
 * lack); Gymnasium 1.3.0 `envs/classic_control/acrobot.py`. Differs from it: observations are float64.
 */
export function acrobot(): Environment {
  const [k1, k2, k3, k4] = Array.from({ length: 4 }, () => new Float64Array(4));
  const point = new Float64Array(4);
  const isTerminal = (s: Vector): boolean => -Math.cos(s[0]) - Math.cos(s[1] + s[0]) > 1;

  /** s ← s + h/6 (k₁ + 2k₂ + 2k₃ + k₄). */
  const integrate = (s: Vector, torque: number): void => {
    derivative(s, torque, k1);
    for (let i = 0; i < 4; i++) point[i] = s[i] + (DT / 2) * k1[i];
    derivative(point, torque, k2);
    for (let i = 0; i < 4; i++) point[i] = s[i] + (DT / 2) * k2[i];
    derivative(point, torque, k3);
    for (let i = 0; i < 4; i++) point[i] = s[i] + DT * k3[i];
    derivative(point, torque, k4);
    for (let i = 0; i < 4; i++) s[i] += (DT / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  };

  return {
    name: "acrobot",
    stateSize: 4,
    observationSize: 6,
    actionSpace: { kind: "discrete", count: 3 },
    horizon: 500,
    reset: (s, random) => {
      for (let k = 0; k < 4; k++) s[k] = random.uniform(-0.1, 0.1);
    },
    step: (s, a) => {
      integrate(s, a[0] - 1);
      for (let k = 0; k < 2; k++) {
        s[k] = wrapAngle(s[k]);
        s[2 + k] = clamp(s[2 + k], -MAX_SPEEDS[k], MAX_SPEEDS[k]);
      }
      return isTerminal(s) ? 0 : -1;
    },
    observe: (s, o) => {
      for (let k = 0; k < 2; k++) {
        o[2 * k] = Math.cos(s[k]);
        o[2 * k + 1] = Math.sin(s[k]);
        o[4 + k] = s[2 + k];
      }
    },
    isTerminal,
  };
}

/**
 * out ← ds/dt = (θ̇₁, θ̇₂, θ̈₁, θ̈₂), with l, m, c, I of both links alike and τ the torque:
 *
 * d₁ = m c² + m (l² + c² + 2 l c cos θ₂) + 2I, d₂ = m (c² + l c cos θ₂) + I,
 * φ₂ = m c g sin(θ₁ + θ₂), φ₁ = −m l c θ̇₂ (θ̇₂ + 2 θ̇₁) sin θ₂ + m (c + l) g sin θ₁ + φ₂,
 * θ̈₂ = (τ + d₂ φ₁/d₁ − m l c θ̇₁² sin θ₂ − φ₂) / (m c² + I − d₂²/d₁), θ̈₁ = −(d₂ θ̈₂ + φ₁)/d₁.
 */
function derivative(s: Vector, torque: number, out: Vector): void {
  const angle1 = s[0];
  const angle2 = s[1];
  const speed1 = s[2];
  const speed2 = s[3];
  const cos2 = Math.cos(angle2);
  const sin2 = Math.sin(angle2);
  const coupling = MASS * LENGTH * CENTRE;
  const own = MASS * CENTRE * CENTRE + INERTIA;
  const d1 = 2 * own + MASS * LENGTH * LENGTH + 2 * coupling * cos2;
  const d2 = own + coupling * cos2;
  const phi2 = MASS * CENTRE * GRAVITY * Math.sin(angle1 + angle2);
  const phi1 =
    -coupling * speed2 * (speed2 + 2 * speed1) * sin2 +
    MASS * (CENTRE + LENGTH) * GRAVITY * Math.sin(angle1) +
    phi2;
  const acceleration2 =
    (torque + (d2 / d1) * phi1 - coupling * speed1 * speed1 * sin2 - phi2) / (own - (d2 * d2) / d1);
  out[0] = speed1;
  out[1] = speed2;
  out[2] = -(d2 * acceleration2 + phi1) / d1;
  out[3] = acceleration2;
}
