import { describe, expect, it } from "vitest";
import { type GroundTruth, type Policy } from "../../src/index.ts";
import { finiteHorizonOptimum, lqrReference, optimum } from "../../envs/index.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf } from "../support/finite-differences.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";

const reference = lqrReference(plane);

function truthOf(policy: Policy, discount: number, horizon?: number): GroundTruth {
  const truth = reference(policy, discount, horizon);
  if (truth === undefined) throw new Error("no ground truth");
  return truth;
}

describe.each([
  ["without a bias", undefined],
  ["with a bias", [0.2, -0.1]],
])("the reference of a finite horizon, for a policy %s", (_, bias) => {
  const policy = policyOf(planePolicy, bias);

  it.each([
    [0.9, 5],
    [1, 4],
  ])("has ∇J as its gradient, γ = %d and T = %d", (discount, horizon) => {
    const J = (theta: Float64Array): number =>
      truthOf({ ...policy, theta }, discount, horizon).return;
    const expected = gradientOf(J, policy.theta);
    expectClose(truthOf(policy, discount, horizon).gradient, expected, 1e-6);
  });

  it("has F over the same θ, which takes the natural gradient to ∇J", () => {
    for (const truth of [truthOf(policy, 0.9, 5), truthOf(policy, 0.9)]) {
      const product = truth.fisher?.map((row) =>
        row.reduce((sum, value, k) => sum + value * truth.naturalGradient[k], 0),
      );
      expectClose(product ?? [], truth.gradient, 1e-10);
    }
  });

  it("tends to that of returns without end", () => {
    const [long, endless] = [truthOf(policy, 0.8, 200), truthOf(policy, 0.8)];
    expectClose([long.return, long.optimalReturn], [endless.return, endless.optimalReturn], 1e-12);
    expectClose(long.gradient, endless.gradient, 1e-10);
    expectClose(long.naturalGradient, endless.naturalGradient, 1e-10);
  });
});

describe("the optimum of a finite horizon", () => {
  it("of one step costs what the start costs, since no action pays", () => {
    // −tr Q(S₀ + m₀m₀ᵀ)
    const second = [
      [0.3 + 0.49, 0.1 - 0.28],
      [0.1 - 0.28, 0.2 + 0.16],
    ];
    const cost = second[0][0] + 2 * 0.2 * second[0][1] + 0.5 * second[1][1];
    expectClose([finiteHorizonOptimum(plane, 0.9, 1)], [-cost], 1e-14);
  });

  it("is above the return of the best gain without end, over the same steps", () => {
    const { K } = optimum(plane, 0.9);
    const best = policyOf({ K, sigma: [1e-8, 1e-8] });
    const { return: J, optimalReturn } = truthOf(best, 0.9, 6);
    expect(optimalReturn).toBe(finiteHorizonOptimum(plane, 0.9, 6));
    expect(optimalReturn - J).toBeGreaterThan(1e-4);
    expect(optimalReturn - J).toBeLessThan(0.1);
  });
});
