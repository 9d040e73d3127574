import { describe, expect, it } from "vitest";
import {
  type AdvantageEstimator,
  type Baseline,
  type Batch,
  gae,
  rewardsToGo,
  standardised,
  zero,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { batchOf } from "../support/batches.ts";

/** V(o) = 10 o. */
const tenfold: Baseline = {
  predict: ({ count, data }, out) => {
    for (let i = 0; i < count; i++) out[i] = 10 * data[i];
  },
  fit: () => undefined,
};
const estimate = (
  estimator: AdvantageEstimator,
  batch: Batch,
  baseline: Baseline,
): { advantages: number[]; returns: number[] } => {
  const [advantages, returns] = [0, 1].map(() => new Float64Array(batch.rewards.length).fill(NaN));
  estimator.estimate(batch, baseline, advantages, returns);
  return { advantages: [...advantages], returns: [...returns] };
};

/** Terminated, then truncated: V(oₜ) = 10, 20, 30 | 40, 50, and V after the last is 60. */
const batch = batchOf([
  { rewards: [1, 2, 4], ending: "terminated", observations: [1, 2, 3], last: 99 },
  { rewards: [8, 16], ending: "truncated", observations: [4, 5], last: 6 },
]);

describe("rewardsToGo", () => {
  it("sums discounted rewards to the end of each episode", () => {
    const { advantages, returns } = estimate(rewardsToGo({ discount: 0.5 }), batch, zero());
    expect(returns).toEqual([1 + 1 + 1, 2 + 2, 4, 8 + 8, 16]);
    expect(advantages).toEqual(returns);
  });

  it("bootstraps from V(o_last), not V(o_t), after truncation, and from nothing after termination", () => {
    const { advantages, returns } = estimate(rewardsToGo({ discount: 0.5 }), batch, tenfold);
    expect(returns).toEqual([3, 4, 4, 8 + 8 + 15, 16 + 30]);
    expect(advantages).toEqual([3 - 10, 4 - 20, 4 - 30, 31 - 40, 46 - 50]);
  });

  it("without discount adds whole rewards, with γ = 0 only the next", () => {
    expect(estimate(rewardsToGo({ discount: 1 }), batch, zero()).returns).toEqual([
      7, 6, 4, 24, 16,
    ]);
    expect(estimate(rewardsToGo({ discount: 0 }), batch, tenfold).returns).toEqual([
      1, 2, 4, 8, 16,
    ]);
  });
});

describe("gae", () => {
  it("runs Ât = δt + γλ Ât₊₁ backwards through each episode", () => {
    // γ = ½: δ = 1 + 10 − 10, 2 + 15 − 20, 4 + 0 − 30 | 8 + 25 − 40, 16 + 30 − 50; γλ = ¼.
    const { advantages, returns } = estimate(gae({ discount: 0.5, lambda: 0.5 }), batch, tenfold);
    const [a2, b1] = [-26, -4];
    const [a1, b0] = [-3 + a2 / 4, -7 + b1 / 4];
    const a0 = 1 + a1 / 4;
    expect(advantages).toEqual([a0, a1, a2, b0, b1]);
    expect(returns).toEqual([a0 + 10, a1 + 20, a2 + 30, b0 + 40, b1 + 50]);
  });

  it("with λ = 0 is the one-step error δ", () => {
    const { advantages } = estimate(gae({ discount: 0.5, lambda: 0 }), batch, tenfold);
    expect(advantages).toEqual([1, -3, -26, -7, -4]);
  });

  it.each([0, 0.3, 0.99, 1])("with λ = 1 is rewardsToGo, γ = %d", (discount) => {
    for (const baseline of [zero(), tenfold]) {
      const [one, other] = [gae({ discount, lambda: 1 }), rewardsToGo({ discount })].map(
        (estimator) => estimate(estimator, batch, baseline),
      );
      expectClose(one.advantages, other.advantages, 1e-13);
      expectClose(one.returns, other.returns, 1e-13);
    }
  });

  it("gives the same to an episode whatever stands before and after it", () => {
    const estimator = gae({ discount: 0.9, lambda: 0.8 });
    const alone = batchOf([
      { rewards: [8, 16], ending: "truncated", observations: [4, 5], last: 6 },
    ]);
    const together = estimate(estimator, batch, tenfold).advantages;
    expect(estimate(estimator, alone, tenfold).advantages).toEqual(together.slice(3));
    expect(estimate(estimator, batch, tenfold).advantages).toEqual(together);
  });
});

describe.each<[string, (discount: number) => AdvantageEstimator]>([
  ["rewardsToGo", (discount) => rewardsToGo({ discount })],
  ["gae", (discount) => gae({ discount, lambda: 0.9 })],
])("%s", (name, make) => {
  it("says its discount", () => {
    expect(make(0.97).discount).toBe(0.97);
  });

  it.each([-0.1, 1.5, NaN])("refuses a discount of %d", (discount) => {
    expect(() => make(discount)).toThrow(
      new RangeError(`${name}: discount must lie in [0, 1], got ${String(discount)}`),
    );
  });
});

describe("the options of gae", () => {
  it.each([-0.1, 1.5, NaN])("refuse λ = %d", (lambda) => {
    expect(() => gae({ discount: 0.9, lambda })).toThrow(
      `gae: lambda must lie in [0, 1], got ${String(lambda)}`,
    );
  });
});

describe("standardised", () => {
  const estimator = standardised(rewardsToGo({ discount: 0.5 }));

  it("subtracts the mean and divides by the sample standard deviation", () => {
    const { advantages } = estimate(estimator, batch, zero());
    // 3, 4, 4, 16, 16 have mean 8.6 and sum of squares about it 183.2.
    const deviation = Math.sqrt(183.2 / 4);
    expectClose(
      advantages,
      [3, 4, 4, 16, 16].map((value) => (value - 8.6) / deviation),
      1e-14,
    );
  });

  it("leaves the returns, to which a baseline is fitted, as they are", () => {
    expect(estimate(estimator, batch, zero()).returns).toEqual([3, 4, 4, 16, 16]);
  });

  it("does not depend on the scale or the offset of the rewards", () => {
    const myopic = standardised(rewardsToGo({ discount: 0 }));
    const scaled = { ...batch, rewards: batch.rewards.map((r) => 1000 * r - 3) };
    expectClose(
      estimate(myopic, scaled, zero()).advantages,
      estimate(myopic, batch, zero()).advantages,
      1e-12,
    );
  });

  it("turns equal advantages into zeros", () => {
    const equal = batchOf([
      { rewards: [3], ending: "terminated" },
      { rewards: [3], ending: "terminated" },
    ]);
    expect(estimate(estimator, equal, zero()).advantages).toEqual([0, 0]);
  });

  it("has the discount of what it standardises", () => {
    expect(estimator.discount).toBe(0.5);
  });
});
