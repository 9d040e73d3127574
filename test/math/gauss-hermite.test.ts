import { describe, expect, it } from "vitest";
import { gaussHermite } from "../../src/math/gauss-hermite.ts";
import { expectClose } from "../support/close.ts";

describe("gaussHermite", () => {
  it("has the nodes and weights known in closed form for up to three points", () => {
    expectClose(gaussHermite(1).nodes, [0], 0);
    expectClose(gaussHermite(2).nodes, [-1, 1], 1e-14);
    expectClose(gaussHermite(2).weights, [1 / 2, 1 / 2], 1e-14);
    const { nodes, weights } = gaussHermite(3);
    expectClose([nodes[0], nodes[2]], [-Math.sqrt(3), Math.sqrt(3)], 1e-14);
    expect(Math.abs(nodes[1])).toBeLessThan(1e-15);
    expectClose(weights, [1 / 6, 2 / 3, 1 / 6], 1e-14);
  });

  it.each([1, 2, 3, 5, 8])("with %d points has the moments of N(0, 1) up to degree 2n − 1", (n) => {
    const { nodes, weights } = gaussHermite(n);
    // E[z^d] = (d − 1)!! for even d
    for (let d = 0, double = 1; d <= 2 * n - 1; d++) {
      if (d % 2 === 0 && d > 0) double *= d - 1;
      const moment = nodes.reduce((sum, z, k) => sum + weights[k] * z ** d, 0);
      const size = nodes.reduce((sum, z, k) => sum + weights[k] * Math.abs(z) ** d, 0);
      expect(Math.abs(moment - (d % 2 === 0 ? double : 0))).toBeLessThan(1e-12 * size + 1e-15);
    }
  });

  it("refuses no points", () => {
    expect(() => gaussHermite(0)).toThrow("gaussHermite: points must be a positive integer, got 0");
  });
});
