import { describe, expect, it } from "vitest";
import { discountedStates, uniformStates } from "../../src/index.ts";
import { batchOf } from "../support/batches.ts";
import { expectClose } from "../support/close.ts";

const batch = batchOf([
  { rewards: [0, 0, 0], ending: "terminated" },
  { rewards: [0, 0], ending: "truncated", elapsed: 2 },
]);
const weightsOf = (weighting: ReturnType<typeof uniformStates>): number[] => {
  const weights = new Float64Array(5).fill(NaN);
  weighting(batch, weights);
  return [...weights];
};

describe("the weights of the steps", () => {
  it("are all 1/N for states as visited", () => {
    expect(weightsOf(uniformStates())).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
  });

  it("are ∝ γᵗ for discounted states, t counted from the start of the episode, in earlier batches too", () => {
    const sum = 1 + 0.5 + 0.25 + 0.25 + 0.125;
    expectClose(
      weightsOf(discountedStates(0.5)),
      [1, 0.5, 0.25, 0.25, 0.125].map((weight) => weight / sum),
      1e-15,
    );
  });

  it("sum to one, and agree for γ = 1", () => {
    const discounted = weightsOf(discountedStates(0.9));
    expect(discounted.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 15);
    expectClose(weightsOf(discountedStates(1)), weightsOf(uniformStates()), 1e-15);
  });
});
