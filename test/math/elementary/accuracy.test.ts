import { describe, expect, it } from "vitest";
import { cos, createRandom, exp, expm1, log, type Random, sin, tanh } from "../../../src/index.ts";
import * as exact from "../../support/high-precision.ts";

type Sampler = (random: Random) => number;

const between =
  (low: number, high: number): Sampler =>
  (random) =>
    random.uniform(low, high);
/** ±10ᵘ, u ~ U[low, high). */
const sized =
  (low: number, high: number): Sampler =>
  (random) =>
    (random.uniform(-1, 1) < 0 ? -1 : 1) * 10 ** random.uniform(low, high);
const positive =
  (sampler: Sampler): Sampler =>
  (random) =>
    Math.abs(sampler(random));
/** Numbers next to multiples of π/2, where digits cancel. */
const nearQuarterTurns =
  (most: number): Sampler =>
  (random) =>
    Math.floor(random.uniform(-most, most)) * (Math.PI / 2) * (1 + random.uniform(-1, 1) * 1e-12);

interface Case {
  readonly name: string;
  readonly ours: (x: number) => number;
  readonly engines: (x: number) => number;
  readonly reference: (x: number) => exact.Exact;
  /** The largest error that the documentation admits, in units of the last place. */
  readonly most: number;
  readonly ranges: readonly Sampler[];
}

const angles = [
  between(-0.79, 0.79),
  between(-7, 7),
  between(-2e6, 2e6),
  sized(-300, 0),
  sized(6, 308),
  nearQuarterTurns(8),
  nearQuarterTurns(1e6),
];

const cases: readonly Case[] = [
  {
    name: "exp",
    ours: exp,
    engines: Math.exp,
    reference: exact.exp,
    most: 1,
    ranges: [
      between(-0.4, 0.4),
      between(-20, 5),
      between(-745, 709.7),
      between(-745.1, -708),
      between(709, 709.78),
    ],
  },
  {
    name: "expm1",
    ours: expm1,
    engines: Math.expm1,
    reference: exact.expm1,
    most: 1.15,
    ranges: [between(-0.4, 0.4), between(-2, 2), between(-40, 60), sized(-307, 0)],
  },
  {
    name: "log",
    ours: log,
    engines: Math.log,
    reference: exact.log,
    most: 0.85,
    ranges: [
      between(0.65, 1.5),
      between(0.999, 1.001),
      between(0, 1e3),
      positive(sized(-307, 308)),
      positive(sized(-323, -307)),
    ],
  },
  {
    name: "tanh",
    ours: tanh,
    engines: Math.tanh,
    reference: exact.tanh,
    most: 1.3,
    ranges: [between(-0.7, 0.7), between(-3, 3), between(-25, 25), sized(-307, 0)],
  },
  {
    name: "sin",
    ours: sin,
    engines: Math.sin,
    reference: exact.sin,
    most: 0.8,
    ranges: angles,
  },
  {
    name: "cos",
    ours: cos,
    engines: Math.cos,
    reference: exact.cos,
    most: 0.8,
    ranges: angles,
  },
];

describe.each(cases)("$name", ({ name, ours, engines, reference, most, ranges }) => {
  it(`is within ${most} units of the last place of the exact value`, () => {
    const random = createRandom(name);
    for (const range of ranges) {
      let [worst, at] = [0, 0];
      for (let i = 0; i < 1500; i++) {
        const x = range(random);
        const error = exact.ulpError(ours(x), reference(x));
        if (error > worst) [worst, at] = [error, x];
      }
      expect(worst, `at ${at}`).toBeLessThanOrEqual(most);
    }
  });

  it("is within 4 units of what this engine computes, all along its range", () => {
    const random = createRandom(name).split("dense");
    for (const range of ranges) {
      for (let i = 0; i < 40_000; i++) {
        const x = range(random);
        const theirs = engines(x);
        if (Math.abs(ours(x) - theirs) <= 4 * Math.max(Math.abs(theirs) * 2 ** -53, 2 ** -1074))
          continue;
        expect([x, ours(x)]).toEqual([x, theirs]);
      }
    }
  });
});

describe("sin and cos of angles that are hard to reduce", () => {
  // The first is the float64 nearest to a multiple of π/2: Kahan 1983, "Minimizing q·m − n".
  it.each([6381956970095103 * 2 ** 797, Math.PI, Math.PI / 2, 355, 1e22, Number.MAX_VALUE])(
    "are exact to rounding at %d",
    (x) => {
      for (const angle of [x, -x]) {
        expect(exact.ulpError(sin(angle), exact.sin(angle))).toBeLessThan(0.8);
        expect(exact.ulpError(cos(angle), exact.cos(angle))).toBeLessThan(0.8);
      }
    },
  );

  // −4.68716592425462761112…·10⁻¹⁹: Muller, Elementary Functions, on range reduction.
  it("give the published value at the hardest of all", () => {
    expect(cos(6381956970095103 * 2 ** 797)).toBe(-4.687165924254628e-19);
  });
});
