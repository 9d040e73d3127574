import { describe, expect, it } from "vitest";
import { type Distribution, diagonalGaussian, type Random, type Rows } from "../../src/index.ts";
import { actionRule } from "../../src/verify/action-rule.ts";
import { scoresAt, secondMoments } from "../../src/verify/expectation.ts";

/** A family of one number with location η, from its log density and score at 0 and its quantiles. */
function family(
  logDensity: (x: number) => number,
  slope: (x: number) => number,
  draw: (random: Random) => number,
): Distribution {
  const each = (eta: Rows, actions: Rows, out: Float64Array, f: (x: number) => number): void => {
    for (let i = 0; i < eta.count; i++) out[i] = f(actions.data[i] - eta.data[i]);
  };
  return {
    ...diagonalGaussian(1),
    parameterSize: 1,
    sample: (eta, random, actions) => {
      for (let i = 0; i < eta.count; i++) actions.data[i] = eta.data[i] + draw(random);
    },
    logProb: (eta, actions, out) => each(eta, actions, out, logDensity),
    score: (eta, actions, out) => each(eta, actions, out.data, slope),
  };
}

const logit = (random: Random): number => {
  const u = random.uniform(0, 1);
  return Math.log(u / (1 - u));
};

/** Densities with a kink, heavy tails and a closed support, and E[score²] in closed form. */
const families: readonly [string, Distribution, number, number][] = [
  [
    "logistic",
    family(
      (x) => -x - 2 * Math.log1p(Math.exp(-x)),
      (x) => Math.tanh(x / 2),
      logit,
    ),
    1 / 3,
    1e-6,
  ],
  [
    "Laplace, with a kink",
    family(
      (x) => -Math.abs(x) - Math.log(2),
      (x) => Math.sign(x),
      (random) => {
        const u = random.uniform(-0.5, 0.5);
        return -Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
      },
    ),
    1,
    1e-2,
  ],
  [
    "Student's t with 3 degrees, whose tails are heavy",
    family(
      (x) => Math.log(2 / (Math.PI * Math.sqrt(3))) - 2 * Math.log1p((x * x) / 3),
      (x) => (4 * x) / (3 + x * x),
      (random) => {
        const chi2 = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
        return random.normal() / Math.sqrt(chi2 / 3);
      },
    ),
    2 / 3,
    1e-6,
  ],
  [
    "a cosine arch on [−π, π], undefined outside",
    family(
      (x) => (Math.abs(x) > Math.PI ? NaN : Math.log((1 + Math.cos(x)) / (2 * Math.PI))),
      (x) => Math.sin(x) / (1 + Math.cos(x)),
      (random) => {
        // Rejection from the uniform distribution.
        for (;;) {
          const x = random.uniform(-Math.PI, Math.PI);
          if (random.uniform(0, 2) < 1 + Math.cos(x)) return x;
        }
      },
    ),
    1,
    1e-2,
  ],
];

describe("the rule for expectations that is made from samples and log π", () => {
  it.each(families)(
    "%s: 1 and E[score²] within the error that it claims",
    (_, made, fisher, most) => {
      const eta = Float64Array.of(0.3);
      const rule = actionRule(made, eta, "actions");
      const total = rule.weights.reduce((sum, weight) => sum + weight, 0);
      const [second] = secondMoments(scoresAt(made, eta, rule.actions), rule.weights);
      expect(rule.fromDensity).toBe(true);
      expect(Math.abs(total - 1)).toBeLessThanOrEqual(rule.error);
      expect(Math.abs(second / fisher - 1)).toBeLessThanOrEqual(rule.error);
      expect(rule.error).toBeLessThanOrEqual(most);
    },
  );

  it("counts with unbounded integers, of which it misses what no sample took", () => {
    const rate = 2;
    const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
    const poisson = family(
      (k) => k * Math.log(rate) - rate - Math.log(factorial(k)),
      () => 0,
      (random) => {
        let k = 0;
        for (let p = random.uniform(0, 1); p > Math.exp(-rate); p *= random.uniform(0, 1)) k++;
        return k;
      },
    );
    const { weights, error } = actionRule(poisson, Float64Array.of(0), "actions");
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    expect(total).toBeLessThan(1);
    expect(1 - total).toBeLessThanOrEqual(error);
    expect(error).toBeLessThan(1e-3);
  });

  it("takes the samples themselves for actions of more than three numbers", () => {
    const { fromDensity, weights } = actionRule(diagonalGaussian(4), new Float64Array(8), "a");
    expect(fromDensity).toBe(false);
    expect(new Set(weights)).toEqual(new Set([1 / weights.length]));
  });
});
