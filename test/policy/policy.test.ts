import { describe, expect, it } from "vitest";
import { lqr } from "../../envs/index.ts";
import {
  createPolicy,
  createRandom,
  diagonalGaussian,
  linear,
  policyFor,
  rowsFrom,
} from "../../src/index.ts";
import { plane } from "../support/lqr.ts";

const random = createRandom("policy");

describe("createPolicy", () => {
  it("refuses a network whose outputs are not the parameters of the distribution", () => {
    expect(() => createPolicy(linear(2, 3), diagonalGaussian(1), random)).toThrow(
      new RangeError(
        "createPolicy: the network must output the 2 parameters of the distribution, got 3 outputs",
      ),
    );
  });
});

describe("policyFor", () => {
  it("of box actions is a ~ N(K o + b, diag σ²) with θ = (K row-major, b, log σ), started at zero gain", () => {
    const policy = policyFor(lqr(plane), random, { logStd: -2 });
    expect([...policy.theta]).toEqual([0, 0, 0, 0, 0, 0, -2, -2]);
    policy.theta.set([1, 2, 3, 4, 10, 20, 0, 1]);
    const point = policy.network.linearisation(1);
    point.at(policy.theta, rowsFrom([[1, -1]]));
    expect([...point.outputs.data]).toEqual([1 - 2 + 10, 3 - 4 + 20, 0, 1]);
  });

  it("leaves out the bias where it is told to", () => {
    expect(policyFor(lqr(), random, { bias: false }).theta).toHaveLength(2);
  });
});
