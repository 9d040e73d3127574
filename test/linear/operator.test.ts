import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  diagonalOperator,
  dot,
  identityOperator,
  type InvertibleOperator,
  materialise,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { denseOperator } from "../../src/verify/systems.ts";

const SIZE = 5;
const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const vectors = fc
  .array(number, { minLength: SIZE, maxLength: SIZE })
  .map((values) => Float64Array.from(values));
const positive = fc
  .array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: SIZE, maxLength: SIZE })
  .map((values) => Float64Array.from(values));

const operators: [string, fc.Arbitrary<InvertibleOperator>][] = [
  ["identityOperator", fc.constant(identityOperator(SIZE))],
  ["diagonalOperator", positive.map((entries) => diagonalOperator(entries))],
];

describe.each(operators)("%s", (_, arbitrary) => {
  const product = (a: InvertibleOperator, v: Float64Array): Float64Array => {
    const out = new Float64Array(SIZE).fill(NaN);
    a.apply(v, out);
    return out;
  };
  const near = (actual: number, expected: number, scale: number): void =>
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * (scale + 1));

  it("is linear: A(αu + v) = αAu + Av", () => {
    fc.assert(
      fc.property(arbitrary, vectors, vectors, number, (a, u, v, alpha) => {
        const [au, av] = [product(a, u), product(a, v)];
        const together = product(
          a,
          u.map((value, i) => alpha * value + v[i]),
        );
        together.forEach((value, i) =>
          near(value, alpha * au[i] + av[i], Math.abs(alpha * au[i]) + Math.abs(av[i])),
        );
      }),
    );
  });

  it("is symmetric: ⟨u, Av⟩ = ⟨Au, v⟩", () => {
    fc.assert(
      fc.property(arbitrary, vectors, vectors, (a, u, v) => {
        const scale = u.reduce((sum, value, i) => sum + Math.abs(value * product(a, v)[i]), 0);
        near(dot(u, product(a, v)), dot(product(a, u), v), scale);
      }),
    );
  });

  it("undoes itself: (A + λI)⁻¹(Av + λv) = v, in place too", () => {
    fc.assert(
      fc.property(arbitrary, vectors, fc.double({ min: 0, max: 10, noNaN: true }), (a, v, d) => {
        const b = product(a, v).map((value, i) => value + d * v[i]);
        const out = new Float64Array(SIZE);
        a.applyInverse(b, d, out);
        out.forEach((value, i) => near(value, v[i], Math.abs(v[i])));
        a.applyInverse(b, d, b);
        expect(b).toEqual(out);
      }),
    );
  });

  it("leaves v alone", () => {
    fc.assert(
      fc.property(arbitrary, vectors, (a, v) => {
        const before = v.slice();
        product(a, v);
        expect(v).toEqual(before);
      }),
    );
  });
});

describe("diagonalOperator", () => {
  it("reads its diagonal at each product", () => {
    const entries = Float64Array.of(1, 2);
    const operator = diagonalOperator(entries);
    entries[0] = 5;
    const out = new Float64Array(2);
    operator.apply(Float64Array.of(1, 1), out);
    expect([...out]).toEqual([5, 2]);
  });
});

describe("materialise", () => {
  it("gives the matrix of a symmetric operator", () => {
    const rows = [
      [2, -1, 0],
      [-1, 3, 4],
      [0, 4, 5],
    ];
    expect(materialise(denseOperator(rows)).to2DArray()).toEqual(rows);
  });

  it("is exactly symmetric where the operator is so only to rounding", () => {
    const crooked = [
      [1, 0.1 + 0.2],
      [0.3, 1],
    ];
    const matrix = materialise(denseOperator(crooked));
    expect(matrix.isSymmetric()).toBe(true);
    expectClose(matrix.to1DArray(), [1, 0.3, 0.3, 1], 1e-15);
  });

  it("gives a matrix without rows for an operator of size 0", () => {
    expect(materialise(identityOperator(0)).rows).toBe(0);
  });
});
