import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { createRandom, createRows, kroneckerOperator, materialise } from "../../src/index.ts";
import { addGram, squareMatrix } from "../../src/linear/gram.ts";
import { typedArraysMade } from "../support/allocations.ts";
import { expectClose } from "../support/close.ts";
import { randomRows, randomVector } from "../support/numbers.ts";

/** Σᵢ xᵢxᵢᵀ of random rows, of rank at most `rank`. */
function gram(size: number, rank: number, seed: string) {
  const g = squareMatrix(size);
  addGram(randomRows(rank, size, seed), new Float64Array(rank).fill(1), g);
  return g;
}

const shapes = [
  { m: 1, n: 1, rank: 3 },
  { m: 3, n: 5, rank: 9 },
  { m: 4, n: 2, rank: 2 },
  { m: 6, n: 7, rank: 3 },
];

describe.each(shapes)("B ⊗ A of $m and $n rows, rank $rank", ({ m, n, rank }) => {
  const [b, a] = [gram(m, rank, "b"), gram(n, rank, "a")];
  const operator = kroneckerOperator(b, a);

  it("has the entries B_ij A_kl", () => {
    const dense = materialise(operator);
    for (let row = 0; row < m * n; row++) {
      for (let column = 0; column < m * n; column++) {
        const bij = b.data[Math.floor(row / n) * m + Math.floor(column / n)];
        const akl = a.data[(row % n) * n + (column % n)];
        expect(dense.get(row, column)).toBeCloseTo(bij * akl, 11);
      }
    }
  });

  it.each([1e-4, 1, 100])("undoes (B ⊗ A + λI) v for λ = %d", (damping) => {
    const v = randomVector(m * n, createRandom("v"));
    const product = new Float64Array(m * n);
    operator.apply(v, product);
    v.forEach((x, i) => (product[i] += damping * x));
    operator.applyInverse(product, damping, product);
    expectClose(product, v, 1e-8);
  });

  it("makes no typed array once it has been inverted", () => {
    const v = randomVector(m * n, createRandom("v"));
    const out = new Float64Array(m * n);
    expect(typedArraysMade(() => operator.apply(v, out))).toBe(0);
    expect(typedArraysMade(() => operator.applyInverse(v, 1, out))).toBe(0);
  });
});

describe("B ⊗ A with a diagonal B", () => {
  const b = squareMatrix(3);
  [2, 0.5, 7].forEach((value, i) => (b.data[4 * i] = value));
  const a = gram(4, 9, "a");
  const v = randomVector(12, createRandom("v"));

  it.each([0, 1e-4, 1])("is solved row by row, also when λ changes between: λ = %d", (damping) => {
    const operator = kroneckerOperator(b, a);
    operator.applyInverse(v, 0.3, new Float64Array(12));
    const x = new Float64Array(12);
    operator.applyInverse(v, damping, x);
    const dense = materialise(kroneckerOperator(b, a));
    for (let i = 0; i < 12; i++) dense.set(i, i, dense.get(i, i) + damping);
    expectClose(
      x,
      new CholeskyDecomposition(dense).solve(Matrix.columnVector(v)).to1DArray(),
      1e-12,
    );
  });

  it("gives NaN where bᵢ A + λI is not positive definite", () => {
    const out = new Float64Array(12);
    kroneckerOperator(b, gram(4, 2, "a")).applyInverse(v, -1, out);
    expect(out.every(Number.isNaN)).toBe(true);
  });
});

describe("the Kronecker operator", () => {
  it("gives numbers that are not finite for a singular product without damping, and for NaN", () => {
    const singular = kroneckerOperator(gram(2, 1, "b"), squareMatrix(2));
    const out = new Float64Array(4);
    singular.applyInverse(Float64Array.of(1, 2, 3, 4), 0, out);
    expect(out.every(Number.isFinite)).toBe(false);
    const bad = createRows(1, 1);
    bad.data[0] = NaN;
    kroneckerOperator(bad, gram(4, 4, "a")).applyInverse(Float64Array.of(1, 2, 3, 4), 1, out);
    expect([...out]).toEqual([NaN, NaN, NaN, NaN]);
  });
});
