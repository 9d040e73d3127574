import { describe, expect, it } from "vitest";
import {
  finiteHorizonValues,
  lqr,
  type LqrOptions,
  scalarProblem,
  stationaryValues,
} from "../../envs/index.ts";
import { createRandom, evaluate } from "../../src/index.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";
import { worstZ, zScore } from "../support/statistics.ts";

const random = createRandom("lqr");
const vector = (...values: number[]): Float64Array => Float64Array.from(values);

describe("lqr", () => {
  it("is by default the scalar r = −s² − a² with s′ = s + a, s₀ ~ N(0, 1) and no noise", () => {
    const environment = lqr();
    expect(environment).toMatchObject({ name: "lqr", horizon: 50, stateSize: 1 });
    expect(environment.problem).toEqual(scalarProblem);
    const s = vector(2);
    expect(environment.step(s, vector(-3), random)).toBe(-4 - 9);
    expect([...s]).toEqual([-1]);
  });

  it("fills in I for Q, R, S₀ and 0 for W, m₀ in the dimensions of A and B", () => {
    const A = [
      [1, 0.1],
      [0, 1],
    ];
    const I = [
      [1, 0],
      [0, 1],
    ];
    const O = [
      [0, 0],
      [0, 0],
    ];
    const single = lqr({ A, B: [[0], [0.1]] }).problem;
    expect(single).toEqual({ A, B: [[0], [0.1]], Q: I, R: [[1]], W: O, m0: [0, 0], S0: I });
    expect(lqr({ A }).problem.B).toEqual(I);
  });

  it("pays for s and a of the same step and moves to A s + B a", () => {
    const environment = lqr({
      ...plane,
      W: [
        [0, 0],
        [0, 0],
      ],
    });
    const s = vector(1, 2);
    const reward = environment.step(s, vector(-1, 3), random);
    // sᵀQs = 1 + 2·0.2·2 + 0.5·4; aᵀRa = 0.3 − 2·0.05·3 + 0.2·9.
    expect(reward).toBeCloseTo(-3.8 - 1.8, 14);
    expect(s[0]).toBeCloseTo(0.8 + 0.6 - 0.5 + 0.3, 14);
    expect(s[1]).toBeCloseTo(-0.2 + 1.4 + 0.2 + 1.2, 14);
  });

  it("never ends, observes the state and bounds no action", () => {
    const environment = lqr(plane);
    const observation = vector(0, 0);
    environment.observe(vector(3, -4), observation);
    expect([...observation]).toEqual([3, -4]);
    expect(environment.isTerminal(vector(1e9, NaN))).toBe(false);
    expect(environment.actionSpace).toEqual({
      kind: "box",
      low: [-Infinity, -Infinity],
      high: [Infinity, Infinity],
    });
  });

  const momentsOf = (draw: (s: Float64Array) => void): number[][] =>
    Array.from({ length: 20_000 }, () => {
      const s = vector(0, 0);
      draw(s);
      return [s[0], s[1], s[0] * s[0], s[0] * s[1], s[1] * s[1]];
    });

  it("starts from N(m₀, S₀)", () => {
    const environment = lqr(plane);
    const moments = momentsOf((s) => environment.reset(s, random));
    const expected = [0.7, -0.4, 0.3 + 0.49, 0.1 - 0.28, 0.2 + 0.16];
    expect(worstZ(moments, expected)).toBeLessThan(4);
  });

  it("adds noise of covariance W", () => {
    const environment = lqr(plane);
    const moments = momentsOf((s) => void environment.step(s, vector(0, 0), random));
    expect(worstZ(moments, [0, 0, 0.02, 0.005, 0.01])).toBeLessThan(4);
  });

  it("draws nothing in a step without noise", () => {
    const [quiet, other] = [createRandom(1), createRandom(1)];
    lqr().step(vector(1), vector(1), quiet);
    expect(quiet.normal()).toBe(other.normal());
  });
});

describe("the exact return of a linear policy", () => {
  const scalar = { K: [[-0.4]], sigma: [0.5] };
  const simulated = (options: LqrOptions, policy: typeof scalar, gamma: number): number[] =>
    evaluate(lqr(options), policyOf(policy), {
      random: createRandom("exact"),
      episodes: 3000,
      deterministic: false,
      discount: gamma,
    }).map((episode) => episode.return);

  it.each([
    [0.9, 12],
    [1, 5],
  ])("over a finite horizon is the mean of simulated ones, γ = %d, T = %d", (gamma, horizon) => {
    const exact = finiteHorizonValues(plane, planePolicy, gamma, horizon).return;
    const policy = { K: planePolicy.K.map((row) => [...row]), sigma: [...planePolicy.sigma] };
    const returns = simulated({ ...plane, horizon }, policy, gamma);
    expect(Math.abs(zScore(returns, exact))).toBeLessThan(4);
    // The test can tell a policy that is off by a few per cent.
    const off = { ...planePolicy, sigma: planePolicy.sigma.map((sigma) => 1.3 * sigma) };
    const wrong = finiteHorizonValues(plane, off, gamma, horizon).return;
    expect(Math.abs(zScore(returns, wrong))).toBeGreaterThan(6);
  });

  it("discounted for ever is the mean of simulated ones that are long enough", () => {
    const exact = stationaryValues(scalarProblem, scalar, 0.8).return;
    const returns = simulated({ horizon: 80 }, scalar, 0.8);
    expect(Math.abs(zScore(returns, exact))).toBeLessThan(4);
  });

  it("of the mode, σ = 0, is the mean of deterministic evaluations", () => {
    const exact = finiteHorizonValues(plane, { ...planePolicy, sigma: [0, 0] }, 0.9, 10).return;
    const returns = evaluate(lqr({ ...plane, horizon: 10 }), policyOf(planePolicy), {
      random: createRandom("mode"),
      episodes: 3000,
      discount: 0.9,
    }).map((episode) => episode.return);
    expect(Math.abs(zScore(returns, exact))).toBeLessThan(4);
  });
});
