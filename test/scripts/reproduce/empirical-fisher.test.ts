import { describe, expect, it } from "vitest";
import {
  checks,
  fieldDistortion,
} from "../../../scripts/reproduce/empirical-fisher/comparisons.ts";
import { flowNames } from "../../../scripts/reproduce/empirical-fisher/field.ts";
import { distance, integration, run } from "../../../scripts/reproduce/empirical-fisher/flow.ts";
import {
  createProblem,
  optimumOf,
  settings,
  starts,
} from "../../../scripts/reproduce/empirical-fisher/problem.ts";
import {
  expectedDistance,
  fisherDistances,
} from "../../../scripts/reproduce/empirical-fisher/sampled.ts";

const problem = createProblem();
const optimum = optimumOf(problem);
const expected = expectedDistance(problem);
const distances = [...starts, optimum].map((at) => fisherDistances(problem, at, 200));
const flows = flowNames.flatMap((flow) =>
  starts.map((start) => run({ flow, start, points: integration.early + 1 })),
);

describe("the problem of Kunstner et al.", () => {
  const all = checks({
    ...{ optimum, flows, distances, expected },
    distortion: fieldDistortion(problem),
  });

  it.each(all)("gives $quantity as derived, $derived", ({ derived, ours, tolerance }) => {
    expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
  });

  it("has derived values for the optimum, both parts of four empirical flows, lines, fields and matrices", () => {
    expect(all).toHaveLength(2 + 4 * 2 + 4 + 4 + 6);
  });
});

describe("the flows", () => {
  it("close the distance by (1 − step)ᵏ along a straight line with the exact Fisher matrix", () => {
    for (const { flow, start, early } of flows) {
      if (flow !== "natural") continue;
      const left = (1 - integration.step) ** integration.early;
      // the damping turns and slows it by at most λ over the least eigenvalue, which the prior bounds
      const bound = settings.damping * settings.priorVariance * settings.rows;
      const away = distance(start, optimum);
      early.forEach((value, k) => {
        const exact = optimum[k] + left * (start[k] - optimum[k]);
        expect(Math.abs(value - exact)).toBeLessThan(bound * away);
      });
    }
  });

  it("take the derived detour by the plain gradient, over all steps", () => {
    const { points } = integration;
    const whole = run({ flow: "gradient", start: starts[0], points });
    const [, , detour] = checks({
      ...{ optimum, flows: [whole], distances: [], expected, distortion: fieldDistortion(problem) },
    });
    expect(detour.quantity).toContain("path over straight way");
    expect(Math.abs(detour.ours - detour.derived)).toBeLessThanOrEqual(detour.tolerance);
  });
});

describe("the sum of squared scores", () => {
  it("estimates the Fisher matrix with labels that the model draws, at every θ", () => {
    for (const { sampled } of distances) {
      expect(sampled / expected).toBeGreaterThan(0.5);
      expect(sampled / expected).toBeLessThan(2);
    }
  });

  it("does not with the labels of the data, but at the optimum of a true model", () => {
    const away = distances.slice(0, starts.length).map(({ labels }) => labels);
    expect(Math.min(...away)).toBeGreaterThan(10 * expected);
    expect(distances[starts.length].labels).toBeLessThan(2 * expected);
  });
});
