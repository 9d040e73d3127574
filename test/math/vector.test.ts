import { describe, expect, it } from "vitest";
import { addScaled, clamp, cosine, dot, firstNonFinite, norm, sumScaled } from "../../src/index.ts";

const vector = (...values: number[]): Float64Array => Float64Array.from(values);

describe("vector helpers", () => {
  it("dot is xᵀy and norm its root with itself", () => {
    expect(dot(vector(1, 2, 3), vector(4, -5, 6))).toBe(12);
    expect(norm(vector(3, -4))).toBe(5);
    expect(dot(vector(), vector())).toBe(0);
  });

  it("addScaled adds α x to y and leaves x alone", () => {
    const [x, y] = [vector(1, 2), vector(10, 20)];
    addScaled(-2, x, y);
    expect([...y]).toEqual([8, 16]);
    expect([...x]).toEqual([1, 2]);
  });

  it("sumScaled writes x + α y, into x or y too", () => {
    const [x, y, out] = [vector(1, 2), vector(10, 20), vector(0, 0)];
    sumScaled(x, 0.5, y, out);
    expect([...out]).toEqual([6, 12]);
    sumScaled(x, 0.5, y, y);
    expect([...y]).toEqual([6, 12]);
    sumScaled(x, 1, out, x);
    expect([...x]).toEqual([7, 14]);
  });

  it("cosine is 1, 0, −1 for parallel, orthogonal, opposite vectors and NaN beside zero", () => {
    expect(cosine(vector(1, 1), vector(3, 3))).toBeCloseTo(1, 15);
    expect(cosine(vector(1, 0), vector(0, 2))).toBe(0);
    expect(cosine(vector(2, 0), vector(-1, 0))).toBe(-1);
    expect(cosine(vector(0, 0), vector(1, 0))).toBeNaN();
  });

  it("firstNonFinite finds the first NaN or infinity, or −1", () => {
    expect(firstNonFinite(vector(1, NaN, Infinity))).toBe(1);
    expect(firstNonFinite(vector(-Infinity))).toBe(0);
    expect(firstNonFinite(vector(1, -1e308))).toBe(-1);
  });
});

describe("clamp", () => {
  it("moves a number into the interval and leaves NaN alone", () => {
    expect([-3, 0.5, 7].map((x) => clamp(x, 0, 1))).toEqual([0, 0.5, 1]);
    expect(clamp(NaN, 0, 1)).toBeNaN();
  });
});
