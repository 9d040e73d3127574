import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cartpole, cartpoleContinuous } from "../../envs/cartpole.ts";
import { checkEnvironment, createRandom, type Environment } from "../../src/index.ts";

interface Trace {
  readonly states: number[][];
  readonly actions: number[];
  readonly rewards: number[];
  readonly terminated: boolean[];
}

const file = new URL("../fixtures/gymnasium-cartpole.json", import.meta.url);
const { traces } = JSON.parse(readFileSync(file, "utf8")) as { traces: Trace[] };

/** Pushes of the continuous cart-pole that equal those of the discrete one. */
const NEWTONS = [-10, 10];
/** Forces beyond the box, which clip to the same. */
const BEYOND = [-1e6, 10.001];

const variants: [string, Environment, (action: number) => number][] = [
  ["cartpole", cartpole(), (action) => action],
  ["cartpole-continuous at ±10 N", cartpoleContinuous(), (action) => NEWTONS[action]],
  ["cartpole-continuous beyond its box", cartpoleContinuous(), (action) => BEYOND[action]],
];

describe.each(variants)("%s", (_, environment, actionOf) => {
  const random = createRandom(0);

  test.each(traces)("follows Gymnasium's CartPole-v1 step by step, trace %#", (trace) => {
    trace.actions.forEach((action, t) => {
      const state = Float64Array.from(trace.states[t]);
      const reward = environment.step(state, Float64Array.of(actionOf(action)), random);
      for (let k = 0; k < 4; k++) {
        const expected = trace.states[t + 1][k];
        expect(Math.abs(state[k] - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
      }
      expect(reward).toBe(trace.rewards[t]);
      expect(environment.isTerminal(state)).toBe(trace.terminated[t]);
    });
  });

  test("follows Gymnasium over whole episodes", () => {
    for (const { states, actions } of traces) {
      const state = Float64Array.from(states[0]);
      for (const a of actions) environment.step(state, Float64Array.of(actionOf(a)), random);
      const expected = states[actions.length];
      for (let k = 0; k < 4; k++) {
        expect(Math.abs(state[k] - expected[k])).toBeLessThan(1e-9 * Math.abs(expected[k]));
      }
    }
  });

  test("keeps the contract of environments", () => {
    expect(checkEnvironment(environment)).toEqual([]);
  });

  test("starts with every number of the state in [−0.05, 0.05)", () => {
    const state = new Float64Array(4);
    let [low, high] = [Infinity, -Infinity];
    for (let episode = 0; episode < 500; episode++) {
      environment.reset(state, random);
      low = Math.min(low, ...state);
      high = Math.max(high, ...state);
    }
    expect(low).toBeGreaterThanOrEqual(-0.05);
    expect(low).toBeLessThan(-0.0495);
    expect(high).toBeLessThan(0.05);
    expect(high).toBeGreaterThan(0.0495);
  });

  test("ends beyond 2.4 m and 12°, and not at them", () => {
    const angle = (12 * 2 * Math.PI) / 360;
    const terminal = (x: number, theta: number) =>
      environment.isTerminal(Float64Array.of(x, 9, theta, 9));
    expect([terminal(2.4, angle), terminal(-2.4, -angle)]).toEqual([false, false]);
    expect([terminal(2.4001, 0), terminal(-2.4001, 0)]).toEqual([true, true]);
    expect([terminal(0, angle + 1e-9), terminal(0, -angle - 1e-9)]).toEqual([true, true]);
  });

  test("truncates after 500 steps", () => {
    expect(environment.horizon).toBe(500);
  });
});

test("the force of cartpole-continuous acts in proportion inside its box", () => {
  const environment = cartpoleContinuous();
  const speedAfter = (force: number) => {
    const state = new Float64Array(4);
    environment.step(state, Float64Array.of(force), createRandom(0));
    return state[1];
  };
  expect(speedAfter(5)).toBeCloseTo(speedAfter(10) / 2, 15);
  expect(speedAfter(0)).toBe(0);
});
