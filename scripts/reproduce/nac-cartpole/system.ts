import {
  cartpoleLinear,
  type LqrEnvironment,
  lqrReference,
  optimum,
  spectralRadius,
  stationaryValues,
} from "../../../envs/index.ts";
import {
  boundedGaussian,
  constantHead,
  createPolicy,
  createRandom,
  linear,
  type GroundTruth,
  type Policy,
} from "../../../src/index.ts";

/** γ, which the source does not state: that of its optimal gains. */
export const GAMMA = 0.99;
/** Steps a second. */
export const RATE = 60;
/** The bounds of σ = 0.1 + 1/(1 + exp ξ). */
export const bounds = { low: 0.1, high: 1.1 };
/** σ of every start; the source does not state it. */
export const START_SIGMA = 0.6;

/** What the numbers of the state are called. */
export const stateNames = ["x", "ẋ", "θ", "θ̇"] as const;

/** All returns are of the system without noise, which changes neither K* nor the best σ. */
export const { problem } = cartpoleLinear({ noise: 0 });
const referenceOf = lqrReference(problem);

/** K*, and the J of it with the least exploration, which is as good as such a policy can be. */
export const best = (() => {
  const { K } = optimum(problem, GAMMA);
  return { K: K[0], return: stationaryValues(problem, { K, sigma: [bounds.low] }, GAMMA).return };
})();

/** The system with N(0, noise²) on each number of the state, in episodes of so many steps. */
export function environmentWith(noise: number, horizon: number): LqrEnvironment {
  return cartpoleLinear({ noise, horizon });
}

/** a ~ N(K s, σ²) with θ = (K, ξ). */
export function policyAt(theta: ArrayLike<number>): Policy {
  const network = constantHead(linear(4, 1, { bias: false }), [0]);
  const policy = createPolicy(network, boundedGaussian(1, bounds), createRandom("policy"));
  policy.theta.set(theta);
  return policy;
}

/**
 * A random initial policy: each gain U(0, 2) of the optimal one, drawn again until the closed loop
 * is stable, and σ = 0.6.
 */
export function startOf(seed: number): Float64Array {
  const random = createRandom(`nac-cartpole/start/${seed}`);
  for (;;) {
    const K = best.K.map((gain) => gain * random.uniform(0, 2));
    if (spectralRadius(problem, { K: [K] }) < 1) return Float64Array.of(...K, xiOf(START_SIGMA));
  }
}

/** ξ of a σ between the bounds. */
function xiOf(sigma: number): number {
  return Math.log((bounds.high - sigma) / (sigma - bounds.low));
}

/** σ of θ. */
export function sigmaOf(theta: ArrayLike<number>): number {
  return bounds.low + (bounds.high - bounds.low) / (1 + Math.exp(theta[4]));
}

/** The exact J, ∇J, F and natural gradient of returns without end. */
export function truthOf(policy: Policy): GroundTruth {
  const truth = referenceOf(policy, GAMMA);
  if (truth === undefined) throw new Error("nac-cartpole: the policy is not linear-Gaussian");
  return truth;
}

/** (J* − J)/|J*|; ∞ for a policy that is not stable. */
export function relativeGap(truth: Pick<GroundTruth, "return">): number {
  return (best.return - truth.return) / Math.abs(best.return);
}
