import { describe, expect, it } from "vitest";
import {
  finiteHorizonValues,
  inUnits,
  type LinearPolicy,
  lqr,
  type LqrProblem,
  optimum,
  scalarProblem,
  stationaryValues,
} from "../../envs/index.ts";
import { factorCovariance, withConstant } from "../../envs/lqr-problem.ts";
import { expectClose } from "../support/close.ts";
import { plane, planePolicy } from "../support/lqr.ts";

const broken: [Partial<LqrProblem>, string][] = [
  [{ A: [] }, "A must have at least one row"],
  [{ A: [[1, 2]] }, "A must be 1 × 1 (square), got 1 × 2"],
  [{ B: [[1], [2]] }, "B must be 1 × 1 (with a row for each row of A), got 2 × 1"],
  [{ B: [[]] }, "B must be 1 × 1"],
  [{ B: [] }, "B must be 1 × 1 (with a row for each row of A), got 0 × 1"],
  [{ Q: [[1, 0]] }, "Q must be 1 × 1 (as large as A), got 1 × 2"],
  [{ R: [[1], [1]] }, "R must be 1 × 1 (with a row and column for each column of B), got 2 × 1"],
  [{ W: [] }, "W must be 1 × 1 (as large as A), got 0 × 1"],
  [{ S0: [[1], [1]] }, "S0 must be 1 × 1 (as large as A), got 2 × 1"],
  [{ m0: [1, 2] }, "m0 must be 1 × 1 (one number for each row of A), got 1 × 2"],
  [{ A: [[NaN]] }, "A must hold finite numbers, got NaN in row 0, column 0"],
  [{ m0: [Infinity] }, "m0 must hold finite numbers, got Infinity in row 0, column 0"],
  [{ R: [[-1]] }, "R must be positive semidefinite, got an eigenvalue of -1"],
  [{ W: [[-0.5]] }, "W must be positive semidefinite, got an eigenvalue of -0.5"],
];

describe("the check of a linear-quadratic problem", () => {
  it.each(broken)("of %j says which matrix is wrong and what was expected", (part, message) => {
    const problem = { ...scalarProblem, ...part };
    expect(() => lqr(problem)).toThrow(`lqr: ${message}`);
    expect(() => stationaryValues(problem, { K: [[0]], sigma: [1] }, 0.9)).toThrow(RangeError);
    expect(() => optimum(problem, 0.9)).toThrow(RangeError);
  });

  it("names the entries that are not symmetric and the remedy", () => {
    const Q = [
      [1, 0.5],
      [0, 1],
    ];
    expect(() => lqr({ ...plane, Q })).toThrow(
      "lqr: Q must be symmetric, got 0.5 at (0, 1) and 0 at (1, 0); use (Q + Qᵀ)/2",
    );
  });

  it("finds an indefinite matrix whose diagonal is positive", () => {
    const S0 = [
      [1, 2],
      [2, 1],
    ];
    expect(() => lqr({ ...plane, S0 })).toThrow("S0 must be positive semidefinite");
  });

  it("takes singular covariances and zero costs", () => {
    expect(() => lqr({ ...scalarProblem, Q: [[0]], S0: [[0]] })).not.toThrow();
  });

  it.each<[Partial<LinearPolicy>, string]>([
    [{ K: [[1, 2]] }, "K must be 1 × 1"],
    [{ K: [[1], [2]] }, "K must be 1 × 1"],
    [{ K: [[NaN]] }, "K must hold finite numbers"],
    [{ sigma: [] }, "sigma must be 1 × 1 (one number for each column of B), got 1 × 0"],
    [{ sigma: [-1] }, "sigma must hold standard deviations of at least 0, got -1"],
  ])("of the policy with %j says what is wrong", (part, message) => {
    const policy = { K: [[-0.5]], sigma: [1], ...part };
    expect(() => stationaryValues(scalarProblem, policy, 0.9)).toThrow(`lqr: ${message}`);
    expect(() => finiteHorizonValues(scalarProblem, policy, 0.9, 3)).toThrow(`lqr: ${message}`);
  });

  it.each([-0.1, 1.1, NaN])("refuses γ = %d", (gamma) => {
    const message = `lqr: gamma must lie in [0, 1] (1 for the average reward), got ${String(gamma)}`;
    const policy = { K: [[-0.5]], sigma: [1] };
    expect(() => stationaryValues(scalarProblem, policy, gamma)).toThrow(message);
    expect(() => optimum(scalarProblem, gamma)).toThrow(message);
  });

  it.each([0, -1, 2.5, Infinity])("refuses a horizon of %d", (horizon) => {
    const message = `lqr: horizon must be a positive integer, got ${String(horizon)}`;
    const policy = { K: [[-0.5]], sigma: [1] };
    expect(() => finiteHorizonValues(scalarProblem, policy, 0.9, horizon)).toThrow(message);
    expect(() => lqr({ horizon })).toThrow(message);
  });
});

