import { inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { lqr, lqrReference } from "../../envs/index.ts";
import { enacTimeVariant, norm } from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import {
  bounded,
  episodesOf,
  find,
  noisy,
  quiet,
  quietPolicy,
  scoresByHand,
} from "../support/directions.ts";
import { policyOf } from "../support/lqr.ts";

const GAMMA = 0.9;
const policy = policyOf(quietPolicy, [0.1]);
const PARAMETERS = 4;
const column = (values: readonly number[]): Matrix => Matrix.columnVector([...values]);

describe.each([true, false])("enacTimeVariant with scores discounted: %s", (discountScores) => {
  const source = enacTimeVariant({ discount: GAMMA, discountScores });
  const many = episodesOf(bounded("isTruncated"), policy, 200);

  /** The sums of table 6; an episode that is over goes on with r = 0 and its last z. */
  function sums() {
    const scores = scoresByHand(policy, many);
    const K = Math.max(...many.episodes.map(({ start, end }) => end - start));
    const F = Matrix.zeros(PARAMETERS, PARAMETERS);
    const g = Matrix.zeros(PARAMETERS, 1);
    const Phi = Matrix.zeros(PARAMETERS, K);
    const rewards = Matrix.zeros(K, 1);
    for (const { start, end } of many.episodes) {
      const z = Matrix.zeros(PARAMETERS, 1);
      for (let k = 0; k < K; k++) {
        const weight = GAMMA ** k;
        if (start + k < end) {
          const psi = column(scores[start + k]);
          z.add(psi);
          F.add(z.mmul(psi.transpose()).mul(discountScores ? weight : 1));
          g.add(Matrix.mul(z, weight * many.rewards[start + k]));
          rewards.set(k, 0, rewards.get(k, 0) + weight * many.rewards[start + k]);
        }
        for (let j = 0; j < PARAMETERS; j++) Phi.set(j, k, Phi.get(j, k) + z.get(j, 0));
      }
    }
    return { F, g, Phi, rewards, K, M: many.episodes.length };
  }

  it("is table 6 with sums, for episodes of different lengths", () => {
    const { F, g, Phi, rewards, K, M } = sums();
    const inner = inverse(Matrix.sub(Matrix.mul(F, M), Phi.mmul(Phi.transpose())));
    const Q = Matrix.add(Matrix.eye(K), Phi.transpose().mmul(inner).mmul(Phi)).div(M);
    const b = Q.mmul(Matrix.sub(rewards, Phi.transpose().mmul(inverse(F)).mmul(g)));
    const expected = inverse(F).mmul(Matrix.sub(g, Phi.mmul(b)));
    const { w, report } = find(source, policy, many);
    expect(report).toMatchObject({ status: "converged", compatible: true });
    expectClose(w, expected.to1DArray(), 1e-10);
    expect(new Set(many.episodes.map(({ start, end }) => end - start)).size).toBeGreaterThan(3);
  });

  it("adds λ per step to F alone", () => {
    const { F, g, Phi, rewards, M } = sums();
    const steps = many.episodes.reduce((sum, { start, end }) => {
      for (let t = 0; t < end - start; t++) sum += discountScores ? GAMMA ** t : 1;
      return sum;
    }, 0);
    const A = Matrix.sub(F, Phi.mmul(Phi.transpose()).div(M));
    A.add(Matrix.eye(PARAMETERS, PARAMETERS).mul(0.3 * steps));
    const expected = inverse(A).mmul(Matrix.sub(g, Phi.mmul(rewards).div(M)));
    expectClose(find(source, policy, many, 0.3).w, expected.to1DArray(), 1e-10);
  });
});

describe("enacTimeVariant", () => {
  const source = enacTimeVariant({ discount: GAMMA });

  it("tends to the natural gradient as episodes become many", () => {
    const problem = { ...quiet, S0: [[0, 0], [0, 0]] }; // prettier-ignore
    const many = episodesOf(lqr({ ...problem, horizon: 20 }), policy, 4000);
    const { w } = find(source, policy, many);
    const exact = lqrReference(problem)(policy, GAMMA)?.naturalGradient ?? [];
    const truth = Float64Array.from(exact, (value) => (1 - GAMMA) * value);
    const error = w.map((value, j) => value - truth[j]);
    expect(norm(error)).toBeLessThan(0.15 * norm(truth)); // 0.07 was seen
  });

  it("reports a matrix that so few episodes make indefinite, and is no direction then", () => {
    const few = episodesOf(lqr({ ...noisy, horizon: 40 }), policy, PARAMETERS + 2);
    const { w, report } = find(source, policy, few);
    expect(report.status).toBe("not-positive-definite");
    expect(report.refusal).toMatch(/is not positive definite for 6 episodes at λ = 0/);
    expect([...w]).toEqual([0, 0, 0, 0]);
  });

  it("reports fewer episodes than parameters and a baseline", () => {
    const few = episodesOf(lqr({ ...noisy, horizon: 1 }), policy, PARAMETERS);
    expect(find(source, policy, few, 10).report.refusal).toMatch(/at least 5 episodes .*, got 4/);
  });

  it.each([-0.1, 1.1, NaN])("refuses a discount of %d", (discount) => {
    const message = `enacTimeVariant: discount must lie in [0, 1], got ${discount}`;
    expect(() => enacTimeVariant({ discount })).toThrow(message);
  });
});
