import { Matrix, solve } from "ml-matrix";
import { lqr, type LqrProblem } from "../../envs/index.ts";
import {
  type Batch,
  createCollector,
  createEpisodeCollector,
  createRandom,
  createSurrogate,
  type DirectionReport,
  type DirectionSource,
  type Environment,
  type Policy,
} from "../../src/index.ts";
import { plane } from "./lqr.ts";

/** The plane with one action and no noise, where Â is linear in ∇log π: one action has no products. */
export const quiet: LqrProblem = {
  ...plane,
  B: [[0.5], [-0.2]],
  R: [[0.3]],
  W: [
    [0, 0],
    [0, 0],
  ],
};
/** The same with the noise of the plane. */
export const noisy: LqrProblem = { ...quiet, W: plane.W };
/** A stabilising policy of it, not the best. */
export const quietPolicy = { K: [[-0.3, -0.2]], sigma: [0.4] };

/** The plane cut off beyond |s₀| = 1.1, or terminated there. */
export function bounded(key: "isTruncated" | "isTerminal", problem = noisy): Environment {
  return { ...lqr({ ...problem, horizon: 12 }), [key]: (s: Float64Array) => Math.abs(s[0]) > 1.1 };
}

export interface Found {
  readonly w: Float64Array;
  readonly report: DirectionReport;
}

/** What a source finds in a batch. */
export function find(source: DirectionSource, policy: Policy, batch: Batch, damping = 0): Found {
  const surrogate = createSurrogate(policy, batch.rewards.length);
  surrogate.at(batch);
  const w = new Float64Array(policy.theta.length).fill(NaN);
  const report = source.at(batch, surrogate).find(new Float64Array(w.length), damping, w);
  return { w, report };
}

export function episodesOf(environment: Environment, policy: Policy, episodes: number): Batch {
  const random = createRandom("episodes");
  return createEpisodeCollector({ environment, policy, random, episodes }).collect();
}

export function stepsOf(environment: Environment, policy: Policy, steps: number): Batch {
  const random = createRandom("steps");
  const options = { environment, policy, random, environments: 2, stepsPerEnvironment: steps / 2 };
  return createCollector(options).collect();
}

/**
 * ∇log π of each step of a ~ N(k s, σ²) or N(k s + b, σ²) over θ = (k, b if there is one, log σ), by
 * hand: ((a − μ)/σ² s, (a − μ)/σ², (a − μ)²/σ² − 1).
 */
export function scoresByHand({ theta }: Policy, { observations, actions }: Batch): number[][] {
  const n = observations.width;
  const bias = theta.length === n + 2;
  const sigma = Math.exp(theta[theta.length - 1]);
  return Array.from(actions.data, (a, i) => {
    const s = [...observations.data.subarray(i * n, (i + 1) * n), ...(bias ? [1] : [])];
    const mu = s.reduce((sum, value, j) => sum + theta[j] * value, 0);
    const z = (a - mu) / sigma;
    return [...s.map((value) => (z / sigma) * value), z * z - 1];
  });
}

/**
 * A and b by their definition, z = Σ_{s ≤ t} (γλ)^{t−s} φ̂ₛ over the steps of the episode, for an
 * observation with its square and a constant for features.
 */
export function normalEquations(policy: Policy, batch: Batch, lambda: number, discount: number) {
  const scores = scoresByHand(policy, batch);
  const phi = ({ data }: { data: Float64Array }, i: number): number[] => {
    const [x, y] = [data[2 * i], data[2 * i + 1]];
    return [1, x, y, x * x, x * y, y * y];
  };
  const none = scores[0].map(() => 0);
  const size = none.length + 6;
  const A = Matrix.zeros(size, size);
  const b = Matrix.zeros(size, 1);
  batch.episodes.forEach(({ start, end, ending }, e) => {
    for (let t = start; t < end; t++) {
      const here = [...scores[t], ...phi(batch.observations, t)];
      const last = ending === "truncated" ? phi(batch.lastObservations, e) : none.concat(none);
      const next = [...none, ...(t + 1 < end ? phi(batch.observations, t + 1) : last)];
      const change = here.map((value, i) => value - discount * next[i]);
      for (let s = start; s <= t; s++) {
        const weight = (discount * lambda) ** (t - s);
        const hat = Matrix.columnVector([...scores[s], ...phi(batch.observations, s)]).mul(weight);
        A.add(hat.mmul(new Matrix([change])));
        b.add(Matrix.mul(hat, batch.rewards[t]));
      }
    }
  });
  return { A, b };
}
/** The leading unknowns of A⁻¹b. */
export const leading = (A: Matrix, b: Matrix, count = 3): number[] =>
  solve(A, b).to1DArray().slice(0, count);
