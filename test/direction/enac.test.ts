import { inverse, Matrix, QrDecomposition } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { lqr, lqrReference, type LqrProblem } from "../../envs/index.ts";
import {
  type Batch,
  createCollector,
  createRandom,
  enac,
  fixed,
  gae,
  naturalGradient,
  quadraticFeatures,
  ridge,
  train,
} from "../../src/index.ts";
import { bits, expectClose } from "../support/close.ts";
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
const batch = episodesOf(bounded("isTruncated"), policy, 30);
const column = (values: readonly number[]): Matrix => Matrix.columnVector([...values]);
/** (1 − γ)F⁻¹∇J. */
const truthOf = (problem: LqrProblem, of = policy): Float64Array => {
  const truth = lqrReference(problem)(of, GAMMA);
  if (truth === undefined) throw new Error("the reference does not know this policy");
  return truth.naturalGradient.map((value) => (1 - GAMMA) * value);
};

/** γᵗ-sums of scores and rewards of each episode: rows of X without the constant, and Y. */
function rollouts(of: Batch, discountScores: boolean) {
  const scores = scoresByHand(policy, of);
  return of.episodes.map(({ start, end }) => {
    const psi = new Array<number>(PARAMETERS).fill(0);
    let total = 0;
    for (let t = start; t < end; t++) {
      const weight = GAMMA ** (t - start);
      scores[t].forEach((value, j) => (psi[j] += (discountScores ? weight : 1) * value));
      total += weight * of.rewards[t];
    }
    return { psi, total };
  });
}

describe.each([true, false])("enac with scores discounted: %s", (discountScores) => {
  const source = enac({ discount: GAMMA, discountScores });
  const rows = rollouts(batch, discountScores);
  const Y = column(rows.map(({ total }) => total));

  it("is the least-squares regression of eqs. 44 to 47", () => {
    const X = new Matrix(rows.map(({ psi }) => [...psi, 1]));
    const expected = new QrDecomposition(X).solve(Y).to1DArray();
    const { w, report } = find(source, policy, batch);
    expect(report).toMatchObject({ status: "converged", compatible: true });
    expectClose(w, expected.slice(0, PARAMETERS), 1e-10);
  });

  it("is table 5 with sums, and not with averages", () => {
    const M = rows.length;
    const Psi = new Matrix(rows.map(({ psi }) => psi));
    const byTable = (scale: number): number[] => {
      const F = Psi.transpose().mmul(Psi).mul(scale);
      const g = Psi.transpose().mmul(Y).mul(scale);
      const phi = Psi.transpose().mmul(Matrix.ones(M, 1)).mul(scale);
      const mean = Y.sum() * scale;
      const inner = inverse(Matrix.sub(Matrix.mul(F, M), phi.mmul(phi.transpose())));
      const Q = (1 + phi.transpose().mmul(inner).mmul(phi).get(0, 0)) / M;
      const b = Q * (mean - phi.transpose().mmul(inverse(F)).mmul(g).get(0, 0));
      return inverse(F)
        .mmul(Matrix.sub(g, Matrix.mul(phi, b)))
        .to1DArray();
    };
    const { w } = find(source, policy, batch);
    expectClose(w, byTable(1), 1e-10);
    expect(() => expectClose(w, byTable(1 / M), 0.01)).toThrow();
  });

  it("takes the damping for a ridge on w, per step, and none on b", () => {
    const damping = 0.05;
    const steps = batch.episodes.reduce((sum, { start, end }) => {
      for (let t = 0; t < end - start; t++) sum += discountScores ? GAMMA ** (2 * t) : 1;
      return sum;
    }, 0);
    const root = Math.sqrt(damping * steps);
    const X = new Matrix([
      ...rows.map(({ psi }) => [...psi, 1]),
      ...Array.from({ length: PARAMETERS }, (_, i) =>
        Array.from({ length: PARAMETERS + 1 }, (_, j) => (i === j ? root : 0)),
      ),
    ]);
    const right = column([
      ...rows.map(({ total }) => total),
      ...new Array<number>(PARAMETERS).fill(0),
    ]);
    const expected = new QrDecomposition(X).solve(right).to1DArray();
    expectClose(find(source, policy, batch, damping).w, expected.slice(0, PARAMETERS), 1e-10);
  });
});

