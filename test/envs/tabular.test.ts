import { describe, expect, it } from "vitest";
import {
  bartlettTwoState,
  kakadeTwoState,
  petersTwoState,
  tabular,
  type TabularProblem,
  tabularValues,
  twoState,
} from "../../envs/index.ts";
import { createRandom, type Environment, simulation } from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { larger, logistic } from "../support/tabular.ts";

/** The shares of next states and the mean reward over many steps from one state by one action. */
function sampled(environment: Environment, s: number, a: number, states: number) {
  const random = createRandom("sampled");
  const shares = new Array<number>(states).fill(0);
  let reward = 0;
  const count = 20_000;
  for (let k = 0; k < count; k++) {
    const state = Float64Array.of(s);
    reward += environment.step(state, Float64Array.of(a), random) / count;
    shares[state[0]] += 1 / count;
  }
  return { shares, reward };
}

describe("a tabular environment", () => {
  const environment = tabular(larger);

  it.each([
    [0, 1],
    [3, 2],
  ])("goes from state %i by action %i as its table says, within 4 standard errors", (s, a) => {
    const { shares, reward } = sampled(environment, s, a, 4);
    const row = larger.transitions[s][a];
    const rewards = larger.rewards[s][a] as readonly number[];
    row.forEach((p, next) => {
      const error = Math.sqrt((p * (1 - p)) / 20_000);
      expect(Math.abs(shares[next] - p)).toBeLessThanOrEqual(4 * error);
    });
    const paid = shares.reduce((sum, share, next) => sum + share * rewards[next], 0);
    expect(reward).toBeCloseTo(paid, 10);
  });

  it("starts as its table says", () => {
    const random = createRandom("start");
    const state = new Float64Array(1);
    const shares = [0, 0, 0, 0];
    for (let k = 0; k < 20_000; k++) {
      environment.reset(state, random);
      shares[state[0]] += 1 / 20_000;
    }
    larger.start.forEach((p, s) => {
      expect(Math.abs(shares[s] - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / 20_000));
    });
  });

  it("never takes an outcome of probability 0", () => {
    const sure: TabularProblem = {
      transitions: [[[0, 1, 0]], [[0, 0, 1]], [[1, 0, 0]]],
      rewards: [[1], [2], [3]],
      start: [1, 0, 0],
    };
    for (const s of [0, 1, 2]) {
      const { shares, reward } = sampled(tabular(sure), s, 0, 3);
      expect(shares[(s + 1) % 3]).toBeCloseTo(1, 10);
      expect(reward).toBeCloseTo(s + 1, 10);
    }
  });

  it("nor where the others sum to less than the largest draw, by rounding", () => {
    const tenths = new Array<number>(10).fill(0.1);
    const rounding: TabularProblem = {
      transitions: Array.from({ length: 11 }, () => [[...tenths, 0]]),
      rewards: Array.from({ length: 11 }, () => [0]),
      start: [...tenths, 0],
    };
    const state = new Float64Array(1);
    tabular(rounding).reset(state, { ...createRandom(0), uniform: () => 1 - 2 ** -53 });
    expect(state[0]).toBe(9);
  });

  it.each([
    ["one-hot", [0, 0, 1, 0]],
    ["index", [2]],
  ] as const)("observes state 2 as %s", (observation, expected) => {
    const observed = tabular({ ...larger, observation });
    const o = new Float64Array(observed.observationSize).fill(NaN);
    observed.observe(Float64Array.of(2), o);
    expect([...o]).toEqual(expected);
  });

  it("refuses a horizon that is no count, and tables that do not fit", () => {
    expect(() => tabular({ ...larger, horizon: 0 })).toThrow(
      /tabular: horizon must be a positive integer, got 0/,
    );
    expect(() => tabular({ ...larger, start: [1] })).toThrow(/start must have length 4/);
  });
});

describe("the two-state environment", () => {
  it("pays 1 for staying in i, 2 for staying in j, and nothing for crossing", () => {
    const states = simulation(twoState(), 0);
    expect([...states.reset()]).toEqual([1, 0]);
    const steps = [1, 0, 1, 0, 1].map((a) => states.step(Float64Array.of(a)));
    expect(steps.map(({ reward }) => reward)).toEqual([1, 0, 2, 0, 1]);
    expect(steps.map(({ observation }) => observation[1])).toEqual([0, 1, 1, 0, 0]);
  });

  it("takes another problem and other options", () => {
    const other = twoState({ ...bartlettTwoState, horizon: 7, observation: "index" });
    expect(other).toMatchObject({ name: "two-state", horizon: 7, observationSize: 1 });
    expect(other.problem).toEqual(bartlettTwoState);
  });
});

describe("Kakade's two states and those of Peters' library", () => {
  it("are the same chain: states swapped, actions named by where they lead", () => {
    const kakade = tabularValues(kakadeTwoState, logistic([0.7, -0.4]), { gamma: 1 });
    // Staying in j is going to 0, action 0; staying in i is going to 1, action 1.
    const peters = tabularValues(petersTwoState, logistic([0.4, 0.7]), { gamma: 1 });
    expectClose([peters.return], [kakade.return], 1e-14);
    expectClose(peters.stateDistribution, [...kakade.stateDistribution].reverse(), 1e-14);
    expectClose(peters.gradient, [-kakade.gradient[1], kakade.gradient[0]], 1e-13);
  });
});
