import { describe, expect, it } from "vitest";
import { bandit, doubleIntegrator } from "../../envs/index.ts";
import { createRandom, mean, standardDeviation } from "../../src/index.ts";

describe("bandit", () => {
  it("pays N(mean, noise²) of the arm, once", () => {
    const environment = bandit({ means: [1, -2], noise: 0.5 });
    const random = createRandom(4);
    const state = new Float64Array(1);
    const rewards = Array.from({ length: 4000 }, () => {
      environment.reset(state, random);
      expect(environment.isTerminal(state)).toBe(false);
      const reward = environment.step(state, Float64Array.of(1), random);
      expect(environment.isTerminal(state)).toBe(true);
      return reward;
    });
    expect(Math.abs(mean(rewards) + 2)).toBeLessThan(4 * (0.5 / Math.sqrt(4000)));
    expect(Math.abs(standardDeviation(rewards) - 0.5)).toBeLessThan(0.03);
  });

  it("draws nothing without noise", () => {
    const reward = bandit({ noise: 0 }).step(
      new Float64Array(1),
      Float64Array.of(2),
      createRandom(0),
    );
    expect(reward).toBe(1);
  });

  it.each([
    [{ means: [1] }, "bandit: means must be at least two finite numbers, got [1]"],
    [{ means: [1, NaN] }, "bandit: means must be at least two finite numbers, got [1, NaN]"],
    [{ noise: -1 }, "bandit: noise must be a standard deviation of at least 0, got -1"],
  ])("refuses %j", (options, message) => {
    expect(() => bandit(options)).toThrow(message);
  });
});

describe("double-integrator", () => {
  it("moves exactly under a force that is held, and pays for the state before", () => {
    const environment = doubleIntegrator({ dt: 0.5 });
    const state = Float64Array.of(1, 2);
    const reward = environment.step(state, Float64Array.of(4), createRandom(0));
    expect([...state]).toEqual([1 + 1 + 0.5, 4]);
    expect(reward).toBeCloseTo(-(1 + 0.4 + 0.16) * 0.5, 14);
  });

  it.each([0, -1, Infinity, NaN])("refuses a step of %f s", (dt) => {
    expect(() => doubleIntegrator({ dt })).toThrow("dt must be a positive number of seconds");
  });
});
