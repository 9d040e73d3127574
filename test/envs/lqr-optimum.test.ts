import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  gaussNewtonGain,
  inUnits,
  type LqrProblem,
  optimum,
  scalarProblem,
  spectralRadius,
  stationaryValues,
} from "../../envs/index.ts";
import { createRandom, type Random } from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { plane, planePolicy } from "../support/lqr.ts";

const cheap: LqrProblem = { ...scalarProblem, R: [[0.1]] };

describe("the Riccati optimum", () => {
  // Derived from the printed problem of Peters & Schaal 2008; "γ → 1" is the average reward.
  it.each([
    [0.9, cheap, -0.907551],
    [0.95, cheap, -0.912022],
    [1, cheap, -0.91608],
  ])("for γ = %d with Q = 1, R = 0.1 has the gain of the literature", (gamma, problem, gain) => {
    expect(optimum(problem, gamma).K[0][0]).toBeCloseTo(gain, 6);
  });

  it.each([
    [0.9, -0.5884],
    [0.95, -0.6037],
    [0.99, -0.6153],
    [1, -0.618],
  ])("for γ = %d with Q = R = 1 has the gain of the literature", (gamma, gain) => {
    expect(optimum(scalarProblem, gamma).K[0][0]).toBeCloseTo(gain, 4);
  });

  it("for γ = 1 with Q = R = 1 is the golden section", () => {
    expect(optimum(scalarProblem, 1).K[0][0]).toBeCloseTo((1 - Math.sqrt(5)) / 2, 14);
  });

  it("for γ = 0 does nothing, since actions only cost", () => {
    const best = optimum(scalarProblem, 0);
    expect(best.K[0][0]).toBeCloseTo(0, 15);
    expect(best.return).toBeCloseTo(-1, 15);
  });

  it.each([0.5, 0.9, 1])("has no gradient along K and is where γ = %d is best", (gamma) => {
    const { K, return: best } = optimum(plane, gamma);
    const at = (gain: typeof K): ReturnType<typeof stationaryValues> =>
      stationaryValues(plane, { K: gain, sigma: [0, 0] }, gamma);
    expect(at(K).return).toBe(best);
    const scale = Math.hypot(...stationaryValues(plane, planePolicy, gamma).gradient);
    expect(Math.max(...at(K).gradient.map(Math.abs))).toBeLessThan(1e-12 * scale);
    for (let k = 0; k < 8; k++) {
      const other = K.map((row, j) => row.map((x, i) => x + 1e-2 * Math.sin(5 * k + 3 * j + i)));
      expect(at(other).return).toBeLessThan(best);
    }
  });

  it("is found from an unstable plant, where no control diverges", () => {
    const unstable: LqrProblem = { ...scalarProblem, A: [[3]] };
    const { K, return: best } = optimum(unstable, 1);
    expect(Math.abs(3 + K[0][0])).toBeLessThan(1);
    expect(best).toBeCloseTo(0, 15);
    const { gradient } = stationaryValues(unstable, { K, sigma: [0.1] }, 1);
    expect(Math.abs(gradient[0])).toBeLessThan(1e-10);
  });

  it("is −∞ with a NaN gain where nothing stabilises the problem", () => {
    const hopeless: LqrProblem = { ...scalarProblem, A: [[2]], B: [[0]] };
    expect(optimum(hopeless, 0.9)).toEqual({ K: [[NaN]], return: -Infinity });
  });
});

describe("the optimum of costs that miss a mode", () => {
  it("is found where an unstable mode costs nothing", () => {
    const free: LqrProblem = { ...scalarProblem, A: [[1.2]], Q: [[0]], W: [[1]] };
    const { K, return: best } = optimum(free, 1);
    // The largest root of p = a²p − a²p²/(1 + p): p = a² − 1, so that a + K = 1/a.
    expect(K[0][0]).toBeCloseTo(1 / 1.2 - 1.2, 12);
    expect(best).toBeCloseTo(-(1.2 ** 2 - 1), 12);
  });

  it("is the supremum where the best gain is on the edge of stability", () => {
    const marginal: LqrProblem = { ...scalarProblem, Q: [[0]], W: [[1]] };
    const { K, return: best } = optimum(marginal, 1);
    expect(K[0][0]).toBeCloseTo(0, 12);
    expect(best).toBeCloseTo(0, 12);
  });

  it.each([1e-4, 1, 1e4])("is the same in states measured in units of %d", (unit) => {
    const free = inUnits({ ...scalarProblem, A: [[1.2]], Q: [[0]] }, unit);
    expect(optimum(free, 1).K[0][0] * unit).toBeCloseTo(1 / 1.2 - 1.2, 12);
  });

  it("is at least as good as every stable policy of 400 random problems", () => {
    const random = createRandom("stabilisable");
    let compared = 0;
    for (let trial = 0; trial < 400; trial++) {
      const { problem, K, gamma } = randomProblem(random);
      const given = stationaryValues(problem, { K, sigma: K.map(() => 0) }, gamma);
      if (!given.stable) continue;
      compared++;
      const best = optimum(problem, gamma).return;
      const slack = 1e-9 * (Math.abs(given.return) + 1e-9);
      expect(best, JSON.stringify({ problem, K, gamma })).toBeGreaterThanOrEqual(
        given.return - slack,
      );
    }
    expect(compared).toBeGreaterThan(300);
  });
});

