import { describe, expect, it } from "vitest";
import {
  directionChecks,
  endChecks,
  iterateChecks,
  newtonChecks,
  rosenbrockChecks,
} from "../../../scripts/reproduce/steepest-descent/checks.ts";
import {
  descend as descendQuadratic,
  listing,
  matrixOf,
  quadratics,
} from "../../../scripts/reproduce/steepest-descent/quadratic.ts";
import {
  descend,
  flowAt,
  residuals,
  rosenbrock,
  runs,
  valueAt,
} from "../../../scripts/reproduce/steepest-descent/rosenbrock.ts";
import { form } from "../../../scripts/reproduce/pointwise.ts";

describe("steepest descent on xᵀAx", () => {
  it.each([...endChecks(), ...iterateChecks(), ...newtonChecks(), ...directionChecks()])(
    "$quantity is $derived",
    ({ derived, ours, tolerance }) => {
      expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
    },
  );

  it("lowers f fourfold a step by the gradient and 6.25-fold in the metric A, for either A", () => {
    for (const one of quadratics) {
      const ratios = (["vanilla", "natural"] as const).map((method) => {
        const gamma = method === "vanilla" ? listing.vanilla : listing.mahalanobis;
        const [first, second] = descendQuadratic(one, method, gamma);
        return form(matrixOf(one), first) / form(matrixOf(one), second);
      });
      expect(ratios[0]).toBeCloseTo(4, 12);
      expect(ratios[1]).toBeCloseTo(6.25, 12);
    }
  });
});

describe("steepest descent on Rosenbrock's function", () => {
  it.each(rosenbrockChecks())("$quantity is $derived", ({ derived, ours, tolerance }) => {
    expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
  });

  it("has a flow that is straight over the residuals", () => {
    const start = residuals(...rosenbrock.start);
    for (const time of [0, 0.5, 2]) {
      const [u, v] = residuals(...flowAt(time));
      expect(u).toBeCloseTo(Math.exp(-time) * start[0], 12);
      expect(v).toBeCloseTo(Math.exp(-time) * start[1], 12);
    }
  });

  it("never rises with backtracking, and gets to the target", () => {
    const run = runs.find(({ key }) => key === "backtracking");
    const values = run === undefined ? [] : descend(run).map(([x, y]) => valueAt(x, y));
    expect(values.length).toBeGreaterThan(2);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values[values.length - 1]).toBeLessThanOrEqual(rosenbrock.target);
  });
});
