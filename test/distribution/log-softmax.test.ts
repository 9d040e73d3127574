import { describe, expect, it } from "vitest";
import { createRandom, createRows, logSumExp, type Rows, rowsFrom } from "../../src/index.ts";
import { createLogSoftmax, exponentials } from "../../src/distribution/log-softmax.ts";
import { exp } from "../../src/math/elementary.ts";
import { lengthsOfTypedArraysMade } from "../support/allocations.ts";

/** Logits of very different sizes. */
function logits(count: number, width: number): Rows {
  const random = createRandom("logits");
  const rows = createRows(count, width);
  for (let i = 0; i < rows.data.length; i++) rows.data[i] = random.normal() * 10 ** (i % 4);
  return rows;
}

describe("rows of log softmax", () => {
  it.each([
    [1, 1],
    [5, 2],
    [40, 7],
  ])("of %i × %i logits are η − max η − log Σ exp(η − max η), bit for bit", (count, width) => {
    const eta = logits(count, width);
    const logP = createLogSoftmax()(eta);
    for (let i = 0; i < count; i++) {
      const top = Math.max(...eta.data.subarray(i * width, (i + 1) * width));
      const logTotal = logSumExp(eta.data, i * width, width, top);
      for (let k = i * width; k < (i + 1) * width; k++) {
        expect(logP[k]).toBe(eta.data[k] - top - logTotal);
      }
    }
  });

  it("rule out a logit of −∞ alone, and make a row of nothing else NaN", () => {
    const logP = createLogSoftmax()(
      rowsFrom([
        [0, -Infinity],
        [-Infinity, -Infinity],
      ]),
    );
    expect(Array.from(logP)).toEqual([0, -Infinity, NaN, NaN]);
  });

  it("take storage for the most rows so far, and none for fewer", () => {
    const logSoftmax = createLogSoftmax();
    const made = (count: number) =>
      lengthsOfTypedArraysMade(() => void logSoftmax({ ...many, count }));
    const many = logits(8, 3);
    expect(made(8)).toEqual([24, 8]);
    expect(made(8)).toEqual([]);
    expect(made(1)).toEqual([]);
  });
});

describe("exponentials", () => {
  it("are of the leading numbers only, in place if asked", () => {
    const x = Float64Array.of(0, 1, -2, 5);
    exponentials(x, 3, x);
    expect(Array.from(x)).toEqual([1, exp(1), exp(-2), 5]);
  });
});
