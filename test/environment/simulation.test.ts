import { describe, expect, it } from "vitest";
import { createRandom, type Environment, simulation } from "../../src/index.ts";
import { cartpole, grid, lqr } from "../../envs/index.ts";

/** Counts the steps; ends at 5. */
const counter = (horizon: number): Environment => ({
  name: "counter",
  stateSize: 1,
  observationSize: 1,
  actionSpace: { kind: "box", low: [-1], high: [1] },
  horizon,
  reset: (s) => void s.fill(0),
  step: (s, a) => {
    s[0] += 1;
    return a[0];
  },
  observe: (s, o) => o.set(s),
  isTerminal: (s) => s[0] >= 5,
});

describe("simulation", () => {
  it("terminates where the process ends", () => {
    const game = simulation(counter(9), 0);
    expect([...game.reset()]).toEqual([0]);
    const seen = [1, 2, 3, 4, 5].map(() => game.step(0.5));
    expect(seen.map(({ terminated }) => terminated)).toEqual([false, false, false, false, true]);
    expect(seen.every(({ truncated }) => !truncated)).toBe(true);
    expect(seen.map(({ observation, reward }) => [observation[0], reward])).toEqual(
      [1, 2, 3, 4, 5].map((t) => [t, 0.5]),
    );
  });

  it("truncates at the horizon", () => {
    const game = simulation(counter(3), 0);
    game.reset();
    const seen = [1, 2, 3].map(() => game.step([0]));
    expect(seen.map(({ truncated }) => truncated)).toEqual([false, false, true]);
    expect(seen.every(({ terminated }) => !terminated)).toBe(true);
  });

  it("truncates at a bound of the environment", () => {
    const game = simulation({ ...counter(9), isTruncated: (s) => s[0] >= 2 }, 0);
    game.reset();
    const seen = [1, 2].map(() => game.step([0]));
    expect(seen.map(({ truncated }) => truncated)).toEqual([false, true]);
    expect(() => game.step([0])).toThrow("must be reset");
  });

  it("calls an end at the horizon terminated, not truncated", () => {
    const game = simulation(counter(5), 0);
    game.reset();
    const last = [1, 2, 3, 4, 5].map(() => game.step(0))[4];
    expect(last).toMatchObject({ terminated: true, truncated: false });
  });

  it("counts each episode from its reset", () => {
    const game = simulation(counter(3), 0);
    game.reset();
    game.step(0);
    game.reset();
    expect([1, 2, 3].map(() => game.step(0).truncated)).toEqual([false, false, true]);
  });

  it("must be reset before the first step and after the last", () => {
    const game = simulation(counter(1), 0);
    const message = "simulation: counter must be reset before a step; call reset() first";
    expect(() => game.step(0)).toThrow(message);
    game.reset();
    game.step(0);
    expect(() => game.step(0)).toThrow(message);
  });

  it("refuses an action of the wrong length, with both lengths", () => {
    const game = simulation(counter(3), 0);
    game.reset();
    expect(() => game.step([1, 2])).toThrow(
      "simulation: counter takes actions of 1 numbers, got 2",
    );
  });

  it.each([7, 2, -1, 0.5, NaN])("refuses %d, which is no choice of a discrete space", (action) => {
    const game = simulation(cartpole(), 0);
    game.reset();
    expect(() => game.step(action)).toThrow(
      new RangeError(
        `simulation: an action of cartpole must be an integer from 0 to 1, got ${action}; give the index of a choice`,
      ),
    );
    expect(game.step(1).reward).toBe(1);
  });

  it.each([3, -1, 0.5])("refuses %d as one of several choices, with its place", (choice) => {
    const game = simulation(grid(), 0);
    game.reset();
    expect(() => game.step([2, choice])).toThrow(
      new RangeError(
        `simulation: an action of grid must be an integer from 0 to 2 at index 1, got ${choice}; give the index of a choice`,
      ),
    );
    expect(game.step([2, 0]).reward).toBe(-1);
  });

  it.each([NaN, Infinity])("refuses %d in a box, with its place", (action) => {
    const game = simulation(counter(3), 0);
    game.reset();
    expect(() => game.step(action)).toThrow(
      `simulation: an action of counter must hold finite numbers, got ${action} at index 0`,
    );
    expect(game.step(5).reward).toBe(5);
  });

  it("hands out observations that later steps do not change", () => {
    const game = simulation(counter(3), 0);
    const first = game.reset();
    game.step(0);
    expect([...first]).toEqual([0]);
  });

  it("follows the environment under the stream of its seed", () => {
    const environment = lqr({ W: [[0.1]] });
    const [random, state] = [createRandom(8), new Float64Array(1)];
    environment.reset(state, random);
    const game = simulation(environment, 8);
    expect(game.reset()).toEqual(state);
    for (let t = 0; t < 4; t++) {
      const reward = environment.step(state, Float64Array.of(0.3), random);
      expect(game.step(0.3)).toMatchObject({ observation: state, reward });
    }
  });
});
