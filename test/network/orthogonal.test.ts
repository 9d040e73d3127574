import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/index.ts";
import { fillOrthogonal } from "../../src/network/orthogonal.ts";

/** Gram-Schmidt as it is written down: row after row, twice against all rows before it. */
function oneRowAfterTheOther(count: number, width: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const rows: number[][] = [];
  for (let a = 0; a < count; a++) {
    const x = Array.from({ length: width }, () => random.normal());
    for (const q of [...rows, ...rows]) {
      const along = x.reduce((sum, value, j) => sum + value * q[j], 0);
      q.forEach((value, j) => (x[j] -= along * value));
    }
    const length = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
    rows.push(x.map((value) => value / length));
  }
  return Float64Array.from(rows.flat());
}

describe("orthogonal weights", () => {
  test.each([
    [1, 1],
    [1, 5],
    [2, 2],
    [7, 12],
    [40, 40],
  ])("of %i × %i are Gram-Schmidt's, bit for bit", (outputs, inputs) => {
    const theta = new Float64Array(outputs * inputs);
    const layer = { offset: 0, inputs, outputs, bias: false };
    fillOrthogonal(layer, 1, createRandom(3), theta);
    expect(theta).toEqual(oneRowAfterTheOther(outputs, inputs, 3));
  });

  test("of more outputs than inputs are the transpose", () => {
    const theta = new Float64Array(12 * 7);
    fillOrthogonal({ offset: 0, inputs: 7, outputs: 12, bias: false }, 2, createRandom(3), theta);
    const rows = oneRowAfterTheOther(7, 12, 3);
    theta.forEach((value, i) => {
      expect(value).toBe(2 * rows[(i % 7) * 12 + Math.floor(i / 7)]);
    });
  });
});
