import { describe, expect, it } from "vitest";
import {
  categorical,
  createRandom,
  createRows,
  diagonalGaussian,
  type Distribution,
  product,
  rowsFrom,
} from "../../src/index.ts";

describe("product", () => {
  const mixed = product([categorical(2), diagonalGaussian(1)]);

  it("draws as its parts do one after the other", () => {
    const eta = rowsFrom([
      [0.3, -0.2, 1, -1],
      [2, 0, -4, 0.5],
    ]);
    const actions = createRows(2, 2);
    mixed.sample(eta, createRandom(3), actions);
    const random = createRandom(3);
    const [choices, numbers] = [createRows(2, 1), createRows(2, 1)];
    const first = rowsFrom([
      [0.3, -0.2],
      [2, 0],
    ]);
    const second = rowsFrom([
      [1, -1],
      [-4, 0.5],
    ]);
    categorical(2).sample(first, random, choices);
    diagonalGaussian(1).sample(second, random, numbers);
    expect([...actions.data]).toEqual([0, 1].flatMap((i) => [choices.data[i], numbers.data[i]]));
  });

  it("finds the first invalid number in the order of η, whichever part it is of", () => {
    const invalid = (rows: number[][]) => mixed.firstInvalid?.(rowsFrom(rows));
    expect(invalid([[0, -Infinity, 1, 1]])).toBe(-1);
    expect(
      invalid([
        [0, 0, 1, NaN],
        [NaN, 0, 1, 1],
      ]),
    ).toBe(3);
    expect(
      invalid([
        [0, 0, 1, 1],
        [-Infinity, -Infinity, -Infinity, 1],
      ]),
    ).toBe(4);
  });

  it("has a factor and a quadrature only where every part has one", () => {
    const { factor, quadrature, ...bare } = categorical(2);
    expect([factor, quadrature].includes(undefined)).toBe(false);
    const lacking: Distribution = product([categorical(2), bare]);
    expect([lacking.factor, lacking.quadrature]).toEqual([undefined, undefined]);
  });

  it("of one part is that part", () => {
    const alone = product([categorical(3)]);
    const [p, q] = [rowsFrom([[1, 2, -1]]), rowsFrom([[0, 0.5, 0]])];
    const [ours, theirs] = [new Float64Array(1), new Float64Array(1)];
    alone.kl(p, q, ours);
    categorical(3).kl(p, q, theirs);
    expect(ours).toEqual(theirs);
  });

  it("refuses no parts", () => {
    expect(() => product([])).toThrow("product: distributions must hold one or more, got none");
  });
});
