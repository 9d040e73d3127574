import { describe, expect, test } from "vitest";
import { createRandom, linear, mlp, networkBaseline, rowsFrom } from "../../src/index.ts";
import { randomRows } from "../support/numbers.ts";

const observations = randomRows(301, 3, "observations");
/** 1 + o₁ − 2o₂o₃. */
const returns = Float64Array.from({ length: observations.count }, (_, i) => {
  const [a, b, c] = observations.data.subarray(3 * i, 3 * i + 3);
  return 1 + a - 2 * b * c;
});

function meanSquare(predicted: Float64Array): number {
  return predicted.reduce((sum, x, i) => sum + (x - returns[i]) ** 2, 0) / returns.length;
}

describe("networkBaseline", () => {
  const build = (seed: number) =>
    networkBaseline({
      network: mlp({ inputSize: 3, hidden: [16], outputSize: 1 }),
      random: createRandom(seed),
      learningRate: 0.02,
      passes: 40,
      minibatch: 64,
    });

  test("learns a function that no linear baseline can", () => {
    const baseline = build(1);
    const predicted = new Float64Array(returns.length);
    baseline.predict(observations, predicted);
    expect(meanSquare(predicted)).toBeGreaterThan(2);
    for (let fit = 0; fit < 3; fit++) baseline.fit(observations, returns);
    baseline.predict(observations, predicted);
    expect(meanSquare(predicted)).toBeLessThan(0.05);
  });

  test("a prediction does not depend on what it is predicted with", () => {
    const baseline = build(2);
    baseline.fit(observations, returns);
    const all = new Float64Array(returns.length);
    baseline.predict(observations, all);
    const one = new Float64Array(1);
    for (const i of [0, 63, 64, 300]) {
      const data = observations.data.slice(3 * i, 3 * i + 3);
      baseline.predict({ count: 1, width: 3, data }, one);
      expect(one[0]).toBe(all[i]);
    }
  });

  test("the same seed gives the same fit bit for bit, another seed another", () => {
    const fitted = (seed: number) => {
      const baseline = build(seed);
      baseline.fit(observations, returns);
      const predicted = new Float64Array(returns.length);
      baseline.predict(observations, predicted);
      return predicted;
    };
    expect(fitted(3)).toEqual(fitted(3));
    expect(fitted(3)).not.toEqual(fitted(4));
  });

  test("a short last mini-batch is averaged over the rows it has", () => {
    // One row in mini-batches of 8, one pass: Adam's first step is α against the sign of the error.
    const baseline = networkBaseline({
      network: linear(1, 1),
      random: createRandom(0),
      learningRate: 0.5,
      passes: 1,
      minibatch: 8,
    });
    baseline.fit(rowsFrom([[1]]), Float64Array.of(100));
    const predicted = new Float64Array(1);
    baseline.predict(rowsFrom([[1]]), predicted);
    expect(predicted[0]).toBeCloseTo(1, 6);
  });

  test("steps on all rows at once where the mini-batch is infinite, however many there are", () => {
    const fitted = (minibatch: number) => {
      const baseline = networkBaseline({
        network: mlp({ inputSize: 3, hidden: [16], outputSize: 1 }),
        random: createRandom(5),
        passes: 3,
        minibatch,
      });
      const predicted = new Float64Array(returns.length);
      for (const count of [200, 301]) {
        const some = { count, width: 3, data: observations.data.slice(0, 3 * count) };
        baseline.fit(some, returns.slice(0, count));
        if (minibatch === Infinity) baseline.predict(some, predicted);
      }
      baseline.predict(observations, predicted);
      return predicted;
    };
    expect(fitted(Infinity)).toEqual(fitted(301));
    expect(fitted(Infinity)).not.toEqual(fitted(300));
  });

  test("refuses observations of another size than the network takes", () => {
    const baseline = networkBaseline({ network: linear(2, 1), random: createRandom(0) });
    const refusal = new RangeError(
      "networkBaseline: observations must have the 2 numbers that the network takes, got 3",
    );
    expect(() => baseline.fit(observations, returns)).toThrow(refusal);
    expect(() => baseline.predict(observations, returns.slice())).toThrow(refusal);
  });

  test("refuses a network of two outputs, and counts that are not positive", () => {
    const random = createRandom(0);
    expect(() => networkBaseline({ network: linear(1, 2), random })).toThrow(
      new RangeError("networkBaseline: the network must have one output, got 2"),
    );
    expect(() => networkBaseline({ network: linear(1, 1), random, passes: 0 })).toThrow(
      new RangeError("networkBaseline: passes must be a positive integer, got 0"),
    );
    expect(() => networkBaseline({ network: linear(1, 1), random, minibatch: 1.5 })).toThrow(
      new RangeError("networkBaseline: minibatch must be a positive integer, got 1.5"),
    );
  });
});
