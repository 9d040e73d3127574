import { describe, expect, it } from "vitest";
import { boundedGaussian, createRandom, createRows, rowsFrom } from "../../src/index.ts";

const distribution = boundedGaussian(1, { low: 0.1, high: 1.1 });
/** σ read off the entropy, log σ + ½ log 2πe. */
const sigmaAt = (xi: number): number => {
  const entropy = new Float64Array(1);
  distribution.entropy(rowsFrom([[0, xi]]), entropy);
  return Math.exp(entropy[0] - 0.5 * Math.log(2 * Math.PI * Math.E));
};

describe("boundedGaussian", () => {
  it("has the σ of the natural actor-critic, 0.1 + 1/(1 + exp ξ)", () => {
    for (const xi of [-3, -0.5, 0, 1, 4]) {
      expect(sigmaAt(xi)).toBeCloseTo(0.1 + 1 / (1 + Math.exp(xi)), 13);
    }
  });

  it("stays between its bounds wherever ξ goes, and finite with them", () => {
    for (const xi of [-1e3, -50, 50, 1e3]) {
      expect(sigmaAt(xi)).toBeCloseTo(xi > 0 ? 0.1 : 1.1, 12);
      const out = createRows(1, 2);
      distribution.score(rowsFrom([[0, xi]]), rowsFrom([[0.3]]), out);
      expect(out.data.every(Number.isFinite)).toBe(true);
    }
  });

  it("has an M that becomes singular in ξ at a bound", () => {
    const out = createRows(1, 2);
    distribution.applyFisher(rowsFrom([[0, 800]]), rowsFrom([[1, 1]]), out);
    expect(out.data[0]).toBeCloseTo(100, 10);
    expect(out.data[1]).toBe(0);
  });

  it("takes batches of one size after another", () => {
    for (const count of [1, 5, 2]) {
      const eta = rowsFrom(Array.from({ length: count }, (_, i) => [i, 0.5 * i]));
      const actions = createRows(count, 1);
      distribution.sample(eta, createRandom(0), actions);
      const out = new Float64Array(count);
      distribution.logProb(eta, actions, out);
      expect(out.every(Number.isFinite)).toBe(true);
    }
  });

  it.each([
    [{ low: -0.1, high: 1 }, "got low -0.1 and high 1"],
    [{ low: 1, high: 1 }, "got low 1 and high 1"],
    [{ low: 0, high: Infinity }, "got low 0 and high Infinity"],
    [{ low: NaN, high: 1 }, "got low NaN and high 1"],
  ])("refuses the bounds %j", (bounds, message) => {
    expect(() => boundedGaussian(1, bounds)).toThrow(
      `boundedGaussian: bounds must satisfy 0 ≤ low < high < ∞, ${message}`,
    );
  });
});
