import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  finiteHorizonValues,
  type LinearPolicy,
  type LqrProblem,
  type LqrValues,
  optimum,
  scalarProblem,
  spectralRadius,
  stationaryValues,
} from "../../envs/index.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf } from "../support/finite-differences.ts";
import { flatten, plane, planePolicy, unflatten } from "../support/lqr.ts";

interface Expected {
  readonly return: number;
  readonly gradient: number[];
  readonly stateSecondMoment: number[][];
  readonly fisher: number[][];
  readonly naturalGradient: number[];
  readonly optimalGain: number[][];
  readonly optimalReturn: number;
  readonly finiteHorizonReturn: number;
  readonly finiteHorizonGradient: number[];
}
type ReferenceCase = LqrProblem &
  LinearPolicy & { name: string; gamma: number; horizon: number; expected: Expected };

const { cases } = JSON.parse(
  readFileSync(new URL("../fixtures/lqr.json", import.meta.url), "utf8"),
) as { cases: ReferenceCase[] };

const product = (matrix: LqrValues["fisher"], v: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * v[j], 0));

describe.each(cases)("the exact solution of $name, made with numpy", (reference) => {
  const { gamma, horizon, expected } = reference;

  it("has the J, gradient, state moment, Fisher matrix and natural gradient of the reference", () => {
    const values = stationaryValues(reference, reference, gamma);
    expect(values.stable).toBe(true);
    expectClose([values.return], [expected.return], 1e-9);
    expectClose(values.gradient, expected.gradient, 1e-9);
    expectClose(values.stateSecondMoment.flat(), expected.stateSecondMoment.flat(), 1e-9);
    expectClose(values.fisher.flat(), expected.fisher.flat(), 1e-9);
    expectClose(values.naturalGradient, expected.naturalGradient, 1e-9);
  });

  it("has the finite-horizon J and gradient of the reference", () => {
    const values = finiteHorizonValues(reference, reference, gamma, horizon);
    expectClose([values.return], [expected.finiteHorizonReturn], 1e-9);
    expectClose(values.gradient, expected.finiteHorizonGradient, 1e-9);
  });

  it("has the optimal gain and return of the reference", () => {
    const best = optimum(reference, gamma);
    expectClose(best.K.flat(), expected.optimalGain.flat(), 1e-9);
    expectClose([best.return], [expected.optimalReturn], 1e-9);
  });
});

type Values = (policy: LinearPolicy) => LqrValues;
const kinds: [string, Values][] = [
  ["discounted", (policy) => stationaryValues(plane, policy, 0.9)],
  ["average-reward", (policy) => stationaryValues(plane, policy, 1)],
  ["myopic, γ = 0", (policy) => stationaryValues(plane, policy, 0)],
  ["finite-horizon", (policy) => finiteHorizonValues(plane, policy, 0.9, 7)],
  ["undiscounted finite-horizon", (policy) => finiteHorizonValues(plane, policy, 1, 7)],
];

describe.each(kinds)("the %s values of a linear policy", (_, valuesOf) => {
  const values = valuesOf(planePolicy);

  it("have the gradient that finite differences of J have", () => {
    const differences = gradientOf(
      (x) => valuesOf(unflatten(x, 2, 2)).return,
      flatten(planePolicy),
    );
    expectClose(values.gradient, differences, 1e-7);
  });

  it("have a Fisher matrix that takes the natural gradient to the gradient", () => {
    expectClose(product(values.fisher, values.naturalGradient), values.gradient, 1e-10);
  });

  it("have the Fisher matrix blockdiag(E[ssᵀ]/σⱼ², 2/σⱼ²)", () => {
    const { stateSecondMoment: S, fisher } = values;
    const [p, q] = planePolicy.sigma.map((sigma) => 1 / sigma ** 2);
    expectClose(
      fisher.flat(),
      [
        [p * S[0][0], p * S[0][1], 0, 0, 0, 0],
        [p * S[1][0], p * S[1][1], 0, 0, 0, 0],
        [0, 0, q * S[0][0], q * S[0][1], 0, 0],
        [0, 0, q * S[1][0], q * S[1][1], 0, 0],
        [0, 0, 0, 0, 2 * p, 0],
        [0, 0, 0, 0, 0, 2 * q],
      ].flat(),
      1e-12,
    );
  });
});

