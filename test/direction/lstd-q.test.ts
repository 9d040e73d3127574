import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { gaussNewtonGain, lqr, lqrReference, type LqrProblem } from "../../envs/index.ts";
import { curvature, matrices, matrix, valueMatrix } from "../../envs/lqr-algebra.ts";
import {
  type Batch,
  createCollector,
  createRandom,
  lstdQ,
  type LstdQOptions,
  type Policy,
  quadraticFeatures,
  type ValueFeatures,
} from "../../src/index.ts";
import { bits, expectClose } from "../support/close.ts";
import {
  bounded,
  find,
  noisy,
  quiet,
  quietPolicy,
  leading,
  normalEquations,
  stepsOf,
} from "../support/directions.ts";
import { policyOf } from "../support/lqr.ts";
import { worstZ } from "../support/statistics.ts";

const GAMMA = 0.9;
const features = quadraticFeatures();
const source = (options: Partial<LstdQOptions> = {}) =>
  lstdQ({ discount: GAMMA, features, ...options });
const truthOf = (problem: LqrProblem, policy: Policy): Float64Array => {
  const truth = lqrReference(problem)(policy, GAMMA);
  if (truth === undefined) throw new Error("the reference does not know this policy");
  return truth.naturalGradient.map((value) => (1 - GAMMA) * value);
};

describe("lstdQ without random transitions", () => {
  it.each([
    ["without a bias", 0, undefined],
    ["without a bias", 0.5, undefined],
    ["without a bias", 1, undefined],
    ["with a bias", 0, [0.1]],
    ["with a bias", 1, [0.1]],
  ])("has the exact natural gradient (1 − γ)F⁻¹∇J of a policy %s for λ = %d", (_, lambda, bias) => {
    const policy = policyOf(quietPolicy, bias);
    const batch = stepsOf(bounded("isTruncated", quiet), policy, 60);
    const { w, report } = find(source({ lambda }), policy, batch);
    expect(report).toMatchObject({ status: "converged", compatible: true });
    expectClose(w, truthOf(quiet, policy), 1e-9);
  });

  it("lands on policy iteration's gain −(R + γbᵀPb)⁻¹γbᵀPA by the step 1/((R + γbᵀPb)σ²)", () => {
    // With the ½ of the source: r = −½xᵀQx − ½Ru².
    const half = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((x) => x / 2));
    const halved = { ...quiet, Q: half(quiet.Q), R: half(quiet.R) };
    const policy = policyOf(quietPolicy);
    const { w } = find(source(), policy, stepsOf(lqr(halved), policy, 60));
    const system = matrices(quiet);
    const K = matrix(quietPolicy.K);
    const { H } = curvature(system, K, valueMatrix(system, K, GAMMA), GAMMA);
    const alpha = 1 / (H.get(0, 0) * quietPolicy.sigma[0] ** 2);
    const moved = quietPolicy.K[0].map((gain, i) => gain + alpha * w[i]);
    expectClose(moved, gaussNewtonGain(quiet, quietPolicy, GAMMA)[0], 1e-9);
    expect(w[2]).toBeCloseTo(-0.5 * H.get(0, 0) * quietPolicy.sigma[0] ** 2, 9);
  });

  it("has the same w in other units of the value, to rounding", () => {
    const policy = policyOf(quietPolicy);
    const batch = stepsOf(lqr(noisy), policy, 200);
    const scaled: ValueFeatures = {
      size: (width) => features.size(width),
      write: (observations, i, out, at) => {
        features.write(observations, i, out, at);
        for (let k = 0; k < features.size(2); k++) out[at + k] *= 10 ** (3 * k - 6);
      },
    };
    const { w } = find(source(), policy, batch);
    expectClose(find(source({ features: scaled }), policy, batch).w, w, 1e-9);
  });
});

