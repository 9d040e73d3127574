import { lqr, lqrActionValue, type LqrEnvironment, scalarValues } from "../../../envs/index.ts";
import { createRandom, policyFor, type Vector } from "../../../src/index.ts";
import { estimators, type Problem } from "../../estimators/estimators.ts";
import { authorSystem } from "../peters-schaal/systems.ts";

/** The settings of the author's script `LQR_1d_DF_Gradients.m`. */
export const setting = {
  gamma: 0.9,
  episodes: 6,
  steps: 50,
  gains: [0, 1, 2, 3, 4, 5].map((i) => -0.1 - (1.6 * (5 - i)) / 5),
  explorations: [0, 1, 2, 3, 4, 5].map((j) => 0.1 + j / 5),
  /** Standard deviation of the perturbations of finite differences, over (k, log σ); chosen here. */
  scale: 0.01,
};

/** A policy of the grid. */
export interface GridPoint {
  readonly k: number;
  readonly sigma: number;
}

/** The 36 policies, row by row of equal σ. */
export const grid: readonly GridPoint[] = setting.explorations.flatMap((sigma) =>
  setting.gains.map((k) => ({ k, sigma })),
);

/** A vector over (k, σ). */
export type Arrow = readonly [k: number, sigma: number];

/** The exact normalised return, gradient and natural gradient at a policy. */
export function exactAt({ k, sigma }: GridPoint): {
  readonly return: number;
  readonly vanilla: Arrow;
  readonly natural: Arrow;
} {
  const values = scalarValues(authorSystem.problem, k, sigma, setting.gamma);
  return { return: values.return, vanilla: values.gradient, natural: values.naturalGradient };
}

const environment: LqrEnvironment = lqr({ ...authorSystem.problem, horizon: setting.steps });

/** The problem of estimating at a policy, a ~ N(k s, σ²) with θ = (k, log σ). */
export function problemAt({ k, sigma }: GridPoint): Problem {
  const policy = policyFor(environment, createRandom(0), { bias: false });
  policy.theta.set([k, Math.log(sigma)]);
  const actionValue = lqrActionValue(environment.problem, policy, setting.gamma);
  return { environment, policy, discount: setting.gamma, actionValue };
}

/** A gradient of J over (k, log σ) as that of (1 − γ)J over (k, σ): ∂/∂σ = σ⁻¹ ∂/∂log σ. */
export function gradientOver(g: Vector, { sigma }: GridPoint): Arrow {
  return [(1 - setting.gamma) * g[0], ((1 - setting.gamma) * g[1]) / sigma];
}

/** A direction over (k, log σ) as one over (k, σ): dσ = σ d(log σ). */
export function directionOver(w: Vector, { sigma }: GridPoint): Arrow {
  return [(1 - setting.gamma) * w[0], (1 - setting.gamma) * w[1] * sigma];
}

/** What each estimator is called here. */
export const labels: ReadonlyMap<string, string> = new Map(
  estimators.map(({ key, label }) => [key, label]),
);
