import { describe, expect, it } from "vitest";
import { bandit, cartpole, lqr, tetris } from "../../envs/index.ts";
import { type Environment, remarksOn, surveyEnvironment } from "../../src/index.ts";

const flat: Environment = {
  ...bandit(),
  observationSize: 3,
  horizon: 4,
  actionSpace: { kind: "box", low: [-1], high: [1] },
  reset: (s) => void s.fill(0),
  step: (s, a) => {
    s[0] = a[0];
    return -3;
  },
  observe: (s, o) => {
    o[0] = s[0];
    o[1] = 7;
    o[2] = 1e5 * s[0];
  },
  isTerminal: () => false,
};

describe("surveyEnvironment", () => {
  it("tells mean, spread and range of uniform actions", () => {
    const { observations, rewards, episodes, meanLength, terminated } = surveyEnvironment(flat, {
      steps: 40_000,
    });
    const [first] = observations;
    // Every fourth observation is of a start at 0: the variance is 3/4 of that of U[−1, 1), 1/3.
    expect(Math.abs(first.mean)).toBeLessThan(0.01);
    expect(first.standardDeviation).toBeCloseTo(0.5, 1);
    expect([first.low, first.high].map((x) => Math.round(100 * x))).toEqual([-100, 100]);
    expect(rewards).toEqual({ mean: -3, standardDeviation: 0, low: -3, high: -3 });
    expect([episodes, meanLength, terminated]).toEqual([10_000, 4, 0]);
  });

  it("counts the episodes that end by themselves", () => {
    const { episodes, terminated, meanLength } = surveyEnvironment(cartpole());
    expect(terminated).toBe(episodes);
    expect(meanLength).toBeGreaterThan(15);
    expect(meanLength).toBeLessThan(30);
  });
});

describe("surveyEnvironment where choices are described", () => {
  it("tells of each feature over the possible choices", () => {
    const { observations } = surveyEnvironment(tetris(), { steps: 500 });
    expect(observations).toHaveLength(21);
    const [heights, holes] = [observations.slice(0, 10), observations[20]];
    for (const { low, high } of heights) {
      expect(low).toBe(0);
      expect(high).toBeGreaterThan(10);
    }
    expect(holes.high).toBeGreaterThan(20);
    // A piece adds a height of up to 4 to a column that it lies on, so no mean is 0.
    for (const { mean } of heights) expect(mean).toBeGreaterThan(1);
  });
});

describe("remarksOn", () => {
  const seen = (environment: Environment): string[] =>
    remarksOn(surveyEnvironment(environment), environment).map((remark) => remark.seen);

  it("finds nothing unusual in cart-pole and the regulator", () => {
    expect(seen(cartpole())).toEqual([]);
    expect(seen(lqr())).toEqual([]);
  });

  it("names components that never change, units that differ, and rewards that cannot teach", () => {
    const [constant, units, rewards] = seen(flat);
    expect(constant).toBe("components 1 of the observation never change");
    expect(units).toMatch(/^observations spread from 0\.5\d to 5\.?\d?e\+4$/);
    expect(rewards).toBe("random actions meet no reward but -3 and no end");
  });

  it("names large rewards, and episodes that end at once", () => {
    const step = (): number => 1e6;
    expect(seen({ ...flat, step })).toContain("rewards of 1.0e+6");
    expect(seen({ ...flat, isTerminal: () => true })).toContain("episodes of 1.0 steps");
  });

  it("says that an end is worth reaching where every step costs", () => {
    const isTerminal: Environment["isTerminal"] = (s) => s[0] > 0.5;
    expect(seen({ ...flat, isTerminal })).toContain("episodes terminate, and no reward is above 0");
  });
});