describe("lstdQ", () => {
  const policy = policyOf(quietPolicy);

  it.each([
    ["isTruncated", 0],
    ["isTruncated", 0.7],
    ["isTruncated", 1],
    ["isTerminal", 0.7],
  ] as const)(
    "solves the equations of its definition where episodes end by %s, λ = %d",
    (key, lambda) => {
      const batch = stepsOf(bounded(key), policy, 200);
      const { A, b } = normalEquations(policy, batch, lambda, GAMMA);
      expectClose(find(source({ lambda }), policy, batch).w, leading(A, b), 1e-9);
      expect(batch.episodes.some(({ elapsed }) => elapsed > 0)).toBe(false);
      expect(new Set(batch.episodes.map(({ ending }) => ending)).size).toBe(
        key === "isTerminal" ? 2 : 1,
      );
    },
  );

  it("adds λ of the solve to the Fisher matrix of one step", () => {
    const batch = stepsOf(bounded("isTruncated"), policy, 200);
    const { A, b } = normalEquations(policy, batch, 1, GAMMA);
    for (let i = 0; i < 3; i++) A.set(i, i, A.get(i, i) + 0.05 * 200);
    expectClose(find(source(), policy, batch, 0.05).w, leading(A, b), 1e-9);
  });

  it("does not depend on where the ends of batches cut the episodes", () => {
    const collect = (steps: number) => {
      const collector = createCollector({
        ...{ environment: bounded("isTruncated"), policy, random: createRandom("chunks") },
        ...{ environments: 2, stepsPerEnvironment: steps },
      });
      const chunked = source({ lambda: 0.8 });
      for (let taken = steps; ; taken += steps) {
        const { w } = find(chunked, policy, collector.collect());
        if (taken === 120) return w;
      }
    };
    const whole = collect(120);
    for (const steps of [60, 20, 8, 5, 1]) expectClose(collect(steps), whole, 1e-9);
  });

  it("begins a trace anew where the batch before is not the one that was cut", () => {
    const collector = createCollector({
      ...{ environment: lqr({ ...noisy, horizon: 500 }), policy, random: createRandom("lost") },
      ...{ environments: 1, stepsPerEnvironment: 50 },
    });
    const copy = ({ observations, rewards, actions, episodes, ...rest }: Batch): Batch => ({
      ...{ ...rest, rewards: rewards.slice(), episodes: [...episodes] },
      observations: { ...observations, data: observations.data.slice() },
      actions: { ...actions, data: actions.data.slice() },
      lastObservations: { ...rest.lastObservations, data: rest.lastObservations.data.slice() },
    });
    const [first, , third] = [0, 1, 2].map(() => copy(collector.collect()));
    const [a, b] = [first, third].map((batch) => normalEquations(policy, batch, 1, GAMMA));
    const lost = source();
    find(lost, policy, first);
    const expected = leading(Matrix.add(a.A, b.A), Matrix.add(a.b, b.b));
    expectClose(find(lost, policy, third).w, expected, 1e-8);
  });

  it("keeps the share β of its sums once θ has moved, and all of them until then", () => {
    const [first, second, third] = [0, 1, 2].map((seed) =>
      createCollector({
        ...{ environment: bounded("isTruncated"), policy, random: createRandom(seed) },
        ...{ environments: 1, stepsPerEnvironment: 120 },
      }).collect(),
    );
    const moved = policyOf({ K: [[-0.4, -0.1]], sigma: [0.5] });
    const [a, b] = [first, second].map((batch) => normalEquations(policy, batch, 0, GAMMA));
    const c = normalEquations(moved, third, 0, GAMMA);
    for (const forgetting of [0, 0.5]) {
      const keeping = source({ forgetting, lambda: 0 });
      find(keeping, policy, first);
      const both = { A: Matrix.add(a.A, b.A), b: Matrix.add(a.b, b.b) };
      expectClose(find(keeping, policy, second).w, leading(both.A, both.b), 1e-8);
      const A = Matrix.add(c.A, both.A.mul(forgetting));
      const right = Matrix.add(c.b, both.b.mul(forgetting));
      expectClose(find(keeping, moved, third).w, leading(A, right), 1e-8);
    }
  });

  it("follows a policy of another size", () => {
    const both = source();
    const wide = policyOf(quietPolicy, [0.1]);
    const batch = stepsOf(lqr(noisy), policy, 60);
    find(both, policy, batch);
    expect(bits(find(both, wide, batch).w)).toBe(bits(find(source(), wide, batch).w));
  });

  it("tends to the natural gradient where transitions are random", () => {
    const estimates = Array.from({ length: 25 }, (_, seed) => {
      const random = createRandom(`random transitions ${seed}`);
      const options = { environment: lqr({ ...noisy, horizon: 100 }), policy, random };
      const collector = createCollector({ ...options, environments: 1, stepsPerEnvironment: 4000 });
      return find(source(), policy, collector.collect()).w;
    });
    expect(worstZ(estimates, truthOf(noisy, policy))).toBeLessThan(4);
  });
});
