import { describe, expect, it } from "vitest";
import { numpyRandom } from "../../scripts/support/numpy-random.ts";

// Printed by numpy 2.4.6 as repr of np.random.rand and np.random.randn after np.random.seed(…).
describe("numpyRandom", () => {
  it("draws the uniform numbers of np.random.seed(0) bit for bit", () => {
    const { uniform } = numpyRandom(0);
    expect([uniform(), uniform()]).toEqual([0.5488135039273248, 0.7151893663724195]);
  });

  it("draws its normal numbers", () => {
    const { normal } = numpyRandom(0);
    const drawn = [normal(), normal(), normal()];
    [1.764052345967664, 0.4001572083672233, 0.9787379841057392].forEach((value, i) =>
      expect(drawn[i]).toBeCloseTo(value, 14),
    );
  });

  it("keeps on past its state of 624 numbers: the sum of 10 000", () => {
    const { uniform } = numpyRandom(12345);
    let sum = 0;
    for (let i = 0; i < 10_000; i++) sum += uniform();
    expect(sum).toBe(5031.220585307246);
  });

  it.each([-1, 0.5, 2 ** 32, NaN])("refuses the seed %s", (seed) => {
    expect(() => numpyRandom(seed)).toThrow(/seed must be an integer from 0 to 2\^32 - 1/);
  });
});
