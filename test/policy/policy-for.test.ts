import { describe, expect, test } from "vitest";
import { cartpole, cartpoleContinuous } from "../../envs/cartpole.ts";
import { grid } from "../../envs/grid.ts";
import { tetris } from "../../envs/tetris.ts";
import { createRandom, createRows, evaluate, policyFor, rowsFrom } from "../../src/index.ts";
import { randomRows } from "../support/numbers.ts";

const observations = randomRows(5, 4, "observations");

describe("policyFor", () => {
  test("a discrete space gets a softmax policy, uniform at the start", () => {
    const { network, distribution, theta } = policyFor(cartpole(), createRandom(0));
    expect([network.parameterCount, distribution.parameterSize]).toEqual([10, 2]);
    const point = network.linearisation(5);
    point.at(theta, observations);
    expect(point.outputs.data).toEqual(new Float64Array(10));
  });

  test("a multi-discrete space gets a softmax a component, all uniform at the start", () => {
    const { network, distribution, theta } = policyFor(grid(), createRandom(0));
    expect([network.parameterCount, distribution.parameterSize]).toEqual([3 * 6, 6]);
    const point = network.linearisation(5);
    point.at(theta, randomRows(5, 2, "cells"));
    const logProbs = new Float64Array(5);
    distribution.logProb(point.outputs, rowsFrom(new Array(5).fill([2, 0])), logProbs);
    for (const value of logProbs) expect(value).toBeCloseTo(-Math.log(9), 14);
  });

  test("a box gets a Gaussian policy with a constant log σ last in θ", () => {
    const { network, theta } = policyFor(cartpoleContinuous(), createRandom(0), { logStd: -0.5 });
    expect(network.parameterCount).toBe(6);
    expect(Array.from(theta)).toEqual([0, 0, 0, 0, 0, -0.5]);
  });

  test("`bias: false` leaves the bias of a linear policy out", () => {
    const { network } = policyFor(cartpoleContinuous(), createRandom(0), { bias: false });
    expect(network.parameterCount).toBe(5);
  });

  test("`gain` is where a linear policy starts, and must fit it", () => {
    const environment = cartpoleContinuous();
    const gain = [1, -2, 3, -4];
    const { theta } = policyFor(environment, createRandom(0), { gain });
    expect(Array.from(theta)).toEqual([1, -2, 3, -4, 0, 0]);
    const start = (options: object) => () => policyFor(environment, createRandom(0), options);
    expect(start({ gain: [1, 2] })).toThrow(
      "linear: initial must hold 4 finite numbers, W row by row, or none, got [1, 2]",
    );
    expect(start({ gain, hidden: [8] })).toThrow(
      "policyFor: a gain is of a linear policy, got [1, -2, 3, -4] with hidden [8]; leave one of the two out",
    );
  });

  test.each([
    ["softmax", cartpole(), 4610],
    ["Gaussian", cartpoleContinuous(), 4546],
  ])(
    "hidden layers make a %s perceptron whose actions start near equal",
    (_, environment, size) => {
      const policy = policyFor(environment, createRandom(0), { hidden: [64, 64] });
      expect(policy.theta).toHaveLength(size);
      const point = policy.network.linearisation(5);
      point.at(policy.theta, observations);
      const outputs = point.outputs.data.map(Math.abs);
      expect(Math.max(...outputs)).toBeLessThan(0.05);
      expect(Math.max(...outputs)).toBeGreaterThan(0);
    },
  );

  test("the activation reaches the hidden layers", () => {
    const outputsOf = (activation: "tanh" | "relu") => {
      const policy = policyFor(cartpole(), createRandom(0), { hidden: [8], activation });
      const point = policy.network.linearisation(5);
      point.at(policy.theta, observations);
      return point.outputs.data;
    };
    expect(outputsOf("tanh")).not.toEqual(outputsOf("relu"));
  });

  test("choices that the observation describes are scored by θᵀφ, all alike at the start", () => {
    const environment = tetris();
    const { network, distribution, theta } = policyFor(environment, createRandom(0));
    expect(network.parameterCount).toBe(22);
    expect(theta).toEqual(new Float64Array(22));
    const state = new Float64Array(environment.stateSize);
    environment.reset(state, createRandom(1));
    state[10] = 1; // a square, with nine placements
    const seen = createRows(1, environment.observationSize);
    environment.observe(state, seen.data);
    const point = network.linearisation(1);
    point.at(theta, seen);
    const logProbs = Array.from({ length: 40 }, (_, a) => {
      const out = new Float64Array(1);
      distribution.logProb(point.outputs, { count: 1, width: 1, data: Float64Array.of(a) }, out);
      return out[0];
    });
    for (const a of logProbs.keys()) {
      if (a < 9) expect(logProbs[a]).toBeCloseTo(-Math.log(9), 14);
      else expect(logProbs[a]).toBe(-Infinity);
    }
  });

  test("described choices may be scored by hidden layers; `bias` is then theirs", () => {
    const { network } = policyFor(tetris(), createRandom(0), { hidden: [8] });
    expect(network.parameterCount).toBe(22 * 8 + 8 + 8 + 1);
    expect(policyFor(tetris(), createRandom(0), { bias: true }).theta).toHaveLength(22);
  });

  test("takes only possible choices, over whole games", () => {
    const environment = tetris({ height: 8 });
    const policy = policyFor(environment, createRandom(0));
    const random = createRandom("games");
    for (const deterministic of [true, false]) {
      const games = evaluate(environment, policy, { random, episodes: 20, deterministic });
      expect(Math.min(...games.map(({ length }) => length))).toBeGreaterThan(2);
    }
  });

  test("acts on a discrete environment with whole choices", () => {
    const { network, distribution, theta } = policyFor(cartpole(), createRandom(0));
    const point = network.linearisation(5);
    point.at(theta, observations);
    const actions = createRows(5, 1);
    distribution.sample(point.outputs, createRandom(1), actions);
    for (const a of actions.data) expect([0, 1]).toContain(a);
  });

  test("refuses a perceptron without bias terms", () => {
    const options = { hidden: [8, 8], bias: false };
    expect(() => policyFor(cartpole(), createRandom(0), options)).toThrow(
      new RangeError(
        "policyFor: a policy with hidden layers has bias terms, got bias false with hidden [8, 8]; leave one of the two out",
      ),
    );
  });
});
