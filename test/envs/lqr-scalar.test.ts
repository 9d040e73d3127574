import { describe, expect, it } from "vitest";
import {
  type LqrProblem,
  scalarProblem,
  scalarValues,
  stationaryValues,
} from "../../envs/index.ts";
import { expectClose } from "../support/close.ts";

const problem: LqrProblem = {
  A: [[0.9]],
  B: [[0.7]],
  Q: [[1.3]],
  R: [[0.4]],
  W: [[0.2]],
  m0: [0.5],
  S0: [[0.3]],
};

describe("scalarValues, the closed form of one state and one action", () => {
  it.each([
    [-0.8, 0.4, 0.9],
    [0.1, 1.3, 0.5],
    [-2.1, 0.05, 0.95],
  ])("are stationaryValues times 1 − γ at k = %d, σ = %d, γ = %d", (k, sigma, gamma) => {
    const closed = scalarValues(problem, k, sigma, gamma);
    const general = stationaryValues(problem, { K: [[k]], sigma: [sigma] }, gamma);
    const perStep = (values: readonly number[]): number[] =>
      values.map((value) => (1 - gamma) * value);
    expectClose([closed.return], perStep([general.return]), 1e-10);
    expectClose(closed.gradient, perStep(general.gradient), 1e-10);
    expectClose(closed.naturalGradient, perStep(general.naturalGradient), 1e-10);
    expectClose(closed.fisher, [general.fisher[0][0], general.fisher[1][1]], 1e-10);
    expectClose([closed.second], general.stateSecondMoment[0], 1e-10);
  });

  it("diverge where stationaryValues do", () => {
    for (const k of [-2.2, 0.2]) {
      expect(stationaryValues(scalarProblem, { K: [[k]], sigma: [1] }, 0.9).stable).toBe(false);
      expect(scalarValues(scalarProblem, k, 1, 0.9).return).toBe(-Infinity);
    }
  });
});
