import { describe, expect, it } from "vitest";
import { bernoulli } from "../../../src/index.ts";
import {
  efficiencyChecks,
  exponentiatedCheck,
  pathChecks,
  runningMeanCheck,
  steps,
} from "../../../scripts/reproduce/mirror-descent/checks.ts";
import {
  checkpoints,
  efficiencyOf,
  expectedRatio,
  learners,
  online,
  runOnline,
} from "../../../scripts/reproduce/mirror-descent/online.ts";
import { descend, mirror } from "../../../scripts/reproduce/mirror-descent/paths.ts";
import { type Pair, problems } from "../../../scripts/reproduce/mirror-descent/problems.ts";
import { klOf } from "../../../scripts/reproduce/pointwise.ts";
import { expectClose } from "../../support/close.ts";
import { gradientOf, jacobianOf } from "../../support/finite-differences.ts";

const pair = ([first, second]: ArrayLike<number> & Iterable<number>): Pair => [first, second];

describe.each(problems)("the formulas by hand for the $id problem", (problem) => {
  const { start, toExpectation, toNatural, value, gradient, covariance } = problem;
  const theta = toNatural(start);

  it("turn θ into m and back", () => {
    expectClose(toExpectation(theta), start, 1e-14);
  });

  it("have gradient and covariance that finite differences have", () => {
    expectClose(
      gradient(start),
      gradientOf((m) => value(pair(m)), start),
      1e-8,
    );
    const jacobian = jacobianOf((x) => Float64Array.from(toExpectation(pair(x))), theta);
    expectClose(covariance(start).flat(), jacobian.flat(), 1e-7);
  });

  it("are those of its distribution: KL(θ ‖ θ′) is the Bregman divergence of A", () => {
    // ∇_θ′ KL(θ ‖ θ′) = m′ − m.
    const eta = (x: Pair): number[] => {
      const point = problem.network("natural", x).linearisation(1);
      point.at(Float64Array.from(x), { count: 1, width: 0, data: new Float64Array(0) });
      return Array.from(point.outputs.data);
    };
    const other = pair(theta.map((x) => x + 0.1));
    const slope = gradientOf((x) => klOf(problem.distribution, eta(theta), eta(pair(x))), other);
    const moved = toExpectation(other);
    expectClose(slope, [moved[0] - start[0], moved[1] - start[1]], 1e-7);
  });
});

describe("mirror descent and natural gradient descent", () => {
  it.each([...pathChecks(), exponentiatedCheck()])(
    "$quantity is $derived",
    ({ derived, ours, tolerance }) => {
      expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
    },
  );

  it("are in the left well when the plain gradient in the same coordinates is not", () => {
    const [problem] = problems;
    const last = mirror(problem, "natural", steps.gaussian).at(-1);
    const descent = { coordinates: "natural", method: "vanilla" } as const;
    const plain = descend(problem, descent, steps.gaussian).at(-1);
    expect(last?.expectation[0]).toBeLessThan(-1);
    expect(plain?.expectation[0]).toBeGreaterThan(0);
  });

  it("take the plain gradient out of the simplex, where it ends", () => {
    const [, bandit] = problems;
    const length = { stepSize: 0.1, updates: 80 };
    const path = descend(bandit, { coordinates: "expectation", method: "vanilla" }, length);
    expect(path.length).toBeLessThan(10);
    for (const { expectation } of path) expect(expectation[0] + expectation[1]).toBeLessThan(1);
  });

  it("lower f with every step", () => {
    for (const problem of problems) {
      for (const coordinates of ["natural", "expectation"] as const) {
        const values = mirror(problem, coordinates, steps[problem.id]).map(({ expectation }) =>
          problem.value(expectation),
        );
        expect(values).toEqual([...values].sort((a, b) => b - a));
      }
    }
  });
});

describe("a coin estimated toss by toss", () => {
  const runs = Array.from({ length: 20 }, (_, i) => runOnline(i + 1)).flat();
  const efficiencies = learners.map((kind) => efficiencyOf(kind, runs));

  it.each([runningMeanCheck(), ...efficiencyChecks(efficiencies)])(
    "$quantity is $derived",
    ({ derived, ours, tolerance }) => {
      expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
    },
  );

  it("has a bound of p(1 − p)/t, the inverse of t times the Fisher matrix over m", () => {
    const { probability: p } = online;
    const logit = Math.log(p / (1 - p));
    // ½ F δ² = KL for small δ in m.
    const delta = 1e-4;
    const moved = Math.log((p + delta) / (1 - p - delta));
    const fisher = (2 * klOf(bernoulli(1), [logit], [moved])) / delta ** 2;
    expect(1 / fisher).toBeCloseTo(p * (1 - p), 3);
    expect(expectedRatio(1e9)).toBeCloseTo(1, 8);
  });

  it("falls behind with the plain gradient", () => {
    const [, vanilla] = efficiencies;
    const ratios = checkpoints.map((_, i) => vanilla.ratios[i]);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect(ratios[ratios.length - 1]).toBeGreaterThan(10);
  });
});
