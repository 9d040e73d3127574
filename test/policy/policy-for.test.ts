import { describe, expect, test } from "vitest";
import { cartpole, cartpoleContinuous } from "../../envs/cartpole.ts";
import { createRandom, createRows, policyFor } from "../../src/index.ts";
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

  test("a box gets a Gaussian policy with a constant log σ last in θ", () => {
    const { network, theta } = policyFor(cartpoleContinuous(), createRandom(0), { logStd: -0.5 });
    expect(network.parameterCount).toBe(6);
    expect(Array.from(theta)).toEqual([0, 0, 0, 0, 0, -0.5]);
  });

  test("`bias: false` leaves the bias of a linear policy out", () => {
    const { network } = policyFor(cartpoleContinuous(), createRandom(0), { bias: false });
    expect(network.parameterCount).toBe(5);
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
