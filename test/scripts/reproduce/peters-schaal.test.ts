import { describe, expect, it } from "vitest";
import { scalarChecks, tableChecks } from "../../../scripts/reproduce/peters-schaal/checks.ts";
import { ascend, exactMethods } from "../../../scripts/reproduce/peters-schaal/exact-ascent.ts";
import { compareSampled } from "../../../scripts/reproduce/peters-schaal/sampled.ts";
import { unitDeviation, unitPaths } from "../../../scripts/reproduce/peters-schaal/units.ts";
import { runInWorkers } from "../../../scripts/support/worker-pool.ts";

describe("the exact part of the Peters & Schaal comparison", () => {
  it.each(scalarChecks())("gives $quantity as derived, $derived", ({ derived, ours }) => {
    expect(Math.abs(ours - derived)).toBeLessThan(1e-5);
  });

  // Half a unit of the last digit that each derived table holds.
  const digits: Record<string, number> = {
    "return J over (k, σ)": 5e-6,
    "vanilla gradient at the 20 points": 5.1e-6,
    "natural gradient at the 20 points": 5.1e-7,
    "directions of both": 0.05,
  };
  it.each(tableChecks())("agrees with the derived $quantity to its digits", (check) => {
    expect(check.values).toBeGreaterThan(20);
    expect(check.largestDifference).toBeLessThan(digits[check.quantity]);
  });

  it("finds the optimum of the published figure at k* = −0.91, to its two digits", () => {
    const [, check] = scalarChecks();
    expect(check.published).toContain("−0.91");
    expect(check.ours).toBeCloseTo(-0.91, 2);
  });
});

describe("ascent by exact gradients", () => {
  const outcome = (id: string, size: number): string => {
    const method = exactMethods.find((one) => one.id === id);
    if (method === undefined) throw new Error(`no method ${id}`);
    return ascend(method, size).outcome;
  };

  it("works for vanilla only between crawling and divergence", () => {
    expect([0.01, 0.05, 0.1].map((size) => outcome("vanilla", size))).toEqual([
      "budget",
      "reached",
      "diverged",
    ]);
  });

  it("works for TRPO over four decades of δ", () => {
    expect([0.001, 0.01, 0.1, 1, 10].map((size) => outcome("trpo", size))).toEqual(
      new Array<string>(5).fill("reached"),
    );
  });
});

describe("training in metres, centimetres and kilometres", () => {
  const paths = unitPaths();

  it.each(["natural", "trpo"] as const)("takes %s along one path, to rounding", (method) => {
    expect(unitDeviation(paths, method)).toBeLessThan(1e-10);
  });

  it("takes vanilla along three, one of which diverges", () => {
    expect(unitDeviation(paths, "vanilla")).toBe(Infinity);
  });
});

describe("the sampled comparison", () => {
  const plan = {
    grid: [0.03, 0.3],
    tuningSeeds: [1001, 1002],
    seeds: [1, 2],
    updates: 60,
    stopBelow: 1e-6,
  };

  it("gives the same bits for one worker and for two", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((workers) =>
        compareSampled(plan, (url, tasks) => runInWorkers(url, tasks, { workers })),
      ),
    );
    const numbers = ({ tuning, best, curves, environmentSteps }: typeof one): unknown => ({
      tuning,
      best,
      curves,
      environmentSteps,
    });
    expect(numbers(two)).toEqual(numbers(one));
    expect(one.best.map(({ times }) => times[0].failures)).toEqual([2, 0, 0]);
  });

  it("stops handing out runs when it is aborted", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(
      compareSampled(plan, (url, tasks) => runInWorkers(url, tasks, { workers: 2, signal })),
    ).rejects.toThrow("enough");
  });
});
