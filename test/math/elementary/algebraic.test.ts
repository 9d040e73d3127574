import { describe, expect, it } from "vitest";
import { createRandom, hypot, power } from "../../../src/index.ts";
import * as exact from "../../support/high-precision.ts";

describe("power", () => {
  it("is exact where the result is", () => {
    expect([power(3, 20), power(-2, 11), power(0.5, 1074), power(7, 1)]).toEqual([
      3486784401, -2048, 5e-324, 7,
    ]);
    expect([power(0, 0), power(NaN, 0), power(0, 5), power(2, 1024), power(0.5, 1e9)]).toEqual([
      1,
      1,
      0,
      Infinity,
      0,
    ]);
  });

  it.each([2, 7, 100, 999, 5000])("is within %d/2 units of the last place", (n) => {
    for (const x of [0.999, 0.9, 1.01, Math.SQRT1_2]) {
      const { digits, bits: own } = exact.exactly(x);
      const reference = { digits: digits ** BigInt(n), bits: n * own };
      expect(exact.ulpError(power(x, n), reference)).toBeLessThanOrEqual(n / 2);
    }
  });
});

describe("hypot", () => {
  it("is √(x² + y²), also where the squares leave the range of numbers", () => {
    expect([hypot(3, -4), hypot(0, -7), hypot(0, 0)]).toEqual([5, 7, 0]);
    expect(hypot(3e200, 4e200) / 5e200).toBeCloseTo(1, 15);
    expect(hypot(3e-200, 4e-200) / 5e-200).toBeCloseTo(1, 15);
    expect([hypot(Infinity, 1), hypot(-Infinity, Infinity)]).toEqual([Infinity, Infinity]);
    expect(hypot(NaN, 1)).toBeNaN();
  });

  it("is √(x² + y²) to rounding", () => {
    const random = createRandom("hypot");
    for (let i = 0; i < 5000; i++) {
      const [x, y] = [random.normal(), random.normal()];
      expect(Math.abs(hypot(x, y) / Math.sqrt(x * x + y * y) - 1)).toBeLessThan(3 * 2 ** -52);
    }
  });
});
