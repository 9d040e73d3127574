import * as z from "zod";
import { clamp, type Environment, type Random, type Vector } from "../src/index.ts";

/** Where the road ends. */
const LEFT = -1.2;
const RIGHT = 0.6;
/** A step. */
const MAX_SPEED = 0.07;
/** How the slope pulls. */
const GRAVITY = 0.0025;
/** What an action adds to the speed. */
const PUSH = 0.001;
/** What a force of 1 adds to the speed. */
const POWER = 0.0015;

/** What both mountain cars can be told. */
export const mountainCarOptions = z.strictObject({
  goalVelocity: z
    .number({ error: "must be a number" })
    .default(0)
    .describe("the least speed to the right at the goal, a step"),
});
export type MountainCarOptions = z.input<typeof mountainCarOptions>;

/**
 * MountainCar-v0 of Gymnasium: rock an underpowered car out of a valley.
 *
 * | action | push              |
 * | ------ | ----------------- |
 * | 0      | to the left       |
 * | 1      | none              |
 * | 2      | to the right      |
 *
 * The action is not checked, which keeps it fast; `simulation` refuses what is no action.
 *
 * | observation | unit       | range         |
 * | ----------- | ---------- | ------------- |
 * | x           | length     | −1.2 … 0.6    |
 * | v           | per step   | −0.07 … 0.07  |
 *
 * The state is the observation. Reward: −1 a step, the last included. Start: x from U[−0.6, −0.4),
 * v = 0. Termination: x ≥ 0.5 with v ≥ the goal velocity, 0. Truncation: after 200 steps. Dynamics,
 * both clipped, and the left end stops the car:
 *
 * v ← v + 0.001 (a − 1) − 0.0025 cos 3x, x ← x + v.
 *
 * Source: Moore 1990; Gymnasium 1.3.0 `envs/classic_control/mountain_car.py`. Differs from it:
 * observations are float64.
 */
export function mountainCar({ goalVelocity = 0 }: MountainCarOptions = {}): Environment {
  return {
    ...valley,
    name: "mountain-car",
    actionSpace: { kind: "discrete", count: 3 },
    horizon: 200,
    step: (s, a) => {
      roll(s, PUSH * (a[0] - 1));
      return -1;
    },
    isTerminal: (s) => s[0] >= 0.5 && s[1] >= goalVelocity,
  };
}

/**
 * MountainCarContinuous-v0 of Gymnasium: the same with a force, and a price on it.
 *
 * Action: one force, clipped to [−1, 1]. Observations, start and dynamics as in `mountainCar`, with
 * 0.0015 times the force as the push. Reward: 100 on reaching the goal, less 0.1 a² of the action as
 * given, before it is clipped. Termination: x ≥ 0.45 with v ≥ the goal velocity, 0. Truncation:
 * after 999 steps.
 *
 * Source: Moore 1990; Gymnasium 1.3.0 `envs/classic_control/continuous_mountain_car.py`. Differs
 * from it: the state is float64, float32 there.
 */
export function mountainCarContinuous({ goalVelocity = 0 }: MountainCarOptions = {}): Environment {
  const isTerminal = (s: Vector): boolean => s[0] >= 0.45 && s[1] >= goalVelocity;
  return {
    ...valley,
    name: "mountain-car-continuous",
    actionSpace: { kind: "box", low: [-1], high: [1] },
    horizon: 999,
    step: (s, a) => {
      roll(s, POWER * clamp(a[0], -1, 1));
      return (isTerminal(s) ? 100 : 0) - 0.1 * a[0] * a[0];
    },
    isTerminal,
  };
}

/** What the two have in common. */
const valley = {
  stateSize: 2,
  observationSize: 2,
  reset: (s: Vector, random: Random): void => {
    s[0] = random.uniform(-0.6, -0.4);
    s[1] = 0;
  },
  observe: (s: Vector, o: Vector): void => {
    o[0] = s[0];
    o[1] = s[1];
  },
};

/** s ← the state after a step with `push` added to the speed. */
function roll(s: Vector, push: number): void {
  s[1] = clamp(s[1] + push - GRAVITY * Math.cos(3 * s[0]), -MAX_SPEED, MAX_SPEED);
  s[0] = clamp(s[0] + s[1], LEFT, RIGHT);
  if (s[0] === LEFT && s[1] < 0) s[1] = 0;
}