describe("a change of units, s̃ = c·s", () => {
  const scaled = (c: number): LinearPolicy => ({
    K: planePolicy.K.map((row) => row.map((value) => value / c)),
    sigma: planePolicy.sigma,
  });

  it.each([1e-3, 7, 1000])("by c = %d leaves J of the same policy as it was", (c) => {
    for (const gamma of [0.9, 1]) {
      expectClose(
        [stationaryValues(inUnits(plane, c), scaled(c), gamma).return],
        [stationaryValues(plane, planePolicy, gamma).return],
        1e-10,
      );
    }
    expectClose(
      [finiteHorizonValues(inUnits(plane, c), scaled(c), 0.9, 9).return],
      [finiteHorizonValues(plane, planePolicy, 0.9, 9).return],
      1e-10,
    );
  });

  it.each([1e-3, 7, 1000])(
    "by c = %d changes the vanilla step by c², and the natural step not",
    (c) => {
      const was = stationaryValues(plane, planePolicy, 0.9);
      const is = stationaryValues(inUnits(plane, c), scaled(c), 0.9);
      // A step of K̃ = K/c, told in the old units: c ΔK̃.
      const inOldUnits = (step: readonly number[]): number[] =>
        step.map((value, i) => (i < 4 ? value * c : value));
      expectClose(inOldUnits(is.naturalGradient), was.naturalGradient, 1e-9);
      const vanilla = inOldUnits(is.gradient);
      expectClose(
        vanilla.slice(0, 4),
        was.gradient.slice(0, 4).map((value) => value * c * c),
        1e-9,
      );
      expectClose(vanilla.slice(4), was.gradient.slice(4), 1e-9);
    },
  );

  it("moves the optimum with it", () => {
    const [was, is] = [optimum(plane, 0.9), optimum(inUnits(plane, 50), 0.9)];
    expectClose(
      is.K.flat().map((value) => 50 * value),
      was.K.flat(),
      1e-9,
    );
    expectClose([is.return], [was.return], 1e-10);
  });
});

describe("withConstant", () => {
  it("turns the affine policy K s + b into the linear one (K b)", () => {
    const problem = { ...scalarProblem, m0: [0.5], S0: [[0.2]] };
    const [b, sigma, gamma] = [0.3, 0.4, 0.9];
    const values = stationaryValues(withConstant(problem), { K: [[-1, b]], sigma: [sigma] }, gamma);
    // K = −1 makes s′ = b + σε: E r₀ = −E s₀² − (E s₀² − 2 m₀ b + b² + σ²), later −(b² + σ²) − 2σ².
    const second = 0.2 + 0.5 ** 2;
    const first = -second - (second - 2 * 0.5 * b + b * b + sigma * sigma);
    const later = -(b * b + 3 * sigma * sigma);
    expectClose([values.return], [first + (gamma / (1 - gamma)) * later], 1e-12);
  });

  it("changes nothing where the bias is zero", () => {
    const K = planePolicy.K.map((row) => [...row, 0]);
    expectClose(
      [stationaryValues(withConstant(plane), { ...planePolicy, K }, 0.9).return],
      [stationaryValues(plane, planePolicy, 0.9).return],
      1e-12,
    );
  });
});

describe("factorCovariance", () => {
  it.each([
    [
      [
        [4, 1],
        [1, 3],
      ],
    ],
    [
      [
        [1, 2],
        [2, 4],
      ],
    ],
    [
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])("gives L with LLᵀ = %j", (covariance) => {
    const L = factorCovariance(covariance);
    const square = L.mmul(L.transpose()).to1DArray();
    square.forEach((value, i) => expect(value).toBeCloseTo(covariance.flat()[i], 12));
  });
});
