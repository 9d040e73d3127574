import { solve, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { lqr, lqrReference, optimum, scalarProblem, stationaryValues } from "../../envs/index.ts";
import { withConstant } from "../../envs/lqr-problem.ts";
import {
  boundedGaussian,
  constantHead,
  createPolicy,
  createRandom,
  createRows,
  diagonalGaussian,
  evaluate,
  type GroundTruth,
  linear,
  type Policy,
  policyFor,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf } from "../support/finite-differences.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";
import { zScore } from "../support/statistics.ts";

const eye3 = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 0.5 : 0)));
const GAMMA = 0.9;
const reference = lqrReference(plane);
const truthOf = (policy: Policy, gamma = GAMMA): GroundTruth => {
  const truth = reference(policy, gamma);
  if (truth === undefined) throw new Error("the reference does not know this policy");
  return truth;
};
const policies: [string, Policy][] = [
  ["without a bias", policyOf(planePolicy)],
  ["with a bias", policyOf(planePolicy, [0.2, -0.1])],
];

describe.each(policies)("the ground truth of a policy %s", (_, policy) => {
  const truth = truthOf(policy);
  const at = (theta: Float64Array): GroundTruth => {
    const moved = policyOf(planePolicy, theta.length > 6 ? [0, 0] : undefined);
    moved.theta.set(theta);
    return truthOf(moved);
  };

  it("has the gradient over θ = (K row-major, b, log σ) that finite differences have", () => {
    expectClose(
      truth.gradient,
      gradientOf((x) => at(x).return, policy.theta),
      1e-6,
    );
  });

  it("has the natural gradient F⁻¹∇J with F over the same θ", () => {
    const n = policy.theta.length > 6 ? 3 : 2;
    const S = withConstantMoment(policy, n);
    const fisher = Matrix.zeros(policy.theta.length, policy.theta.length);
    // Entry i of (s, 1) for action j sits at j·2 + i, the bias of j after all gains.
    const index = (j: number, i: number): number => (i < 2 ? 2 * j + i : 4 + j);
    planePolicy.sigma.forEach((sigma, j) => {
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < n; b++) fisher.set(index(j, a), index(j, b), S[a][b] / sigma ** 2);
      }
      const log = policy.theta.length - 2 + j;
      fisher.set(log, log, 2);
    });
    const natural = solve(fisher, Matrix.columnVector([...truth.gradient])).to1DArray();
    expectClose(truth.naturalGradient, natural, 1e-9);
  });

  it("has the J that simulation has", () => {
    const returns = evaluate(lqr({ ...plane, horizon: 120 }), policy, {
      random: createRandom("reference"),
      episodes: 1500,
      deterministic: false,
      discount: GAMMA,
    }).map((episode) => episode.return);
    expect(Math.abs(zScore(returns, truth.return))).toBeLessThan(4);
  });

  it("has the optimal return of the problem, above its own", () => {
    expect(truth.optimalReturn).toBe(optimum(plane, GAMMA).return);
    expect(truth.optimalReturn).toBeGreaterThan(truth.return);
  });
});

function withConstantMoment(policy: Policy, n: number): readonly (readonly number[])[] {
  const { theta } = policy;
  const K = planePolicy.K.map((_, j) => [
    ...theta.subarray(2 * j, 2 * j + 2),
    ...(n === 3 ? [theta[4 + j]] : []),
  ]);
  const problem = n === 3 ? withConstant(plane) : plane;
  return stationaryValues(problem, { K, sigma: planePolicy.sigma }, GAMMA).stateSecondMoment;
}

