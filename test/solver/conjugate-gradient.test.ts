import { describe, expect, it } from "vitest";
import {
  cholesky,
  conjugateGradient,
  diagonalOperator,
  type InvertibleOperator,
  type LinearOperator,
  type SolveReport,
} from "../../src/index.ts";
import { typedArraysMade } from "../support/allocations.ts";
import { expectClose } from "../support/close.ts";
import { denseOperator, diagonalMatrix, gram, hilbert, referee } from "../../src/verify/systems.ts";

const vector = (...values: number[]): Float64Array => Float64Array.from(values);
const zeros = (size: number): Float64Array => new Float64Array(size);

describe("conjugate gradient", () => {
  // MushroomRL's p and r shared storage: 0.33 relative residual after 10 steps instead of 1e-13 after 6.
  it("solves a 6 × 6 system to 1e-12 in 6 iterations and leaves b untouched: p, r and b do not alias", () => {
    const matrix = gram(6, 6, 1, "alias");
    const b = vector(1, -2, 3, -4, 5, -6);
    const x = zeros(6);
    const report = conjugateGradient({ iterations: 6, tolerance: 0 }).solve(
      denseOperator(matrix),
      0,
      b,
      x,
    );
    expect(report.iterations).toBe(6);
    expect(report.residual).toBeLessThan(1e-12);
    expectClose(x, referee({ name: "", matrix, b: [...b], damping: 0 }), 1e-11);
    expect([...b]).toEqual([1, -2, 3, -4, 5, -6]);
  });

  it("takes as many iterations as A has distinct eigenvalues", () => {
    const matrix = diagonalMatrix([2, 2, 5, 5, 9, 9]);
    const report = conjugateGradient().solve(
      denseOperator(matrix),
      0,
      vector(1, 2, 3, 4, 5, 6),
      zeros(6),
    );
    expect(report).toMatchObject({ status: "converged", iterations: 3 });
  });

  it("stops at the first residual at or below the tolerance", () => {
    const a = denseOperator(gram(8, 8, 0.1, "stop"));
    const b = vector(1, 2, 3, 4, 5, 6, 7, 8);
    const run = (iterations: number, tolerance: number): SolveReport =>
      conjugateGradient({ iterations, tolerance }).solve(a, 0, b, zeros(8));
    const history = Array.from({ length: 6 }, (_, k) => run(k + 1, 0).residual);
    history.forEach((residual, k) => {
      const first = history.findIndex((value) => value <= residual);
      expect(run(8, residual)).toEqual({
        status: "converged",
        iterations: first + 1,
        residual: history[first],
      });
      if (first === k) expect(run(8, residual * (1 - 1e-9)).iterations).toBeGreaterThan(k + 1);
    });
  });

  it("reports the iteration limit with the residual of the x that it returns", () => {
    const matrix = hilbert(6);
    const [b, x] = [vector(1, 0, 1, 0, 1, 0), zeros(6)];
    const report = conjugateGradient({ iterations: 2 }).solve(denseOperator(matrix), 0.01, b, x);
    expect(report).toMatchObject({ status: "iteration-limit", iterations: 2 });
    const product = zeros(6);
    denseOperator(matrix).apply(x, product);
    const r = b.map((value, i) => value - product[i] - 0.01 * x[i]);
    expect(report.residual).toBeCloseTo(Math.hypot(...r) / Math.hypot(...b), 12);
  });

  it("returns the last x when it meets a direction without positive curvature", () => {
    const x = zeros(2);
    const report = conjugateGradient().solve(diagonalOperator(vector(2, -1)), 0, vector(1, 1), x);
    expect(report).toMatchObject({ status: "not-positive-definite", iterations: 1 });
    expect([...x]).toEqual([2, 2]);
  });

  it("agrees with Cholesky on a damped, nearly singular matrix", () => {
    const a = denseOperator(gram(7, 4, 0, "damped"));
    const b = vector(1, 1, 2, 3, 5, 8, 13);
    const [x, y] = [zeros(7), zeros(7)];
    conjugateGradient({ iterations: 50, tolerance: 1e-13 }).solve(a, 0.1, b, x);
    cholesky().solve(a, 0.1, b, y);
    expectClose(x, y, 1e-9);
  });
});

