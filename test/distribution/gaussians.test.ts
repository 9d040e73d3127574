import { describe, expect, it } from "vitest";
import {
  createRandom,
  createRows,
  diagonalGaussian,
  locationGaussian,
  naturalGaussian,
  rowsFrom,
} from "../../src/index.ts";

const numberOf = (use: (out: Float64Array) => void): number => {
  const out = new Float64Array(1);
  use(out);
  return out[0];
};

describe("locationGaussian", () => {
  it("is diagonalGaussian with its σ held", () => {
    const [sigma, held] = [[0.5, 3], diagonalGaussian(2)];
    const eta = rowsFrom([[1, -2]]);
    const whole = rowsFrom([[1, -2, Math.log(0.5), Math.log(3)]]);
    const a = rowsFrom([[0.3, 4]]);
    const ours = locationGaussian(sigma);
    expect(numberOf((out) => ours.logProb(eta, a, out))).toBeCloseTo(
      numberOf((out) => held.logProb(whole, a, out)),
      14,
    );
    const scores = [createRows(1, 2), createRows(1, 4)];
    ours.score(eta, a, scores[0]);
    held.score(whole, a, scores[1]);
    scores[0].data.forEach((value, k) => expect(value).toBeCloseTo(scores[1].data[k], 14));
  });

  it.each([
    [[], "none"],
    [[1, 0], "0"],
    [[-1], "-1"],
    [[NaN], "NaN"],
  ])("refuses σ = %j", (sigma, got) => {
    expect(() => locationGaussian(sigma)).toThrow(
      `locationGaussian: sigma must be positive numbers, one a component, got ${got}`,
    );
  });
});

describe("naturalGaussian", () => {
  // N((1, 2), V) with V = [[2, 1], [1, 1]], so Λ = [[1, −1], [−1, 2]] and h = Λμ = (−1, 3).
  const eta = rowsFrom([[-1, 3, 1, -1, 2]]);
  const distribution = naturalGaussian(2);

  it("has mean Λ⁻¹h and density as printed, computed by hand", () => {
    const mode = createRows(1, 2);
    distribution.mode(eta, mode);
    [1, 2].forEach((value, k) => expect(mode.data[k]).toBeCloseTo(value, 14));
    // a − μ = (1, 1): (a − μ)ᵀΛ(a − μ) = 1, |Λ| = 1.
    const log = numberOf((out) => distribution.logProb(eta, rowsFrom([[2, 3]]), out));
    expect(log).toBeCloseTo(-Math.log(2 * Math.PI) - 0.5, 14);
    const entropy = numberOf((out) => distribution.entropy(eta, out));
    expect(entropy).toBeCloseTo(Math.log(2 * Math.PI) + 1, 14);
  });

  it("diverges by ½(tr ΛV − d − log |ΛV| + dᵀΛd), computed by hand", () => {
    const standard = rowsFrom([[0, 0, 1, 0, 1]]);
    // KL(p ‖ N(0, I)) = ½(tr V − 2 − log |V| + ‖μ‖²) = ½(3 − 2 − 0 + 5)
    expect(numberOf((out) => distribution.kl(eta, standard, out))).toBeCloseTo(3, 14);
    // KL(N(0, I) ‖ p) = ½(tr Λ − 2 + μᵀΛμ) = ½(3 − 2 + 5)
    expect(numberOf((out) => distribution.kl(standard, eta, out))).toBeCloseTo(3, 14);
  });

  it("draws with covariance Λ⁻¹", () => {
    const count = 20_000;
    const rows = rowsFrom(Array.from({ length: count }, () => [-1, 3, 1, -1, 2]));
    const actions = createRows(count, 2);
    distribution.sample(rows, createRandom("natural"), actions);
    let cross = 0;
    for (let i = 0; i < count; i++) {
      cross += ((actions.data[2 * i] - 1) * (actions.data[2 * i + 1] - 2)) / count;
    }
    // Var of the product of two Gaussians is V₁₁V₂₂ + V₁₂² = 3.
    expect(Math.abs(cross - 1)).toBeLessThan(5 * Math.sqrt(3 / count));
  });

  it("is not a number where the precision is not positive definite", () => {
    const outside = rowsFrom([[0, 0, 1, 2, 1]]);
    const scores = createRows(1, 5);
    distribution.score(outside, rowsFrom([[0, 0]]), scores);
    expect(numberOf((out) => distribution.logProb(outside, rowsFrom([[0, 0]]), out))).toBeNaN();
    expect(numberOf((out) => distribution.entropy(outside, out))).toBeNaN();
    expect(numberOf((out) => distribution.kl(eta, outside, out))).toBeNaN();
    expect(scores.data.some(Number.isNaN)).toBe(true);
    expect(() => naturalGaussian(1.5)).toThrow("naturalGaussian: size must be a positive integer");
  });
});