describe("enac", () => {
  it.each([0, 1])("reports too few episodes whatever λ, as at λ = %d", (damping) => {
    const few = episodesOf(bounded("isTruncated"), policy, PARAMETERS);
    const { w, report } = find(enac({ discount: GAMMA }), policy, few, damping);
    expect(report).toEqual({
      ...{ status: "not-positive-definite", iterations: 0, residual: 1 },
      refusal: "rejected: eNAC needs at least 5 episodes for as many unknowns, got 4",
    });
    expect([...w]).toEqual([0, 0, 0, 0]);
  });

  it("has the exact natural gradient after P + 1 episodes from one start, without noise", () => {
    const problem = { ...quiet, S0: [[0, 0], [0, 0]] }; // prettier-ignore
    const whole = episodesOf(lqr({ ...problem, horizon: 200 }), policy, PARAMETERS + 1);
    const { w } = find(enac({ discount: GAMMA }), policy, whole);
    expectClose(w, truthOf(problem), 1e-6); // γ²⁰⁰ = 7·10⁻¹⁰ of the value is left out
  });

  it("has it from any start and over any horizon with features that V is linear in", () => {
    const short = episodesOf(bounded("isTruncated", quiet), policy, 15);
    const features = quadraticFeatures();
    expectClose(find(enac({ discount: GAMMA, features }), policy, short).w, truthOf(quiet), 1e-8);
    const { w } = find(enac({ discount: GAMMA }), policy, short);
    expect(() => expectClose(w, truthOf(quiet), 0.1)).toThrow();
  });

  it("counts the features among the unknowns", () => {
    const few = episodesOf(bounded("isTruncated"), policy, 9);
    const features = quadraticFeatures();
    const { report } = find(enac({ discount: GAMMA, features }), policy, few);
    expect(report.refusal).toBe(
      "rejected: eNAC needs at least 10 episodes for as many unknowns, got 9",
    );
  });

  it("is no value after a termination: a sure reward at the end alone is no advantage", () => {
    const ends = episodesOf(bounded("isTerminal", quiet), policy, 40);
    const features = quadraticFeatures();
    const at = (part: Batch): Float64Array =>
      find(enac({ discount: GAMMA, features }), policy, part).w;
    const shifted = { data: ends.lastObservations.data.map((x) => x + 1) };
    const moved = { ...ends, lastObservations: { ...ends.lastObservations, ...shifted } };
    const over = ends.episodes.map((episode) => ({ ...episode, ending: "terminated" as const }));
    expect(bits(at({ ...moved, episodes: over }))).toBe(bits(at({ ...ends, episodes: over })));
    expect(bits(at(moved))).not.toBe(bits(at(ends)));
  });

  it("does not depend on the batch before, nor on its size", () => {
    const source = enac({ discount: GAMMA });
    const { w } = find(source, policy, batch);
    find(source, policy, episodesOf(bounded("isTruncated"), policy, 7));
    expect(bits(find(source, policy, batch).w)).toBe(bits(w));
  });

  it("refuses episodes in parts", () => {
    const parts = createCollector({
      environment: lqr({ ...noisy, horizon: 12 }),
      policy,
      random: createRandom(0),
      environments: 1,
      stepsPerEnvironment: 100,
    }).collect();
    expect(() => find(enac({ discount: GAMMA }), policy, parts)).toThrow(
      "enac: episodes must end in the batch, got 1 of 9 cut off by its end",
    );
  });

  it.each([-0.1, 1.1, NaN])("refuses a discount of %d", (discount) => {
    const message = `enac: discount must lie in [0, 1], got ${discount}`;
    expect(() => enac({ discount })).toThrow(message);
  });

  it("in a sentence climbs to near the optimum of the regulator", () => {
    const environment = lqr({ ...noisy, horizon: 40 });
    const learner = policyOf(quietPolicy);
    const agent = naturalGradient({
      policy: learner,
      ...{ baseline: ridge(), advantage: gae({ discount: GAMMA, lambda: 1 }) },
      direction: enac({ discount: GAMMA, features: quadraticFeatures() }),
      ...{ damping: 0, step: fixed(2) },
    });
    const reference = lqrReference(noisy);
    const options = { environment, agent, random: createRandom(1), reference };
    const gaps: number[] = [];
    for (const { report, comparison } of train({
      ...options,
      steps: 60_000,
      stepsPerUpdate: 2000,
    })) {
      expect(report.outcome).toBe("accepted");
      expect(report.slope).toBeCloseTo(report.curvature, 12);
      gaps.push(comparison?.relativeGap ?? NaN);
    }
    expect(gaps[gaps.length - 1]).toBeLessThan(0.2 * gaps[0]);
  });
});
