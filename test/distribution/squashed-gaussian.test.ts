import { describe, expect, it } from "vitest";
import { natural } from "../../agents/index.ts";
import { pendulum } from "../../envs/index.ts";
import {
  createCollector,
  createRandom,
  createRows,
  diagonalGaussian,
  type Environment,
  policyFor,
  rowsFrom,
  squashed,
  squashedGaussian,
  train,
} from "../../src/index.ts";

const [LOW, HIGH] = [-2, 3];
const distribution = squashedGaussian({ low: [LOW], high: [HIGH] });
/** a of u, by another formula than the code's. */
const squashedTo = (u: number) => LOW + (HIGH - LOW) / (1 + Math.exp(-2 * u));
const uOf = (a: number) => 0.5 * Math.log((a - LOW) / (HIGH - a));

function logProb(eta: readonly [number, number], u: number): number {
  const out = new Float64Array(1);
  distribution.logProb(rowsFrom([[...eta]]), rowsFrom([[u]]), out);
  return out[0];
}

/** ∫ f(a) da over the box, by midpoints that crowd at its ends: a = a(t³ + t). */
function integral(f: (a: number) => number): number {
  let sum = 0;
  const h = 1e-3;
  for (let t = -2.2 + h / 2; t < 2.2; t += h) {
    const u = t * t * t + t;
    const a = squashedTo(u);
    if (a <= LOW || a >= HIGH) continue;
    const slope = (HIGH - LOW) / 2 / Math.cosh(u) ** 2;
    sum += f(a) * slope * (3 * t * t + 1) * h;
  }
  return sum;
}

const parameters: [number, number][] = [
  [0, 0],
  [0.7, -1.5],
  [-1.2, 0.3],
  [2, -0.5],
];

describe("squashedGaussian", () => {
  it.each(parameters)(
    "has a density of a that integrates to 1 over the box, η = %f, %f",
    (...eta) => {
      expect(integral((a) => Math.exp(logProb(eta, uOf(a))))).toBeCloseTo(1, 9);
    },
  );

  it.each(parameters)("has the entropy −∫ π log π da, η = %f, %f", (...eta) => {
    const out = new Float64Array(1);
    distribution.entropy(rowsFrom([eta]), out);
    const expected = -integral((a) => {
      const logP = logProb(eta, uOf(a));
      return Math.exp(logP) * logP;
    });
    expect(out[0]).toBeCloseTo(expected, 9);
  });

  it.each([5, 30, 3000])("has an entropy near that of choosing an end where σ = %f", (sigma) => {
    // E[log cosh u] → σ√(2/π) − log 2 + (π²/12)/(σ√(2π)) where σ is large.
    const out = new Float64Array(1);
    distribution.entropy(rowsFrom([[0, Math.log(sigma)]]), out);
    const ofU = Math.log(sigma) + 0.5 * Math.log(2 * Math.PI * Math.E);
    const logCosh =
      sigma * Math.sqrt(2 / Math.PI) -
      Math.LN2 +
      Math.PI ** 2 / 12 / (sigma * Math.sqrt(2 * Math.PI));
    const expected = ofU + Math.log((HIGH - LOW) / 2) - 2 * logCosh;
    expect(Math.abs(out[0] - expected)).toBeLessThan(sigma ** -3 + 1e-6 * sigma);
  });

  it("has a KL of the densities of a, which is that of u", () => {
    const [p, q] = parameters.slice(1, 3);
    const out = new Float64Array(1);
    distribution.kl(rowsFrom([p]), rowsFrom([q]), out);
    const expected = integral((a) => {
      const [logP, logQ] = [p, q].map((eta) => logProb(eta, uOf(a)));
      return Math.exp(logP) * (logP - logQ);
    });
    expect(out[0]).toBeCloseTo(expected, 9);
    const ofU = new Float64Array(1);
    diagonalGaussian(1).kl(rowsFrom([p]), rowsFrom([q]), ofU);
    expect(out).toEqual(ofU);
  });

  it("has the log-determinant of da/du, also where a is a bound to the last bit", () => {
    const gaussian = (u: number) => {
      const out = new Float64Array(1);
      diagonalGaussian(1).logProb(rowsFrom([[0.4, 0.2]]), rowsFrom([[u]]), out);
      return out[0];
    };
    for (const u of [-2, -0.3, 0, 1, 3]) {
      const h = 1e-6;
      const slope = (squashedTo(u + h) - squashedTo(u - h)) / (2 * h);
      expect(gaussian(u) - logProb([0.4, 0.2], u)).toBeCloseTo(Math.log(slope), 6);
    }
    // 1 − tanh²u → 4 exp(−2|u|)
    for (const u of [25, -25, 400]) {
      const logSlope = Math.log((HIGH - LOW) / 2) + Math.log(4) - 2 * Math.abs(u);
      expect((gaussian(u) - logProb([0.4, 0.2], u)) / logSlope).toBeCloseTo(1, 12);
    }
  });

  it("evaluates at the median: half of the actions lie below", () => {
    const eta = rowsFrom(new Array(10_000).fill([0.8, 0.5]));
    const [draws, modes] = [createRows(10_000, 1), createRows(10_000, 1)];
    distribution.sample(eta, createRandom(1), draws);
    distribution.mode(eta, modes);
    const below = draws.data.filter((u) => squashedTo(u) < squashedTo(modes.data[0])).length;
    expect(Math.abs(below - 5000)).toBeLessThan(5 * 50);
  });

  it.each([
    [{ low: [], high: [] }],
    [{ low: [0], high: [0] }],
    [{ low: [-Infinity], high: [0] }],
    [{ low: [0], high: [1, 2] }],
  ])("refuses the box %j", (box) => {
    expect(() => squashedGaussian(box)).toThrow("the box must have finite bounds, low below high");
  });
});