/** A problem with singular costs as often as not, A = M − BK for a stable M, and that K. */
function randomProblem(random: Random): { problem: LqrProblem; K: number[][]; gamma: number } {
  const n = 1 + Math.floor(random.uniform(0, 3));
  const m = 1 + Math.floor(random.uniform(0, 2));
  const gamma = [0.5, 0.95, 1][Math.floor(random.uniform(0, 3))];
  const full = (rows: number, columns: number): Matrix =>
    new Matrix(
      Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal())),
    );
  const gram = (size: number, rank: number): Matrix => {
    const factor = full(size, Math.max(rank, 1)).mul(rank === 0 ? 0 : 1);
    return factor.mmul(factor.transpose());
  };
  const [B, K] = [full(n, m), full(m, n)];
  const loop = full(n, n);
  const radius = spectralRadius(
    { ...scalarProblem, A: loop.to2DArray(), B: B.to2DArray() },
    { K: Matrix.zeros(m, n).to2DArray() },
  );
  const A = loop.mul(random.uniform(0.3, 0.98) / radius).sub(B.mmul(K));
  const problem: LqrProblem = {
    A: A.to2DArray(),
    B: B.to2DArray(),
    Q: gram(n, Math.floor(random.uniform(0, n + 1))).to2DArray(),
    R: gram(m, m).add(Matrix.eye(m).mul(0.1)).to2DArray(),
    W: gram(n, n).to2DArray(),
    m0: full(1, n).to1DArray(),
    S0: gram(n, n).to2DArray(),
  };
  return { problem, K: K.to2DArray(), gamma };
}

describe("the Gauss-Newton gain", () => {
  // Without the ½ in the reward w is twice as large, and J is not normalised by 1 − γ.
  it.each([0.5, 0.9, 1])(
    "is the natural step of α = (1 − γ)/(2(R + γBᵀPB)σ²) for one action, γ = %d",
    (gamma) => {
      const policy = { K: [[-0.3]], sigma: [0.4] };
      const { naturalGradient } = stationaryValues(cheap, policy, gamma);
      const P = (1 + 0.1 * 0.3 ** 2) / (1 - gamma * 0.7 ** 2);
      const scale = gamma === 1 ? 1 : 1 - gamma;
      const alpha = scale / (2 * (0.1 + gamma * P) * 0.4 ** 2);
      expectClose(
        [-0.3 + alpha * naturalGradient[0]],
        gaussNewtonGain(cheap, policy, gamma)[0],
        1e-13,
      );
      expectClose(
        gaussNewtonGain(cheap, policy, gamma)[0],
        [(-gamma * P) / (0.1 + gamma * P)],
        1e-13,
      );
    },
  );

  it("converges to the optimum quadratically: each error is about a constant times the last squared", () => {
    const best = optimum(scalarProblem, 0.95).K[0][0];
    let K = [[-0.45]];
    const errors: number[] = [];
    for (let k = 0; k < 5; k++) {
      errors.push(Math.abs(K[0][0] - best));
      K = gaussNewtonGain(scalarProblem, { K, sigma: [1] }, 0.95).map((row) => [...row]);
    }
    const constants = errors.slice(1, 4).map((error, k) => error / errors[k] ** 2);
    expect(errors[3]).toBeLessThan(1e-6);
    expect(errors[4]).toBeLessThan(1e-12);
    expect(Math.max(...constants) / Math.min(...constants)).toBeLessThan(2);
  });

  it("improves J at every step, whatever σ", () => {
    const sigma = [0.4, 0.25];
    let K = planePolicy.K;
    let last = -Infinity;
    for (let k = 0; k < 3; k++) {
      const value = stationaryValues(plane, { K, sigma }, 0.9).return;
      expect(value).toBeGreaterThan(last);
      last = value;
      K = gaussNewtonGain(plane, { K, sigma }, 0.9);
    }
  });

  it("refuses a gain under which J = −∞ and asks for a stabilising one", () => {
    expect(() => gaussNewtonGain(scalarProblem, { K: [[1]], sigma: [1] }, 1)).toThrow(
      "lqr: policy iteration needs √γ·ρ(A + BK) < 1, got 2; start from a stabilising K",
    );
  });
});
