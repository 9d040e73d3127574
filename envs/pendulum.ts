import * as z from "zod";
import { clamp, type Environment, wrapAngle } from "../src/index.ts";

/** kg. */
const MASS = 1;
/** m. */
const LENGTH = 1;
/** Seconds a step. */
const DT = 0.05;
/** rad/s. */
const MAX_SPEED = 8;
/** N m. */
const MAX_TORQUE = 2;

/** What `pendulum` can be told. */
export const pendulumOptions = z.strictObject({
  gravity: z.number({ error: "must be a number" }).default(10).describe("g, m/s²"),
});
export type PendulumOptions = z.input<typeof pendulumOptions>;

/**
 * Pendulum-v1 of Gymnasium: swing a pendulum up and hold it there, with a torque too weak to lift it
 * at once.
 *
 * Action: one torque, clipped to [−2, 2] N m. State (θ, θ̇), θ = 0 upright.
 *
 * | observation | unit  | range   |
 * | ----------- | ----- | ------- |
 * | cos θ       |       | −1 … 1  |
 * | sin θ       |       | −1 … 1  |
 * | θ̇           | rad/s | −8 … 8  |
 *
 * Reward: −(θ² + 0.1 θ̇² + 0.001 u²) of the state before the step, θ in [−π, π), u the clipped
 * torque; from −16.3 to 0 a step. Start: θ from U[−π, π), θ̇ from U[−1, 1). Termination: never.
 * Truncation: after 200 steps. Dynamics, semi-implicit Euler with 50 ms a step, θ̇ clipped:
 *
 * θ̇ ← θ̇ + (3g/(2l) sin θ + 3u/(m l²)) dt, θ ← θ + θ̇ dt.
 *
 * Source: Gymnasium 1.3.0 `envs/classic_control/pendulum.py`. Differs from it: observations are
 * float64; gravity is 10 m/s² there and here, unless told otherwise.
 */
export function pendulum({ gravity = 10 }: PendulumOptions = {}): Environment {
  return {
    name: "pendulum",
    stateSize: 2,
    observationSize: 3,
    actionSpace: { kind: "box", low: [-MAX_TORQUE], high: [MAX_TORQUE] },
    horizon: 200,
    reset: (s, random) => {
      s[0] = random.uniform(-Math.PI, Math.PI);
      s[1] = random.uniform(-1, 1);
    },
    step: (s, a) => {
      const torque = clamp(a[0], -MAX_TORQUE, MAX_TORQUE);
      const angle = wrapAngle(s[0]);
      const speed = s[1];
      const acceleration =
        ((3 * gravity) / (2 * LENGTH)) * Math.sin(s[0]) + (3 / (MASS * LENGTH * LENGTH)) * torque;
      s[1] = clamp(speed + acceleration * DT, -MAX_SPEED, MAX_SPEED);
      s[0] += s[1] * DT;
      return -(angle * angle + 0.1 * speed * speed + 0.001 * torque * torque);
    },
    observe: (s, o) => {
      o[0] = Math.cos(s[0]);
      o[1] = Math.sin(s[0]);
      o[2] = s[1];
    },
    isTerminal: () => false,
  };
}