describe("squashed", () => {
  /** Pays the action that it takes. */
  const paying: Environment = {
    ...pendulum(),
    actionSpace: { kind: "box", low: [LOW], high: [HIGH] },
    step: (_, a) => a[0],
  };

  it("takes u and acts by a; a batch keeps u, also where a is a bound", () => {
    const environment = squashed(paying);
    const policy = policyFor(environment, createRandom(0), { logStd: 3 });
    const random = createRandom(1);
    const { actions, rewards } = createCollector({
      ...{ environment, policy, random, environments: 1, stepsPerEnvironment: 200 },
    }).collect();
    const beyond = actions.data.filter((u) => Math.abs(u) > 20);
    expect(beyond.length).toBeGreaterThan(20);
    expect(new Set(beyond).size).toBe(beyond.length);
    for (const [i, u] of actions.data.entries()) {
      expect(rewards[i]).toBeCloseTo(squashedTo(u), 12);
      expect(rewards[i]).toBeGreaterThanOrEqual(LOW);
      expect(rewards[i]).toBeLessThanOrEqual(HIGH);
    }
  });

  it("gets the squashed Gaussian from policyFor", () => {
    const { distribution: found } = policyFor(squashed(paying), createRandom(0));
    const out = new Float64Array(1);
    found.logProb(rowsFrom([[0.4, 0.2]]), rowsFrom([[1.5]]), out);
    expect(out[0]).toBe(logProb([0.4, 0.2], 1.5));
  });

  it("is learnt by the affine Fisher and a KL-normalised step", () => {
    const environment = squashed(paying);
    const random = createRandom(2);
    const agent = natural(environment, random.split("agent"), { kl: 0.05 });
    const options = { environment, agent, random: random.split("train"), steps: 20_000 };
    const records = [...train({ ...options, stepsPerUpdate: 1000 })];
    expect(records.map(({ report }) => report.outcome)).toEqual(new Array(20).fill("accepted"));
    const [first, last] = [records[0], records[19]].map(({ meanReturn }) => meanReturn / 200);
    expect(first).toBeLessThan(1);
    expect(last).toBeGreaterThan(2.3);
  });

  it("needs finite bounds", () => {
    const endless: Environment = {
      ...pendulum(),
      actionSpace: { kind: "box", low: [0], high: [Infinity] },
    };
    expect(() => squashed(endless)).toThrow(
      "squashed: the box of pendulum must have finite bounds, got Infinity",
    );
  });
});
