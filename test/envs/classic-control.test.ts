import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { acrobot, mountainCar, mountainCarContinuous, pendulum } from "../../envs/index.ts";
import { createRandom, type Environment, wrapAngle } from "../../src/index.ts";

interface Trace {
  readonly states: number[][];
  readonly actions: (number | number[])[];
  readonly rewards: number[];
  readonly terminated: boolean[];
  readonly observations: number[][];
}

const file = new URL("../fixtures/gymnasium-classic-control.json", import.meta.url);
const { traces } = JSON.parse(readFileSync(file, "utf8")) as { traces: Record<string, Trace[]> };

/** Name there, ours, and the relative error allowed: the original's state is float32 in one. */
const subjects: [string, Environment, number][] = [
  ["Pendulum-v1", pendulum(), 1e-9],
  ["MountainCar-v0", mountainCar(), 1e-9],
  ["MountainCarContinuous-v0", mountainCarContinuous(), 1e-5],
  ["Acrobot-v1", acrobot(), 1e-9],
];

describe.each(subjects)("%s of Gymnasium", (name, environment, tolerance) => {
  const random = createRandom(0);
  const near = (ours: number, theirs: number, error = tolerance): void =>
    expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(error * Math.max(1, Math.abs(theirs)));

  test.each(traces[name])("is followed step by step, trace %#", (trace) => {
    const observation = new Float64Array(environment.observationSize);
    trace.actions.forEach((action, t) => {
      const state = Float64Array.from(trace.states[t]);
      const reward = environment.step(state, Float64Array.from([action].flat()), random);
      trace.states[t + 1].forEach((expected, k) => near(state[k], expected));
      near(reward, trace.rewards[t]);
      expect(environment.isTerminal(state)).toBe(trace.terminated[t]);
      environment.observe(state, observation);
      trace.observations[t].forEach((expected, k) => near(observation[k], expected, 1e-5));
    });
  });

  test("has traces with many steps, among them some that move the state", () => {
    const steps = traces[name].flatMap(({ states, actions }) =>
      actions.map((_, t) => Math.abs(states[t + 1][0] - states[t][0])),
    );
    expect(steps.length).toBeGreaterThan(50);
    expect(Math.max(...steps)).toBeGreaterThan(0.01);
  });
});

describe("starts and ends", () => {
  const start = (environment: Environment): number[][] => {
    const random = createRandom(1);
    return Array.from({ length: 400 }, () => {
      const state = new Float64Array(environment.stateSize);
      environment.reset(state, random);
      return [...state];
    });
  };
  const range = (values: readonly number[]): [number, number] => [
    Math.min(...values),
    Math.max(...values),
  ];

  it.each<[string, Environment, [number, number][]]>([
    [
      "pendulum",
      pendulum(),
      [
        [-Math.PI, Math.PI],
        [-1, 1],
      ],
    ],
    [
      "mountain-car",
      mountainCar(),
      [
        [-0.6, -0.4],
        [0, 0],
      ],
    ],
    [
      "acrobot",
      acrobot(),
      [
        [-0.1, 0.1],
        [-0.1, 0.1],
        [-0.1, 0.1],
        [-0.1, 0.1],
      ],
    ],
  ])("%s fills the ranges that it says, and not more", (_, environment, ranges) => {
    const states = start(environment);
    ranges.forEach(([low, high], k) => {
      const [least, most] = range(states.map((state) => state[k]));
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThanOrEqual(high);
      expect(most - least).toBeGreaterThanOrEqual(0.97 * (high - low));
    });
  });

  it("mountain-car ends at its goal, and with a goal velocity only at that speed", () => {
    const at = (x: number, v: number): Float64Array => Float64Array.of(x, v);
    expect(mountainCar().isTerminal(at(0.5, 0))).toBe(true);
    expect(mountainCar().isTerminal(at(0.4999, 0.07))).toBe(false);
    expect(mountainCar({ goalVelocity: 0.01 }).isTerminal(at(0.5, 0.005))).toBe(false);
    expect(mountainCarContinuous().isTerminal(at(0.45, 0))).toBe(true);
  });

  it("a heavier gravity pulls the pendulum in proportion", () => {
    const speed = (gravity: number): number => {
      const state = Float64Array.of(Math.PI / 2, 0);
      pendulum({ gravity }).step(state, Float64Array.of(0), createRandom(0));
      return state[1];
    };
    expect(speed(5)).toBeCloseTo(1.5 * 5 * 0.05, 12);
    expect(speed(10)).toBeCloseTo(2 * speed(5), 12);
  });

  it.each([
    [0, 0],
    [Math.PI, -Math.PI],
    [-Math.PI, -Math.PI],
    [7, 7 - 2 * Math.PI],
    [-7, 2 * Math.PI - 7],
    [100 * Math.PI + 0.5, 0.5],
  ])("wrapAngle(%f) is %f", (x, wrapped) => {
    expect(wrapAngle(x)).toBeCloseTo(wrapped, 12);
  });
});
