import { expm1 } from "../math/elementary.ts";
import { createRows } from "../math/rows.ts";
import { dot, type Vector } from "../math/vector.ts";
import type { Linearisation } from "../network/network.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch } from "../rollout/batch.ts";
import { type Divergence, klOldToNew } from "./divergence.ts";
import { policyGradient } from "./policy-gradient.ts";

/** What moving the policy would change on the batch. */
export interface Measurement {
  /** L(θ′) − L(θ), by how much the surrogate rises. */
  readonly gain: number;
  /** Σ ρᵢ D(πᵢ, π′ᵢ) in nats, where D is KL(old ‖ new) unless another divergence was chosen. */
  readonly kl: number;
  /** Σ π(aᵢ; θ′) / π(aᵢ; θ), and the sum of the squares, over the steps without their weights. */
  readonly ratios: number;
  readonly squaredRatios: number;
}

/**
 * The surrogate L(θ′) = Σᵢ ρᵢ Âᵢ π(aᵢ; θ′) / π(aᵢ; θ) of a batch, whose gradient at θ is the policy
 * gradient. Source: Schulman et al. 2015, arXiv 1502.05477, eq. 14.
 */
export interface Surrogate {
  /** Whose θ it moves to. */
  readonly policy: Policy;
  /** The linearised policy at θ. */
  readonly point: Linearisation;
  readonly advantages: Vector;
  readonly weights: Vector;
  /** Moves to the policy's θ; then `advantages` and `weights` are to be filled. */
  at(batch: Batch): void;
  /** g ← ∇L(θ). */
  gradient(g: Vector): void;
  /** What θ′ would change; the policy is not touched. */
  measure(theta: Vector): Measurement;
}

/** Makes a surrogate for batches of `count` steps. */
export type SurrogateMaker = (policy: Policy, count: number, divergence?: Divergence) => Surrogate;

/** A surrogate for batches of `count` steps, in buffers made once. */
export function createSurrogate(
  policy: Policy,
  count: number,
  divergence: Divergence = klOldToNew,
): Surrogate {
  return createObjective(policy, count, {
    divergence,
    rise: ratiosLessOne,
    ratio: (rise) => 1 + rise,
  });
}

/** π′/π − 1. */
function ratiosLessOne(logRatios: Vector): void {
  for (let i = 0; i < logRatios.length; i++) logRatios[i] = expm1(logRatios[i]);
}

/** What tells objectives with the policy gradient as their gradient apart. */
export interface ObjectiveOptions {
  readonly divergence: Divergence;
  /** xᵢ ← φ(xᵢ), φ(0) = 0 and φ′(0) = 1, of the logs of the ratios π(aᵢ; θ′) / π(aᵢ; θ). */
  readonly rise: (logRatios: Vector) => void;
  /** The ratio whose φ is given. */
  readonly ratio: (rise: number) => number;
}

/** L with L(θ′) − L(θ) = Σᵢ ρᵢ Âᵢ φ(log π(aᵢ; θ′) − log π(aᵢ; θ)), whose gradient at θ is the policy gradient. */
export function createObjective(
  policy: Policy,
  count: number,
  { divergence, rise, ratio }: ObjectiveOptions,
): Surrogate {
  const { network, distribution } = policy;
  const point = network.linearisation(count);
  const moved = network.linearisation(count);
  const scratch = createRows(count, network.outputSize);
  const advantages = new Float64Array(count);
  const weights = new Float64Array(count);
  const logOld = new Float64Array(count);
  const logNew = new Float64Array(count);
  let current: Batch | undefined;

  const batchOf = (): Batch => {
    if (current === undefined) throw new Error("surrogate: call at(batch) first");
    return current;
  };

  return {
    policy,
    point,
    advantages,
    weights,
    at: (batch) => {
      current = batch;
      point.at(policy.theta, batch.observations);
      distribution.logProb(point.outputs, batch.actions, logOld);
    },
    gradient: (g) => {
      const { actions } = batchOf();
      policyGradient(point, distribution, { actions, advantages, weights }, scratch, g);
    },
    measure: (theta) => {
      const { observations, actions } = batchOf();
      moved.at(theta, observations);
      distribution.logProb(moved.outputs, actions, logNew);
      for (let i = 0; i < count; i++) logNew[i] -= logOld[i];
      rise(logNew);
      let [gain, ratios, squaredRatios] = [0, 0, 0];
      for (let i = 0; i < count; i++) {
        gain += weights[i] * advantages[i] * logNew[i];
        const each = ratio(logNew[i]);
        ratios += each;
        squaredRatios += each * each;
      }
      divergence(distribution, point.outputs, moved.outputs, logNew);
      return { gain, kl: dot(weights, logNew), ratios, squaredRatios };
    },
  };
}