describe("stationary and finite-horizon values", () => {
  it("agree for a long horizon: J, gradient, Fisher matrix and natural gradient", () => {
    const long = finiteHorizonValues(plane, planePolicy, 0.9, 400);
    const stationary = stationaryValues(plane, planePolicy, 0.9);
    expectClose([long.return], [stationary.return], 1e-10);
    expectClose(long.gradient, stationary.gradient, 1e-10);
    expectClose(long.fisher.flat(), stationary.fisher.flat(), 1e-10);
    expectClose(long.naturalGradient, stationary.naturalGradient, 1e-10);
  });

  it("agree for γ = 1: one step more adds the average reward and its gradient", () => {
    const [more, less] = [300, 299].map((horizon) =>
      finiteHorizonValues(plane, planePolicy, 1, horizon),
    );
    const average = stationaryValues(plane, planePolicy, 1);
    expectClose([more.return - less.return], [average.return], 1e-9);
    expectClose(
      more.gradient.map((value, i) => value - less.gradient[i]),
      average.gradient,
      1e-8,
    );
  });

  it("tend to the average reward as (1 − γ)J, γ → 1", () => {
    const near = stationaryValues(plane, planePolicy, 1 - 1e-7);
    expectClose([1e-7 * near.return], [stationaryValues(plane, planePolicy, 1).return], 1e-5);
  });

  it("of one step are those of the reward alone", () => {
    const values = finiteHorizonValues(scalarProblem, { K: [[-0.5]], sigma: [0.3] }, 0.9, 1);
    // E[−s² − a²] with s ~ N(0, 1), a ~ N(−s/2, 0.09): −1 − 1/4 − 0.09.
    expectClose([values.return], [-1.34], 1e-14);
    expectClose(values.gradient, [1, -0.6], 1e-14);
  });

  it("of a start on a line of states have a natural gradient on that line, F w = ∇J", () => {
    const line: LqrProblem = {
      ...plane,
      A: [
        [1, 0],
        [0, 1],
      ],
      B: [[1], [3]],
      R: [[1]],
      W: [
        [0, 0],
        [0, 0],
      ],
      m0: [0.1, 0.3],
      S0: [
        [0, 0],
        [0, 0],
      ],
    };
    for (const horizon of [1, 4]) {
      const values = finiteHorizonValues(line, { K: [[-0.1, 0.2]], sigma: [0.3] }, 0.9, horizon);
      expectClose(product(values.fisher, values.naturalGradient), values.gradient, 1e-9);
      expect(values.naturalGradient[1]).toBeCloseTo(3 * values.naturalGradient[0], 9);
    }
  });
});

describe("an unstable closed loop", () => {
  const runaway = { K: [[0.5]], sigma: [0.1] };

  it("has J = −∞ and no gradient, and says that it is not stable", () => {
    const values = stationaryValues(scalarProblem, runaway, 0.9);
    expect(values).toMatchObject({ stable: false, return: -Infinity });
    const numbers = [values.gradient, values.naturalGradient, values.fisher.flat()].flat();
    expect(numbers).toHaveLength(2 + 2 + 4);
    expect(numbers.every(Number.isNaN)).toBe(true);
    expect(values.stateSecondMoment).toEqual([[NaN]]);
  });

  it("begins where √γ·ρ(A + BK) = 1", () => {
    const stable = (radius: number): boolean =>
      stationaryValues(scalarProblem, { K: [[radius - 1]], sigma: [0.1] }, 0.81).stable;
    expect(stable(1 / 0.9 - 1e-9)).toBe(true);
    expect(stable(1 / 0.9 + 1e-9)).toBe(false);
    expect(stable(-1 / 0.9 - 1e-9)).toBe(false);
  });

  it("has finite values over a finite horizon", () => {
    const values = finiteHorizonValues(scalarProblem, runaway, 0.9, 5);
    expect(values.stable).toBe(true);
    expect([values.return, ...values.gradient].every(Number.isFinite)).toBe(true);
  });

  it("has the spectral radius of its largest eigenvalue, complex ones included", () => {
    const turning: LqrProblem = {
      ...plane,
      A: [
        [0, -0.8],
        [0.8, 0],
      ],
    };
    const still = [
      [0, 0],
      [0, 0],
    ];
    expect(spectralRadius(turning, { K: still })).toBeCloseTo(0.8, 14);
    expect(spectralRadius(scalarProblem, { K: [[-3]] })).toBe(2);
  });
});
