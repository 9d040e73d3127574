import { inUnits, lqr, type LqrEnvironment, scalarProblem } from "../../../envs/index.ts";
import {
  type Agent,
  cholesky,
  direct,
  discountedStates,
  exactFisher,
  fixed,
  gae,
  identityFisher,
  klNormalised,
  lineSearch,
  naturalGradient,
  policyFor,
  type Random,
  ridge,
} from "../../../src/index.ts";
import { GAMMA } from "./systems.ts";

export type Method = "vanilla" | "natural" | "trpo";
export const methods: readonly Method[] = ["vanilla", "natural", "trpo"];

/** What one update is made of, the same for every method. */
export const sampling = {
  horizon: 20,
  environments: 10,
  stepsPerUpdate: 200,
  lambda: 0.95,
  start: { k: -0.1, sigma: 0.9 },
};

/** r = −s² − a² with the state in units of which `scale` make one metre. */
export function environmentInUnits(scale: number): LqrEnvironment {
  return lqr({ ...inUnits(scalarProblem, scale), horizon: sampling.horizon });
}

/**
 * The agents of the sampled comparison, alike but for metric and step: θ = (k, log σ) without a
 * bias, quadratic ridge baseline, GAE, states weighted by γᵗ, λ = 0 and a Cholesky solve, so that
 * nothing depends on the units of the state that the method does not make depend on them.
 */
export function createAgent(
  method: Method,
  size: number,
  environment: LqrEnvironment,
  random: Random,
): Agent {
  const policy = policyFor(environment, random.split("policy"), { bias: false });
  const scale = Math.sqrt(environment.problem.S0[0][0]);
  policy.theta.set([sampling.start.k / scale, Math.log(sampling.start.sigma)]);
  const parts = {
    policy,
    baseline: ridge(),
    advantage: gae({ discount: GAMMA, lambda: sampling.lambda }),
    weighting: discountedStates(GAMMA),
    damping: 0,
  };
  if (method === "vanilla") {
    const euclidean = { fisher: identityFisher(), solver: direct(), step: fixed(size) };
    return naturalGradient({ ...parts, ...euclidean });
  }
  const step = method === "natural" ? klNormalised(size) : lineSearch({ kl: size });
  return naturalGradient({ ...parts, fisher: exactFisher(), solver: cholesky(), step });
}
