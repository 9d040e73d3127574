import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/index.ts";
import { createZiggurat } from "../../src/math/ziggurat.ts";
import { normalCdf, zScore } from "../support/statistics.ts";

const COUNT = 4_000_000;
const LIMIT = 4;
const BIN = 0.05;
const BINS = 160;

/** P(|x| > t) of a normal x, from the complementary error function of CPython's `math`. */
const TAILS: [number, number][] = [
  [1, 0.31731050786291415],
  [2, 0.04550026389635844],
  [3, 0.0026997960632601913],
  [3.654, 0.0002581862664191112],
  [4, 6.334248366623993e-5],
];

/** Sums over one long run: powers, tail counts and a histogram of [−4, 4) with the rest outside. */
function observe(): { powers: number[]; tails: number[]; histogram: Float64Array } {
  const random = createRandom("ziggurat");
  const powers = [0, 0, 0, 0];
  const tails = TAILS.map(() => 0);
  const histogram = new Float64Array(BINS + 2);
  for (let i = 0; i < COUNT; i++) {
    const x = random.normal();
    const square = x * x;
    powers[0] += x;
    powers[1] += square;
    powers[2] += square * x;
    powers[3] += square * square;
    const size = Math.abs(x);
    for (let k = 0; k < TAILS.length && size > TAILS[k][0]; k++) tails[k]++;
    const bin = Math.floor((x + 4) / BIN);
    histogram[Math.min(Math.max(bin, -1), BINS) + 1]++;
  }
  return { powers, tails, histogram };
}

describe("the ziggurat's normal numbers", () => {
  const { powers, tails, histogram } = observe();

  // E[x] … E[x⁴] are 0, 1, 0, 3; the variances of x … x⁴ are 1, 2, 15, 96.
  it.each([
    ["mean", 0, 0, 1],
    ["variance", 1, 1, 2],
    ["skewness", 2, 0, 15],
    ["kurtosis", 3, 3, 96],
  ])("have the %s of N(0, 1)", (_, power, expected, variance) => {
    const z = (powers[power] / COUNT - expected) / Math.sqrt(variance / COUNT);
    expect(Math.abs(z)).toBeLessThan(LIMIT);
  });

  it.each(TAILS.map(([t, p], k) => ({ t, p, k })))("lie beyond ±$t as often as N(0, 1)", (tail) => {
    const { p, k } = tail;
    const z = (tails[k] / COUNT - p) / Math.sqrt((p * (1 - p)) / COUNT);
    expect(Math.abs(z)).toBeLessThan(LIMIT);
  });

  it("follow Φ by a chi-square test over 162 bins", () => {
    let chiSquare = 0;
    histogram.forEach((seen, k) => {
      const left = k === 0 ? 0 : normalCdf(-4 + (k - 1) * BIN);
      const right = k === BINS + 1 ? 1 : normalCdf(-4 + k * BIN);
      const expected = COUNT * (right - left);
      chiSquare += (seen - expected) ** 2 / expected;
    });
    const freedom = BINS + 1;
    expect(Math.abs(chiSquare - freedom) / Math.sqrt(2 * freedom)).toBeLessThan(LIMIT);
  });
});

describe("the tail of the ziggurat", () => {
  /** Where the tail begins. */
  const R = 3.6541528853610088;
  // The first draw of each number chooses layer 0 and a point outside it, so that all are of the tail.
  const OUTSIDE = 0x7fffff00 / 2 ** 32;
  const random = createRandom("tail");
  let first = true;
  const normal = createZiggurat(() => {
    const forced = first;
    first = false;
    return forced ? OUTSIDE : random.uniform(0, 1);
  });
  const sample = Array.from({ length: 200_000 }, () => {
    first = true;
    return normal();
  });

  it("has the mean and the second moment of a normal x beyond R", () => {
    const ratio = Math.exp(-0.5 * R * R) / Math.sqrt(2 * Math.PI) / normalCdf(-R);
    expect(Math.min(...sample.slice(0, 1000))).toBeGreaterThan(R);
    expect(Math.abs(zScore(sample, ratio))).toBeLessThan(LIMIT);
    const squares = sample.map((x) => x * x);
    expect(Math.abs(zScore(squares, 1 + R * ratio))).toBeLessThan(LIMIT);
  });
});

describe("normalCdf, the referee", () => {
  it("agrees with erfc at known points", () => {
    for (const [t, p] of TAILS) expect(2 * (1 - normalCdf(t)) - p).toBeCloseTo(0, 14);
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(-1) + normalCdf(1)).toBeCloseTo(1, 15);
  });
});
