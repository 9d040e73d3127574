import { describe, expect, it } from "vitest";
import { cholesky } from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { denseOperator, gram, hilbert, referee } from "../../src/verify/systems.ts";

describe("cholesky", () => {
  it("takes no iterations and leaves a residual of rounding", () => {
    const [b, x] = [Float64Array.of(1, 2, 3, 4, 5, 6), new Float64Array(6)];
    const report = cholesky().solve(denseOperator(hilbert(6)), 0, b, x);
    expect(report).toMatchObject({ status: "converged", iterations: 0 });
    expect(report.residual).toBeLessThan(1e-8);
  });

  it("takes an operator that is symmetric to rounding only", () => {
    const matrix = gram(4, 4, 1, "symmetric");
    const crooked = matrix.map((row, i) =>
      row.map((entry, j) => (i < j ? entry * (1 + 1e-15) : entry)),
    );
    const [b, x] = [Float64Array.of(1, 2, 3, 4), new Float64Array(4)];
    expect(cholesky().solve(denseOperator(crooked), 0.5, b, x).status).toBe("converged");
    expectClose(x, referee({ name: "", matrix, b: [...b], damping: 0.5 }), 1e-12);
  });

  it("answers zero where it fails, whatever was in x", () => {
    const x = Float64Array.of(7, 7);
    const a = denseOperator([
      [1, 2],
      [2, 1],
    ]);
    const report = cholesky().solve(a, 0, Float64Array.of(1, 1), x);
    expect(report).toEqual({ status: "not-positive-definite", iterations: 0, residual: 1 });
    expect([...x]).toEqual([0, 0]);
  });
});
