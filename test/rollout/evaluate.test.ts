import { describe, expect, it } from "vitest";
import { lqr, scalarProblem } from "../../envs/index.ts";
import { createRandom, evaluate, policyFor } from "../../src/index.ts";
import { counting } from "../support/environments.ts";
import { policyOf } from "../support/lqr.ts";

const environment = counting(4, 9);
const policy = policyFor(environment, createRandom(0));
policy.theta.set([1, 0, 2, 0]); // mean action: steps taken + 2, σ = 1
const random = (): ReturnType<typeof createRandom> => createRandom("evaluate");

describe("evaluate", () => {
  it("acts by the mode unless told otherwise, and sums the rewards", () => {
    const episodes = evaluate(environment, policy, { random: random(), episodes: 3 });
    expect(episodes).toEqual(new Array(3).fill({ return: 14, undiscountedReturn: 14, length: 4 }));
  });

  it("discounts step t by γᵗ", () => {
    const [episode] = evaluate(environment, policy, {
      random: random(),
      episodes: 1,
      discount: 0.5,
    });
    expect(episode.return).toBe(2 + 3 / 2 + 4 / 4 + 5 / 8);
    expect(episode.undiscountedReturn).toBe(2 + 3 + 4 + 5);
  });

  it("stops at the horizon", () => {
    const [episode] = evaluate(counting(4, 2), policy, { random: random(), episodes: 1 });
    expect(episode).toEqual({ return: 5, undiscountedReturn: 5, length: 2 });
  });

  it("stops at a bound of the environment", () => {
    const [episode] = evaluate(counting(4, 9, 2), policy, { random: random(), episodes: 1 });
    expect(episode).toEqual({ return: 5, undiscountedReturn: 5, length: 2 });
  });

  it("samples actions where it is not deterministic, the same for the same seed", () => {
    const sampled = (): number[] =>
      evaluate(environment, policy, { random: random(), episodes: 5, deterministic: false }).map(
        (episode) => episode.return,
      );
    expect(sampled()).toEqual(sampled());
    expect(new Set(sampled()).size).toBe(5);
  });

  it("starts the same episodes whether it samples or not", () => {
    const still = lqr({ ...scalarProblem, horizon: 1 });
    const idle = policyOf({ K: [[0]], sigma: [1e-9] });
    const returns = [true, false].map((deterministic) =>
      evaluate(still, idle, { random: random(), episodes: 4, deterministic }).map(
        (episode) => episode.return,
      ),
    );
    returns[0].forEach((value, i) => expect(value).toBeCloseTo(returns[1][i], 12));
  });

  it("leaves θ alone", () => {
    const before = policy.theta.slice();
    evaluate(environment, policy, { random: random(), episodes: 2 });
    expect(policy.theta).toEqual(before);
  });
});
