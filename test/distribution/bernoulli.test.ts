import { describe, expect, it } from "vitest";
import { bernoulli, categorical, rowsFrom } from "../../src/index.ts";

const each = (use: (out: Float64Array) => void, count: number): Float64Array => {
  const out = new Float64Array(count);
  use(out);
  return out;
};

describe("bernoulli", () => {
  const distribution = bernoulli(1);

  it("keeps every digit of improbable labels", () => {
    const eta = rowsFrom([[800], [-800], [40]]);
    const labels = rowsFrom([[0], [1], [0]]);
    const logs = each((out) => distribution.logProb(eta, labels, out), 3);
    expect([...logs]).toEqual([-800, -800, -40]);
    const scores = { count: 3, width: 1, data: new Float64Array(3) };
    distribution.score(eta, labels, scores);
    expect([...scores.data]).toEqual([-1, 1, -1]);
    expect(each((out) => distribution.entropy(eta, out), 3)[2]).toBeCloseTo(41 * Math.exp(-40), 30);
  });

  it("is categorical(2) with the logits (0, η)", () => {
    const [eta, other] = [
      [[0.3], [-2], [5]],
      [[1.3], [2], [-5]],
    ];
    const logits = (rows: number[][]) => rowsFrom(rows.map(([x]) => [0, x]));
    const labels = rowsFrom([[1], [0], [1]]);
    const two = categorical(2);
    const ours = each((out) => distribution.logProb(rowsFrom(eta), labels, out), 3);
    const theirs = each((out) => two.logProb(logits(eta), labels, out), 3);
    ours.forEach((value, i) => expect(value).toBeCloseTo(theirs[i], 14));
    const kl = each((out) => distribution.kl(rowsFrom(eta), rowsFrom(other), out), 3);
    const klOfTwo = each((out) => two.kl(logits(eta), logits(other), out), 3);
    kl.forEach((value, i) => expect(value).toBeCloseTo(klOfTwo[i], 13));
  });

  it("refuses labels other than 0 and 1", () => {
    const [eta, labels] = [rowsFrom([[0], [0]]), rowsFrom([[1], [2]])];
    const out = new Float64Array(2);
    expect(() => distribution.logProb(eta, labels, out)).toThrow(
      "bernoulli: actions must be 0 or 1, got 2 in row 1",
    );
    expect(() => distribution.score(eta, labels, eta)).toThrow(/got 2 in row 1/);
    expect(() => bernoulli(0)).toThrow("bernoulli: size must be a positive integer, got 0");
  });
});
