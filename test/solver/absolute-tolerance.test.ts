import { expect, test } from "vitest";
import { conjugateGradient, diagonalOperator } from "../../src/index.ts";

const a = diagonalOperator(Float64Array.from({ length: 20 }, (_, i) => 1 + i));
const b = new Float64Array(20).fill(100);

test("conjugateGradient stops at the first residual below absoluteTolerance", () => {
  const x = new Float64Array(20);
  const options = { iterations: 100, tolerance: 0 };
  const stopped = conjugateGradient({ ...options, absoluteTolerance: 1 }).solve(a, 0, b, x);
  const residual = b.map((value, i) => value - (1 + i) * x[i]);
  expect(stopped.status).toBe("converged");
  expect(Math.hypot(...residual)).toBeLessThanOrEqual(1);
  const { iterations } = stopped;
  const earlier = conjugateGradient({ tolerance: 0, iterations: iterations - 1 }).solve(a, 0, b, x);
  expect(earlier.residual * Math.hypot(...b)).toBeGreaterThan(1);
});

test("conjugateGradient refuses a negative absoluteTolerance", () => {
  expect(() => conjugateGradient({ absoluteTolerance: -1 })).toThrow(
    new RangeError("conjugateGradient: absoluteTolerance must be at least 0, got -1"),
  );
});
