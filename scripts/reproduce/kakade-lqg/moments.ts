import type { MatrixRows } from "../../../envs/index.ts";
import type { Geometry } from "../gradient-flow.ts";

/** x′ = 0.7x + u + ε, ε ~ N(0, 1), at a cost of x′² for each of 20 steps. */
const system = { pole: 0.7, noise: 1, steps: 20 };

/** (s₁, s₂), by which the two features of the policy are scaled. */
export type Scaling = readonly [first: number, second: number];

/** The expected cost of a policy, and what a flow needs of it. */
export interface CostValues extends Geometry {
  /** E Σ xₜ² over x₁ … x₂₀, from x₀ = 0. */
  readonly cost: number;
  /** ∇ of minus the cost. */
  readonly gradient: readonly number[];
  /** The Fisher matrix of π(· | x), averaged over the 20 visited states x₁ … x₂₀. */
  readonly fisher: MatrixRows;
}

/**
 * The exact values of π(u | x; θ) ∝ exp(θ₁s₁u² + θ₂s₂xu), that is u ~ N(kx, v) with v = −1/(2θ₁s₁) and
 * k = θ₂s₂v, by the second moments of the state.
 *
 * Mₜ₊₁ = (0.7 + k)²Mₜ + v + 1 with M₀ = 0; the cost is M₁ + … + M₂₀. The policy is an exponential
 * family, so that F_x is the covariance of its features s₁u² and s₂xu.
 *
 * @throws RangeError unless θ₁s₁ < 0: the policy has no density otherwise.
 */
export function valuesAt([theta1, theta2]: readonly number[], [s1, s2]: Scaling): CostValues {
  if (!(theta1 * s1 < 0)) {
    throw new RangeError(`kakade-lqg: θ₁s₁ must be negative, got ${theta1 * s1}`);
  }
  const v = -1 / (2 * theta1 * s1);
  const k = theta2 * s2 * v;
  const { cost, perGain, perVariance } = costOf(k, v);
  // ∂v/∂(θ₁s₁) = 2v², ∂k/∂(θ₁s₁) = 2kv and ∂k/∂(θ₂s₂) = v.
  const gradient = [-s1 * (2 * v * v * perVariance + 2 * k * v * perGain), -s2 * v * perGain];
  const second = cost / system.steps;
  const cross = s1 * s2 * 2 * k * v * second;
  return {
    cost,
    gradient,
    fisher: [
      [s1 * s1 * (2 * v * v + 4 * k * k * v * second), cross],
      [cross, s2 * s2 * v * second],
    ],
  };
}

/** Σ Mₜ and its derivatives over k and v. */
function costOf(k: number, v: number): Record<"cost" | "perGain" | "perVariance", number> {
  const loop = system.pole + k;
  let [moment, byGain, byVariance] = [0, 0, 0];
  let [cost, perGain, perVariance] = [0, 0, 0];
  for (let t = 0; t < system.steps; t++) {
    byGain = loop * loop * byGain + 2 * loop * moment;
    byVariance = loop * loop * byVariance + 1;
    moment = loop * loop * moment + v + system.noise;
    cost += moment;
    perGain += byGain;
    perVariance += byVariance;
  }
  return { cost, perGain, perVariance };
}
