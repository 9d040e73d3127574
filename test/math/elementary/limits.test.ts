import { describe, expect, it } from "vitest";
import {
  cos,
  createRandom,
  exp,
  expm1,
  hypot,
  log,
  log1p,
  power,
  sin,
  tanh,
} from "../../../src/index.ts";
import { bits } from "../../support/close.ts";

/** f, x, f(x) */
const special: [(x: number) => number, number, number][] = [
  [exp, 0, 1],
  [exp, -0, 1],
  [exp, Infinity, Infinity],
  [exp, -Infinity, 0],
  [exp, 709.7827128933841, Infinity],
  [exp, -745.1332191019411, 5e-324],
  [exp, -745.1332191019412, 0],
  [expm1, 0, 0],
  [expm1, -0, -0],
  [expm1, 5e-324, 5e-324],
  [expm1, -1e-310, -1e-310],
  [expm1, Infinity, Infinity],
  [expm1, -Infinity, -1],
  [expm1, -800, -1],
  [expm1, 800, Infinity],
  [log, 1, 0],
  [log, 0, -Infinity],
  [log, -0, -Infinity],
  [log, Infinity, Infinity],
  [log, -1, NaN],
  [log, -Infinity, NaN],
  [log1p, 0, 0],
  [log1p, 1e-300, 1e-300],
  [log1p, -1, -Infinity],
  [log1p, -2, NaN],
  [log1p, Infinity, Infinity],
  [tanh, 0, 0],
  [tanh, -0, -0],
  [tanh, 5e-324, 5e-324],
  [tanh, 20, 1],
  [tanh, -1e300, -1],
  [tanh, Infinity, 1],
  [tanh, -Infinity, -1],
  [sin, 0, 0],
  [sin, -0, -0],
  [sin, 5e-324, 5e-324],
  [sin, Infinity, NaN],
  [sin, -Infinity, NaN],
  [cos, 0, 1],
  [cos, -0, 1],
  [cos, Infinity, NaN],
  [cos, -Infinity, NaN],
];

describe("at the ends of their ranges", () => {
  it.each(special)("%o of %d is %d", (f, x, expected) => {
    expect(f(x)).toBe(expected);
  });

  it.each([exp, expm1, log, tanh, sin, cos])("%o of NaN is NaN", (f) => {
    expect(f(NaN)).toBeNaN();
  });

  it("odd and even functions are so to the last bit", () => {
    const random = createRandom("symmetry");
    for (let i = 0; i < 20_000; i++) {
      const x = random.uniform(-30, 30);
      expect([tanh(-x), sin(-x), cos(-x)]).toEqual([-tanh(x), -sin(x), cos(x)]);
    }
  });
});

// Golden: bits that a run of any length depends on. They are those of the formulas and of no engine.
it("all give the bits recorded here, in every engine", () => {
  const random = createRandom("bits");
  const hashes = [exp, expm1, log, tanh, sin, cos].map((f) => {
    const values = Float64Array.from({ length: 10_000 }, () => {
      const x = random.uniform(-40, 40);
      return f(f === log ? Math.abs(x) : x);
    });
    let hash = 2166136261;
    for (const word of new Uint32Array(values.buffer))
      hash = Math.imul(hash ^ word, 16777619) >>> 0;
    return hash.toString(16);
  });
  expect(hashes).toEqual([
    ...["c35ce5fc", "7cf30eaf", "b7781a7f", "bb7b4002", "2704fb82", "6ac9cdb3"],
  ]);
  expect(bits(Float64Array.of(power(0.999, 1000), hypot(0.1, 0.7)))).toBe(
    "3fd788526411edac 3fe6a09e667f3bcd",
  );
});

it("log1p is within 8 units of the last place of what this engine computes", () => {
  const random = createRandom("log1p");
  for (let i = 0; i < 20_000; i++) {
    const size = power(10, random.uniform(-300, 0));
    for (const x of [size, -0.9 * size, random.uniform(-0.99, 50)]) {
      const theirs = Math.log1p(x);
      expect(Math.abs(log1p(x) - theirs)).toBeLessThanOrEqual(8 * 2 ** -53 * Math.abs(theirs));
    }
  }
});
