import {
  type LqrProblem,
  optimum,
  scalarProblem,
  scalarValues,
  type ScalarValues,
} from "../../../envs/index.ts";

/** A scalar system of the comparison, with what the pictures need of it. */
export interface System {
  readonly id: "author" | "unit";
  /** r as a formula. */
  readonly reward: string;
  readonly problem: LqrProblem;
  readonly gamma: number;
}

/** The discount of the figure in Peters' Matlab library, used throughout. */
export const GAMMA = 0.95;

const start = { m0: [0.3], S0: [[1e-4]] };

/** The system behind the published figure, from `LQR_1d_DF.m`; the ½ of its reward is in Q and R. */
export const authorSystem: System = {
  id: "author",
  reward: "r = −½s² − ½·0.1a²",
  problem: { ...scalarProblem, ...start, Q: [[0.5]], R: [[0.05]] },
  gamma: GAMMA,
};

/** r = −s² − a² on the same dynamics and start. */
export const unitSystem: System = {
  id: "unit",
  reward: "r = −s² − a²",
  problem: { ...scalarProblem, ...start },
  gamma: GAMMA,
};

/** Exact values at (k, σ), of the return normalised by 1 − γ. */
export function valuesAt({ problem, gamma }: System, k: number, sigma: number): ScalarValues {
  return scalarValues(problem, k, sigma, gamma);
}

/** The optimum: k*, and the normalised return at σ = 0. */
export function optimumOf({ problem, gamma }: System): {
  readonly k: number;
  readonly return: number;
} {
  const best = optimum(problem, gamma);
  return { k: best.K[0][0], return: (1 - gamma) * best.return };
}

/** r = −s² − a² from s₀ ~ N(0, 1), the problem of the sampled training. */
export const trainingSystem: System = { ...unitSystem, problem: scalarProblem };

const trainingOptimum = optimumOf(trainingSystem).return;

/** (J* − J)/|J*| of a ~ N(k s, σ²) on the training system; ∞ where J = −∞. */
export function relativeGapOf(k: number, sigma: number): number {
  return (trainingOptimum - valuesAt(trainingSystem, k, sigma).return) / -trainingOptimum;
}