describe("a preconditioner", () => {
  const matrix = gram(6, 6, 0.5, "preconditioner");
  const b = vector(1, -1, 2, -2, 3, -3);
  const diagonalOf = (rows: number[][]): InvertibleOperator =>
    diagonalOperator(Float64Array.from(rows, (row, i) => row[i]));
  const jacobi = (rows: number[][]): LinearOperator => ({
    ...denseOperator(rows),
    preconditioner: diagonalOf(rows),
  });

  it("that is the exact inverse converges in one iteration, damping included", () => {
    const exact: LinearOperator = {
      ...denseOperator(matrix),
      preconditioner: {
        ...denseOperator(matrix),
        applyInverse: (right, damping, out) =>
          out.set(referee({ name: "", matrix, b: [...right], damping })),
      },
    };
    const x = zeros(6);
    const report = conjugateGradient({ tolerance: 1e-9 }).solve(exact, 0.3, b, x);
    expect(report).toMatchObject({ status: "converged", iterations: 1 });
    expectClose(x, referee({ name: "", matrix, b: [...b], damping: 0.3 }), 1e-9);
  });

  it("does not change the solution", () => {
    const [x, y] = [zeros(6), zeros(6)];
    const options = { iterations: 30, tolerance: 1e-13 };
    conjugateGradient(options).solve(jacobi(matrix), 0.1, b, x);
    conjugateGradient(options).solve(denseOperator(matrix), 0.1, b, y);
    expectClose(x, y, 1e-10);
  });

  // With x = D x̃, DADx̃ = Db; powers of two scale without rounding, so the bits agree.
  it("of Jacobi makes every iterate invariant under a scaling of the unknowns, bit for bit", () => {
    const scale = [1, 2 ** 10, 2 ** -7, 2 ** 3, 2 ** -12, 2 ** 5];
    const scaled = matrix.map((row, i) => row.map((entry, j) => scale[i] * entry * scale[j]));
    const scaledB = b.map((value, i) => value * scale[i]);
    const run = (a: LinearOperator, right: Float64Array): Float64Array => {
      const x = zeros(6);
      conjugateGradient({ iterations: 3, tolerance: 0 }).solve(a, 0, right, x);
      return x;
    };
    const x = run(jacobi(matrix), b);
    expect(run(jacobi(scaled), scaledB).map((value, i) => value * scale[i])).toEqual(x);
    const plain = run(denseOperator(matrix), b);
    expect(run(denseOperator(scaled), scaledB).map((value, i) => value * scale[i])).not.toEqual(
      plain,
    );
  });
});

describe("a start from zero", () => {
  it("takes a product for each iteration and no more", () => {
    const matrix = denseOperator(gram(8, 8, 0.1, "products"));
    let products = 0;
    const counted: LinearOperator = {
      size: 8,
      apply: (v, out) => {
        products++;
        matrix.apply(v, out);
      },
    };
    const b = vector(1, 2, 3, 4, 5, 6, 7, 8);
    conjugateGradient({ iterations: 5, tolerance: 0 }).solve(counted, 0.1, b, zeros(8));
    expect(products).toBe(5);
  });

  it("does not care what x held", () => {
    const [from, fromZero] = [vector(3, NaN, -1, 7), zeros(4)];
    const a = diagonalOperator(vector(1, 2, 3, 4));
    const reports = [from, fromZero].map((x) =>
      conjugateGradient().solve(a, 0, vector(1, 1, 2, 2), x),
    );
    expect(reports[0]).toEqual(reports[1]);
    expect(from).toEqual(fromZero);
  });
});

describe("the storage of conjugate gradient", () => {
  const a = diagonalOperator(vector(1, 2, 3, 4));
  const b = vector(1, 1, 1, 1);
  const x = zeros(4);

  it("is four vectors, made when a size first appears, and none in a warm solve", () => {
    const solver = conjugateGradient();
    const preconditioned: LinearOperator = { ...a, preconditioner: a };
    expect(typedArraysMade(() => solver.solve(a, 0.1, b, x))).toBe(4);
    expect(typedArraysMade(() => solver.solve(a, 0.1, b, x))).toBe(0);
    expect(typedArraysMade(() => solver.solve(preconditioned, 0.1, b, x))).toBe(0);
  });

  it("is one vector more with a warm start", () => {
    const solver = conjugateGradient({ warmStart: true });
    expect(typedArraysMade(() => solver.solve(a, 0.1, b, x))).toBe(5);
    expect(typedArraysMade(() => solver.solve(a, 0.1, b, x))).toBe(0);
  });
});

describe("the options of conjugate gradient", () => {
  it.each([0, -3, 2.5, NaN, Infinity])("refuse %d iterations", (iterations) => {
    expect(() => conjugateGradient({ iterations })).toThrow(
      new RangeError(
        `conjugateGradient: iterations must be a positive integer, got ${String(iterations)}`,
      ),
    );
  });

  it.each([-1e-9, NaN])("refuse a tolerance of %d", (tolerance) => {
    expect(() => conjugateGradient({ tolerance })).toThrow(
      `conjugateGradient: tolerance must be at least 0, got ${String(tolerance)}`,
    );
  });
});
