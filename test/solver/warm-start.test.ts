import { describe, expect, it } from "vitest";
import {
  cholesky,
  conjugateGradient,
  type ConjugateGradientOptions,
  dot,
  kernelConjugateGradient,
  type Solver,
} from "../../src/index.ts";
import {
  float64Space,
  residentOperator,
  type ResidentOperator,
} from "../../src/linear/resident.ts";
import { denseOperator, diagonalMatrix, gram, type System } from "../../src/verify/systems.ts";

const SIZE = 40;
const lift = (matrix: System["matrix"]): ResidentOperator =>
  residentOperator(denseOperator(matrix), float64Space(matrix.length));
const spread = lift(diagonalMatrix(Array.from({ length: SIZE }, (_, i) => i + 1)));
const dense = lift(gram(SIZE, SIZE, 0.5, "warm"));
const b = Float64Array.from({ length: SIZE }, (_, i) => Math.sin(i + 1));
const other = Float64Array.from({ length: SIZE }, (_, i) => Math.cos(3 * i));
const mixed = b.map((value, i) => value + 1e-3 * other[i]);

const makers: [string, (options: ConjugateGradientOptions) => Solver<ResidentOperator>][] = [
  ["conjugateGradient", conjugateGradient],
  ["kernelConjugateGradient", kernelConjugateGradient],
];

describe.each(makers)("a warm start of %s", (_, make) => {
  const warm = (options: ConjugateGradientOptions = {}) => make({ ...options, warmStart: true });
  const solve = (solver: Solver<ResidentOperator>, right: Float64Array, a = spread) => {
    const x = new Float64Array(SIZE);
    return { ...solver.solve(a, 0, right, x), x };
  };

  it("needs fewer iterations than a start from zero where b has changed little", () => {
    const options = { iterations: SIZE, tolerance: 1e-5 };
    const solver = warm(options);
    const cold = solve(solver, b).iterations;
    const { status, iterations, x } = solve(solver, mixed);
    expect(status).toBe("converged");
    expect(iterations).toBeLessThan(cold);
    expect(solve(make(options), mixed).iterations).toBeGreaterThan(iterations);
    const exact = new Float64Array(SIZE);
    cholesky().solve(spread, 0, mixed, exact);
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(exact[i], 4);
    });
  });

  it("needs none where b is a multiple of the last, whatever its length and sign", () => {
    const solver = warm({ iterations: SIZE, tolerance: 1e-6 });
    for (const scale of [1, 1e9, -1e-9]) {
      const { iterations, x } = solve(
        solver,
        b.map((value) => scale * value),
      );
      expect(iterations === 0).toBe(scale !== 1);
      x.forEach((value, i) => {
        expect(value / scale).toBeCloseTo(b[i] / (i + 1), 5);
      });
    }
  });

  // ½xᵀAx − bᵀx ≤ 0 at the start and falls from there.
  it("ascends from the first iteration, even where the last direction descends", () => {
    const solver = warm({ iterations: 1, tolerance: 0 });
    const against = b.map((value, i) => other[i] - 2 * value);
    for (const [a, right] of [
      [dense, b],
      [spread, against],
      [dense, other],
      [dense, against],
    ] as const) {
      const { x } = solve(solver, right, a);
      const ax = new Float64Array(SIZE);
      a.apply(x, ax);
      expect(dot(right, x)).toBeGreaterThanOrEqual(0.5 * dot(x, ax) * (1 - 1e-12));
      expect(dot(right, x)).toBeGreaterThan(0);
    }
  });

  it("knows xᵀAx where a start from zero knows it", () => {
    const solver = warm({ iterations: 3, tolerance: 0 });
    solve(solver, b, dense);
    const { x, curvature } = solve(solver, mixed, dense);
    const ax = new Float64Array(SIZE);
    dense.apply(x, ax);
    if (curvature !== undefined) expect(curvature / dot(x, ax)).toBeCloseTo(1, 12);
    expect(curvature === undefined).toBe(solve(make({}), b, dense).curvature === undefined);
  });

  it("starts from zero after a failure, a solution of zero, and where the last had another size", () => {
    const solver = warm({ iterations: 4, tolerance: 0 });
    const cold = solve(make({ iterations: 4, tolerance: 0 }), mixed, dense);
    const indefinite = lift(diagonalMatrix(Array.from(b, (value) => value + 0.5)));
    const forgetting: (() => unknown)[] = [
      () => solve(solver, b, indefinite),
      () => solver.solve(lift([[2]]), 0, Float64Array.of(1), new Float64Array(1)),
    ];
    for (const forget of forgetting) {
      solve(solver, b, dense);
      expect(solve(solver, mixed, dense)).not.toEqual(cold);
      forget();
      expect(solve(solver, mixed, dense)).toEqual(cold);
    }
  });

  it("goes on from what was saved, bit for bit", () => {
    const [first, second] = [warm({ iterations: 3 }), warm({ iterations: 3 })];
    solve(first, b, dense);
    const saved = first.state?.save() ?? null;
    const expected = solve(first, mixed, dense);
    expect(solve(second, mixed, dense)).not.toEqual(expected);
    second.state?.restore(saved);
    expect(solve(second, mixed, dense)).toEqual(expected);
    second.state?.restore(saved);
    expect(solve(second, mixed, dense)).toEqual(expected);
  });

  it("saves null before the first solve, which restores a start from zero", () => {
    const solver = warm({ iterations: 3 });
    const nothing = solver.state?.save();
    expect(nothing).toBeNull();
    const cold = solve(solver, b, dense);
    solver.state?.restore(null);
    expect(solve(solver, b, dense)).toEqual(cold);
  });

  it("refuses to be restored from what it did not save", () => {
    expect(() => warm().state?.restore({ x: 1 })).toThrow(
      "a warm start must be restored from a vector or null, got object; give what its save returned",
    );
  });

  it("is off by default, without a state", () => {
    expect(make({})).not.toHaveProperty("state");
  });
});