describe("the ground truth of a policy whose σ is not exp(ξ)", () => {
  const distribution = boundedGaussian(2, { low: 0.1, high: 1.1 });
  const bounded = (theta: ArrayLike<number>): Policy => {
    const network = constantHead(linear(2, 2, { bias: false }), [0, 0]);
    const policy = createPolicy(network, distribution, createRandom(0));
    policy.theta.set(theta);
    return policy;
  };
  const theta = [...planePolicy.K.flat(), 0.3, 1.5];
  const truth = truthOf(bounded(theta));
  const sigma = [0.3, 1.5].map((xi) => 0.1 + 1 / (1 + Math.exp(xi)));
  const plain = truthOf(policyOf({ ...planePolicy, sigma }));

  it("has the J, and the components of K, of the policy with log σ of the same σ", () => {
    expectClose([truth.return], [plain.return], 1e-12);
    for (const key of ["gradient", "naturalGradient"] as const) {
      expectClose(truth[key].subarray(0, 4), plain[key].subarray(0, 4), 1e-12);
    }
  });

  it("has the gradient over ξ that finite differences have", () => {
    expectClose(
      truth.gradient,
      gradientOf((x) => truthOf(bounded(x)).return, theta),
      1e-6,
    );
  });

  it("has the natural gradient over ξ, ∂J/∂ξ over the entry of M", () => {
    const eta = createRows(1, 4);
    eta.data.set([0, 0, 0.3, 1.5]);
    const ones = createRows(1, 4);
    ones.data.fill(1);
    distribution.applyFisher(eta, ones, ones);
    const expected = [4, 5].map((j) => truth.gradient[j] / ones.data[j - 2]);
    expectClose(truth.naturalGradient.subarray(4), expected, 1e-12);
  });
});

describe("lqrReference", () => {
  it("of a zero bias adds entries for it and leaves the others as they were", () => {
    const [without, with0] = [policyOf(planePolicy), policyOf(planePolicy, [0, 0])].map((policy) =>
      truthOf(policy),
    );
    const drop = (values: Float64Array): number[] =>
      [...values].filter((_, index) => index !== 4 && index !== 5);
    expectClose([with0.return], [without.return], 1e-12);
    expectClose(drop(with0.gradient), without.gradient, 1e-10);
    expectClose(drop(with0.naturalGradient).slice(4), without.naturalGradient.slice(4), 1e-10);
  });

  it("is of the average reward for γ = 1, where it knows no policy with a bias", () => {
    const truth = truthOf(policyOf(planePolicy), 1);
    expect(truth.return).toBe(stationaryValues(plane, planePolicy, 1).return);
    expect(reference(policyOf(planePolicy, [0.1, 0.2]), 1)).toBeUndefined();
  });

  it("of an unstable policy has J = −∞ and NaN gradients", () => {
    const runaway = policyOf({ K: [[0.5]], sigma: [1] });
    const truth = lqrReference(scalarProblem)(runaway, GAMMA);
    expect(truth?.return).toBe(-Infinity);
    expect(truth?.gradient.every(Number.isNaN)).toBe(true);
    expect(Number.isFinite(truth?.optimalReturn)).toBe(true);
  });

  it("is undefined for a policy of another shape", () => {
    const wide = linear(3, 2, { bias: false });
    const other = createPolicy(constantHead(wide, [0, 0]), diagonalGaussian(2), createRandom(0));
    expect(reference(other, GAMMA)).toBeUndefined();
    expect(reference(policyOf({ K: [[0]], sigma: [1] }), GAMMA)).toBeUndefined();
  });

  it("is undefined for a perceptron with as many parameters as the affine policy", () => {
    // 3 → 1 → 2 has 3 + 1 + 2 + 2 parameters, as have K and b of 3 states and 2 actions.
    const wide = lqr({ A: eye3, B: [[1, 0], [0, 1], [0, 0]] }); // prettier-ignore
    const perceptron = policyFor(wide, createRandom(0), { hidden: [1] });
    const affine = policyFor(wide, createRandom(0));
    expect(perceptron.theta).toHaveLength(affine.theta.length);
    expect(lqrReference(wide.problem)(affine, GAMMA)).toBeDefined();
    expect(lqrReference(wide.problem)(perceptron, GAMMA)).toBeUndefined();
  });

  it("refuses a problem without rows by name", () => {
    expect(() => lqrReference({ ...scalarProblem, B: [] })).toThrow(RangeError);
    expect(() => lqrReference({ ...scalarProblem, A: [], B: [] })).toThrow(/A must have at least/);
  });

  it("does not change the policy", () => {
    const policy = policyOf(planePolicy, [0.2, -0.1]);
    const before = policy.theta.slice();
    truthOf(policy);
    expect(policy.theta).toEqual(before);
  });
});
