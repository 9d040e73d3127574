import { Matrix, solve } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { decisionBorder, kakadeTwoState, petersTwoState, tabularValues } from "../../envs/index.ts";
import { expectClose } from "../support/close.ts";
import { familyOf, larger, logistic } from "../support/tabular.ts";

describe("the natural gradient of a tabular problem", () => {
  it("of a decision border is A(s, 0) θₛ", () => {
    for (const gamma of [0.9, 1]) {
      const options = { gamma, normalised: true };
      const values = tabularValues(petersTwoState, decisionBorder([0.3, 0.8]), options);
      const [first, second] = values.advantages;
      expectClose(values.naturalGradient, [first[0] * 0.3, second[0] * 0.8], 1e-12);
    }
  });

  it("of a logistic policy is A(s, 1) − A(s, 0), also where the policy all but never acts", () => {
    for (const theta of [
      [1.4, -2.2],
      [14, 12],
    ]) {
      const values = tabularValues(kakadeTwoState, logistic(theta), { gamma: 1 });
      const differences = values.advantages.map(([cross, stay]) => stay - cross);
      expectClose(values.naturalGradient, differences, 1e-8);
    }
  });

  it("of a softmax is A(s, a) less a constant for each state", () => {
    const values = tabularValues(larger, familyOf(larger)(larger.theta), {
      gamma: 0.9,
      normalised: true,
    });
    const centred = values.advantages.map((row) => {
      const middle = row.reduce((sum, value) => sum + value, 0) / row.length;
      return row.map((value) => value - middle);
    });
    const byAction = [0, 1, 2].flatMap((a) => centred.map((row) => row[a]));
    expectClose(values.naturalGradient, byAction, 1e-10);
  });

  it("holds the weights of least squares of A on the scores: Kakade's theorem 1", () => {
    // The normal equations of min Σ d π (ψᵀw − Q)², formed and solved here with ψ of a logistic policy.
    const theta = [0.4, -1.1];
    const {
      stateDistribution: d,
      actionValues,
      naturalGradient,
    } = tabularValues(kakadeTwoState, logistic(theta), { gamma: 1 });
    const normal = Matrix.zeros(2, 2);
    const right = Matrix.zeros(2, 1);
    theta.forEach((value, s) => {
      const p = 1 / (1 + Math.exp(-value));
      [-p, 1 - p].forEach((score, a) => {
        const weight = d[s] * (a === 1 ? p : 1 - p);
        normal.set(s, s, normal.get(s, s) + weight * score * score);
        right.set(s, 0, right.get(s, 0) + weight * score * actionValues[s][a]);
      });
    });
    expectClose(naturalGradient, solve(normal, right).to1DArray(), 1e-12);
  });

  it("leads, by one long step, to the actions of largest A: Kakade's theorem 2", () => {
    const values = tabularValues(larger, familyOf(larger)(larger.theta), { gamma: 0.9 });
    const far = larger.theta.map((value, k) => value + 1e5 * values.naturalGradient[k]);
    const { probabilities } = familyOf(larger)(far);
    values.advantages.forEach((row, s) => {
      expect(probabilities[s][row.indexOf(Math.max(...row))]).toBeCloseTo(1, 12);
    });
  });

  it("changes π by the factor 1 + αψᵀw to first order: Kakade's theorem 3", () => {
    const at = familyOf(larger);
    const { naturalGradient: w, advantages } = tabularValues(larger, at(larger.theta), {
      gamma: 0.9,
      normalised: true,
    });
    const alpha = 1e-6;
    const before = at(larger.theta).probabilities;
    const after = at(larger.theta.map((value, k) => value + alpha * w[k])).probabilities;
    // A tabular softmax fits A exactly, so ψᵀw = A.
    const rates = before.map((row, s) => row.map((p, a) => (after[s][a] / p - 1) / alpha));
    expectClose(rates.flat(), advantages.flat(), 1e-4);
  });
});
