import { describe, expect, test } from "vitest";
import { categorical, createRandom, createRows, type Random, rowsFrom } from "../../src/index.ts";

/** Logits whose differences overflow exp, or are lost in its underflow. */
const HUGE = [
  [1e300, -1e300, 0],
  [800, -800, 799],
  [-1e308, 1e308, 1e308],
  [0, -745, -1e5],
];

describe("categorical", () => {
  test("nothing is NaN for huge logits", () => {
    const distribution = categorical(3);
    const eta = rowsFrom(HUGE);
    const flipped = rowsFrom([...HUGE].reverse());
    const out = new Float64Array(4);
    const rows = createRows(4, 3);
    const check = (values: Float64Array) => {
      expect(Array.from(values).filter(Number.isNaN)).toEqual([]);
    };
    for (const a of [0, 1, 2]) {
      const actions = rowsFrom([[a], [a], [a], [a]]);
      distribution.logProb(eta, actions, out);
      check(out);
      distribution.score(eta, actions, rows);
      check(rows.data);
    }
    distribution.applyFisher(eta, rowsFrom(new Array(4).fill([1, 2, 3])), rows);
    check(rows.data);
    for (const c of [0, 1]) {
      distribution.factor?.column(eta, c, rows);
      check(rows.data);
    }
    distribution.kl(eta, flipped, out);
    check(out);
    distribution.kl(eta, eta, out);
    expect(Array.from(out)).toEqual([0, 0, 0, 0]);
    distribution.entropy(eta, out);
    check(out);
    expect(out[2]).toBeCloseTo(Math.LN2, 15);
  });

  test("KL is infinite where q excludes what p allows, in the range of doubles", () => {
    const out = new Float64Array(1);
    categorical(2).kl(rowsFrom([[0, 0]]), rowsFrom([[1e308, -1e308]]), out);
    expect(out[0]).toBe(Infinity);
  });

  test("a logit of −∞ rules a choice out exactly, and all else is as without the choice", () => {
    const [three, two] = [categorical(3), categorical(2)];
    const [eta, without] = [rowsFrom([[1, -Infinity, -2]]), rowsFrom([[1, -2]])];
    const [q, qWithout] = [rowsFrom([[0.5, -Infinity, 3]]), rowsFrom([[0.5, 3]])];
    const numberOf = (fill: (out: Float64Array) => void) => {
      const out = new Float64Array(1);
      fill(out);
      return out[0];
    };
    const [first, ruledOut, last] = [0, 1, 2].map((a) => rowsFrom([[a]]));
    expect(numberOf((out) => three.logProb(eta, ruledOut, out))).toBe(-Infinity);
    expect(numberOf((out) => three.logProb(eta, last, out))).toBe(
      numberOf((out) => two.logProb(without, rowsFrom([[1]]), out)),
    );
    expect(numberOf((out) => three.entropy(eta, out))).toBe(
      numberOf((out) => two.entropy(without, out)),
    );
    expect(numberOf((out) => three.kl(eta, q, out))).toBe(
      numberOf((out) => two.kl(without, qWithout, out)),
    );
    expect(numberOf((out) => three.kl(rowsFrom([[1, 0, 0]]), eta, out))).toBe(Infinity);
    expect(numberOf((out) => three.kl(eta, rowsFrom([[1, 0, 0]]), out))).toBeGreaterThan(0);

    const rows = createRows(1, 3);
    three.score(eta, first, rows);
    expect(Math.abs(rows.data[1])).toBe(0);
    three.applyFisher(eta, rowsFrom([[1, 1e9, 2]]), rows);
    expect(Math.abs(rows.data[1])).toBe(0);
    const product = createRows(1, 2);
    two.applyFisher(without, rowsFrom([[1, 2]]), product);
    expect([rows.data[0], rows.data[2]]).toEqual(Array.from(product.data));
    const actions = createRows(1, 1);
    three.mode(rowsFrom([[-Infinity, -Infinity, -1e308]]), actions);
    expect(actions.data[0]).toBe(2);
    const random = createRandom("choices");
    for (let draw = 0; draw < 500; draw++) {
      three.sample(eta, random, actions);
      expect(actions.data[0]).not.toBe(1);
    }
  });

  test.each<[number[], number]>([
    [[0, -Infinity, 5], -1],
    [[-Infinity, -Infinity, 0], -1],
    [[0, NaN, 0], 1],
    [[0, -Infinity, Infinity], 2],
    [[-Infinity, -Infinity, -Infinity], 0],
  ])("of the logits %j the first that is none has index %i", (logits, index) => {
    expect(categorical(3).firstInvalid?.(rowsFrom([logits]))).toBe(index);
    const second = categorical(3).firstInvalid?.(rowsFrom([[1, 2, 3], logits]));
    expect(second).toBe(index < 0 ? -1 : 3 + index);
  });

  test("a constant added to the logits changes nothing", () => {
    const distribution = categorical(3);
    const [eta, shifted] = [rowsFrom([[1, 2, 3]]), rowsFrom([[1001, 1002, 1003]])];
    const out = new Float64Array(1);
    distribution.kl(eta, shifted, out);
    expect(out[0]).toBe(0);
    const constant = rowsFrom([[5, 5, 5]]);
    distribution.applyFisher(eta, constant, constant);
    for (const x of constant.data) expect(Math.abs(x)).toBeLessThan(1e-15);
  });

  test("sampling inverts the distribution function of one uniform number", () => {
    const distribution = categorical(4);
    // p = 0, ½, ¼, ¼
    const eta = rowsFrom([[-1e9, Math.log(2), 0, 0]]);
    const choiceAt = (u: number) => {
      const fixed: Random = { ...createRandom(0), uniform: () => u };
      const actions = createRows(1, 1);
      distribution.sample(eta, fixed, actions);
      return actions.data[0];
    };
    const largest = 1 - 2 ** -53;
    expect([0, 0.49, 0.51, 0.74, 0.76, largest].map(choiceAt)).toEqual([1, 1, 2, 2, 3, 3]);
  });

  test("a choice of probability zero is not sampled, not even by rounding", () => {
    const last: Random = { ...createRandom(0), uniform: () => 1 };
    const actions = createRows(1, 1);
    categorical(4).sample(rowsFrom([[0, 0, 0, -1e9]]), last, actions);
    expect(actions.data[0]).toBe(2);
  });

  test("the mode is the first of the largest logits", () => {
    const actions = createRows(2, 1);
    categorical(3).mode(
      rowsFrom([
        [1, 4, 4],
        [0, 0, 0],
      ]),
      actions,
    );
    expect(Array.from(actions.data)).toEqual([1, 0]);
  });

  test.each([-1, 3, 0.5, NaN])("refuses the action %d of three choices", (action) => {
    const eta = rowsFrom([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    const actions = rowsFrom([[action], [0]]);
    const message = `categorical: actions must be integers from 0 to 2, got ${action} in row 0`;
    const refusal = new RangeError(message);
    const distribution = categorical(3);
    expect(() => distribution.logProb(eta, actions, new Float64Array(2))).toThrow(refusal);
    expect(() => distribution.score(eta, actions, createRows(2, 3))).toThrow(refusal);
  });

  test.each([0, -1, 2.5, NaN])("refuses %d choices", (count) => {
    expect(() => categorical(count)).toThrow(
      new RangeError(`categorical: count must be a positive integer, got ${count}`),
    );
  });
});
