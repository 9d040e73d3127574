import { EigenvalueDecomposition } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  cartpoleLinear,
  environments,
  optimum,
  spectralRadius,
  stationaryValues,
} from "../../envs/index.ts";
import { closedLoop, curvature, matrices, matrix, valueMatrix } from "../../envs/lqr-algebra.ts";
import { createRandom } from "../../src/index.ts";
import { zScore } from "../support/statistics.ts";

const GAMMA = 0.99;
const environment = cartpoleLinear();
const { problem } = environment;
const at = (...state: number[]): Float64Array => Float64Array.from(state);

describe("cartpole-linear", () => {
  it("moves by the linear equations of motion at 60 Hz, but for the noise of each step", () => {
    const [x, speed, angle, spin, force] = [0.3, -0.2, 0.1, 0.4, 1.7];
    const expected = [
      x + speed / 60,
      speed + force / 60,
      angle + spin / 60,
      spin + (13.2 / 60) * (angle + force / 9.81),
    ];
    const random = createRandom("dynamics");
    const residuals = expected.map((): number[] => []);
    for (let i = 0; i < 2000; i++) {
      const state = at(x, speed, angle, spin);
      environment.step(state, at(force), random);
      state.forEach((value, k) => residuals[k].push(value - expected[k]));
    }
    for (const residual of residuals) {
      expect(Math.abs(zScore(residual, 0))).toBeLessThan(4);
      const squares = residual.map((value) => value * value);
      expect(Math.abs(zScore(squares, 1e-6))).toBeLessThan(4);
    }
  });

  it("moves exactly so without noise, which changes neither start nor optimum", () => {
    const quiet = cartpoleLinear({ noise: 0 });
    const state = at(0.3, -0.2, 0.1, 0.4);
    quiet.step(state, at(1.7), createRandom("quiet"));
    const expected = [
      0.3 - 0.2 / 60,
      -0.2 + 1.7 / 60,
      0.1 + 0.4 / 60,
      0.4 + (13.2 / 60) * (0.1 + 1.7 / 9.81),
    ];
    state.forEach((value, k) => expect(value).toBeCloseTo(expected[k], 14));
    expect(quiet.problem.S0).toEqual(problem.S0);
    expect(optimum(quiet.problem, GAMMA).K).toEqual(optimum(problem, GAMMA).K);
  });

  it("suggests a start from a gain that balances the pole, as none does not", () => {
    const { gain } = environments["cartpole-linear"].suggests as { gain: number[] };
    expect(spectralRadius(problem, { K: [gain] })).toBeLessThan(1);
    expect(spectralRadius(problem, { K: [[0, 0, 0, 0]] })).toBeGreaterThan(1);
    const returnOf = (K: readonly number[]): number =>
      stationaryValues(problem, { K: [K], sigma: [0] }, GAMMA).return;
    const ratio = returnOf(gain) / returnOf(optimum(problem, GAMMA).K[0]);
    expect(ratio).toBeCloseTo(1.3, 1);
  });

  it("pays −1.25x² − ẋ² − 12θ² − 0.25θ̇² − 0.01u² of the state and action of the step", () => {
    const reward = environment.step(at(0.3, -0.2, 0.1, 0.4), at(1.7), createRandom(0));
    const cost = 1.25 * 0.09 + 0.04 + 12 * 0.01 + 0.25 * 0.16 + 0.01 * 1.7 ** 2;
    expect(reward).toBeCloseTo(-cost, 14);
  });

  it("starts every number of the state from N(0, 0.1²)", () => {
    const state = new Float64Array(4);
    const random = createRandom("start");
    const squares: number[] = [];
    const numbers: number[] = [];
    for (let i = 0; i < 1000; i++) {
      environment.reset(state, random);
      for (const value of state) {
        numbers.push(value);
        squares.push(value * value);
      }
    }
    expect(Math.abs(zScore(numbers, 0))).toBeLessThan(4);
    expect(Math.abs(zScore(squares, 0.01))).toBeLessThan(4);
  });

  it("is cut off beyond 1.5 m and 30°, and not at them; never terminates", () => {
    const cut = (x: number, angle: number): boolean | undefined =>
      environment.isTruncated?.(at(x, 9, angle, 9));
    expect([cut(1.5, Math.PI / 6), cut(-1.5, -Math.PI / 6)]).toEqual([false, false]);
    expect([cut(1.5001, 0), cut(-1.5001, 0)]).toEqual([true, true]);
    expect([cut(0, 0.5236), cut(0, -0.5236)]).toEqual([true, true]);
    expect(environment.isTerminal(at(9, 9, 9, 9))).toBe(false);
    expect([environment.horizon, cartpoleLinear({ horizon: 7 }).horizon]).toEqual([600, 7]);
  });

  // Derived by an independent Riccati iteration; the gains for γ = 0.99 are those that Peters &
  // Schaal 2008 (Neurocomputing) print as 5.71, 11.3, −82.1, −21.6.
  it.each([
    [0.98, [3.35, 8.02, -70.5, -18.5], 2],
    [0.99, [5.74, 11.313, -82.113, -21.669], 3],
    [1, [9.46, 15.51, -96.2, -25.6], 2],
  ])("has the optimal gains for γ = %d", (gamma, expected, decimals) => {
    const { K } = optimum(problem, gamma);
    // Half a unit of the last digit given.
    K[0].forEach((gain, i) => {
      const digits = Math.abs(expected[i]) > 15 && decimals === 2 ? 1 : decimals;
      expect(Math.abs(gain - expected[i])).toBeLessThanOrEqual(0.5 * 10 ** -digits);
    });
  });

  describe("at its optimum for γ = 0.99", () => {
    const { K } = optimum(problem, GAMMA);
    const system = matrices(problem);
    const P = valueMatrix(system, matrix(K), GAMMA);

    it("has the derived value matrix", () => {
      expect(P.trace()).toBeCloseTo(1025.64, 3);
      [79.866, 68.213, 822.172, 55.39].forEach((value, i) => {
        expect(Math.abs(P.get(i, i) - value)).toBeLessThan(5.1e-4);
      });
    });

    it("has the derived curvature R + γbᵀPb", () => {
      expect(curvature(system, matrix(K), P, GAMMA).H.get(0, 0)).toBeCloseTo(0.0136983, 7);
    });

    it("has the derived moduli of the closed loop's eigenvalues", () => {
      const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
        closedLoop(system, matrix(K)),
      );
      const moduli = realEigenvalues.map((re, i) => Math.hypot(re, imaginaryEigenvalues[i]));
      moduli.sort((a, b) => a - b);
      [0.8286, 0.914, 0.9784, 0.9817].forEach((value, i) => {
        expect(Math.abs(moduli[i] - value)).toBeLessThan(5.1e-5);
      });
    });

    it("has the derived return: a part of the start, and a part of the exploration", () => {
      const returnOf = (sigma: number, start: number): number => {
        const S0 = problem.S0.map((row) => row.map((entry) => entry * start));
        const W = problem.W.map((row) => row.map(() => 0));
        return (
          (1 - GAMMA) * stationaryValues({ ...problem, S0, W }, { K, sigma: [sigma] }, GAMMA).return
        );
      };
      expect(returnOf(0, 1)).toBeCloseTo(-0.102564, 6);
      expect(returnOf(0.1, 0)).toBeCloseTo(-1.37e-4, 7);
    });

    it("is better than the printed gains by what their rounding costs", () => {
      const printed = matrix([[5.71, 11.3, -82.1, -21.6]]);
      expect(valueMatrix(system, printed, GAMMA).trace()).toBeCloseTo(1025.6517, 4);
    });
  });
});
