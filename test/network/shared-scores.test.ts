import { describe, expect, test } from "vitest";
import {
  categorical,
  createPolicy,
  createRandom,
  createRows,
  empiricalFisher,
  exactFisher,
  linear,
  materialise,
  mlp,
  rowsFrom,
  sharedScores,
} from "../../src/index.ts";
import { predictorOf } from "../../src/network/predictor.ts";
import { relativeError } from "../support/numbers.ts";

/** Two choices of three, or all; two features and whether the choice is possible. */
const described = rowsFrom([
  [0.5, -1, 1, 9, 9, 0, 2, 0.3, 1],
  [1, 1, 1, -0.4, 2, 1, 0, 0, 1],
]);
const theta = Float64Array.of(2, -1, 0.7);

describe("sharedScores", () => {
  const network = sharedScores(3, linear(3, 1, { bias: false }));
  const policy = createPolicy(network, categorical(3), createRandom(0));
  const point = network.linearisation(2);
  point.at(theta, described);

  test("gives θᵀφ for each choice, and −∞ for one that is not possible", () => {
    expect(network.parameterCount).toBe(3);
    const expected = [2.7, -Infinity, 4.4, 1.7, -2.1, 0.7];
    expected.forEach((value, i) => {
      if (value === -Infinity) expect(point.outputs.data[i]).toBe(value);
      else expect(point.outputs.data[i]).toBeCloseTo(value, 14);
    });
    const predictor = predictorOf(network, 2);
    predictor.at(theta);
    predictor.predict(described);
    expect(predictor.outputs.data).toEqual(point.outputs.data);
  });

  test("a choice that is not possible moves no parameter", () => {
    const out = createRows(2, 3);
    point.jvp(Float64Array.of(1, 0, 0), out);
    expect(Array.from(out.data)).toEqual([0.5, 0, 2, 1, -0.4, 0]);
    const back = new Float64Array(3);
    point.vjp(rowsFrom([[0, 1e9, 0], [0, 0, 0]]), back); // prettier-ignore
    expect(Array.from(back)).toEqual([0, 0, 0]);
  });

  test("with a softmax, ∇log π = φ_a − E[φ] and F = E[Cov(φ)] by the definition", () => {
    // Probabilities and moments from their definitions, choice by choice.
    const possible = [[0, 2], [0, 1, 2]]; // prettier-ignore
    const phi = (i: number, a: number) => described.data.slice(9 * i + 3 * a, 9 * i + 3 * a + 3);
    const moments = possible.map((choices, i) => {
      const weights = choices.map((a) =>
        Math.exp(phi(i, a).reduce((sum, x, k) => sum + x * theta[k], 0)),
      );
      const total = weights.reduce((sum, weight) => sum + weight);
      const p = weights.map((weight) => weight / total);
      const mean = [0, 1, 2].map((k) => choices.reduce((s, a, c) => s + p[c] * phi(i, a)[k], 0));
      const covariance = [0, 1, 2].map((j) =>
        [0, 1, 2].map((k) =>
          choices.reduce(
            (s, a, c) => s + p[c] * (phi(i, a)[j] - mean[j]) * (phi(i, a)[k] - mean[k]),
            0,
          ),
        ),
      );
      return { mean, covariance };
    });
    const weights = Float64Array.of(0.25, 0.75);
    const actions = rowsFrom([[2], [1]]);
    const fisher = materialise(exactFisher().at(point, policy.distribution, actions, weights));
    const expected = [0, 1, 2].map((j) =>
      [0, 1, 2].map((k) =>
        moments.reduce((s, { covariance }, i) => s + weights[i] * covariance[j][k], 0),
      ),
    );
    expect(relativeError(fisher.to1DArray(), expected.flat())).toBeLessThan(1e-14);
    const score = createRows(2, 3);
    policy.distribution.score(point.outputs, actions, score);
    const back = new Float64Array(3);
    point.vjp(score, back);
    const gradient = [0, 1, 2].map(
      (k) => phi(0, 2)[k] - moments[0].mean[k] + phi(1, 1)[k] - moments[1].mean[k],
    );
    expect(relativeError(back, gradient)).toBeLessThan(1e-14);
    const empirical = empiricalFisher().at(point, policy.distribution, actions, weights);
    for (const x of materialise(empirical).to1DArray()) expect(x).not.toBeNaN();
  });

  test("scores with hidden layers, too", () => {
    const score = mlp({ inputSize: 3, hidden: [4], outputSize: 1 });
    const deep = sharedScores(3, score);
    const parameters = new Float64Array(deep.parameterCount);
    deep.initialise(parameters, createRandom(1));
    const [of3, of1] = [deep.linearisation(2), score.linearisation(1)];
    of3.at(parameters, described);
    for (const [i, a] of [
      [0, 0],
      [0, 2],
      [1, 1],
    ] as const) {
      // prettier-ignore
      of1.at(parameters, rowsFrom([[...described.data.slice(9 * i + 3 * a, 9 * i + 3 * a + 3)]]));
      expect(of3.outputs.data[3 * i + a]).toBeCloseTo(of1.outputs.data[0], 15);
    }
    expect(of3.outputs.data[1]).toBe(-Infinity);
  });

  test.each([0, 1.5])("refuses a count of %d", (count) => {
    expect(() => sharedScores(count, linear(3, 1))).toThrow(
      new RangeError(`sharedScores: count must be a positive integer, got ${count}`),
    );
  });

  test("refuses a network with more than a score", () => {
    expect(() => sharedScores(2, linear(3, 2))).toThrow(
      new RangeError(
        "sharedScores: the network must have one output, the score of a choice, got 2",
      ),
    );
  });
});
