import { type LinearPolicy, type LqrProblem } from "../../envs/index.ts";
import {
  constantHead,
  createPolicy,
  createRandom,
  diagonalGaussian,
  linear,
  type Policy,
} from "../../src/index.ts";

/** Two states, two actions, every matrix full, noise, and a start away from zero. */
export const plane: LqrProblem = {
  A: [
    [0.8, 0.3],
    [-0.2, 0.7],
  ],
  B: [
    [0.5, 0.1],
    [-0.2, 0.4],
  ],
  Q: [
    [1, 0.2],
    [0.2, 0.5],
  ],
  R: [
    [0.3, 0.05],
    [0.05, 0.2],
  ],
  W: [
    [0.02, 0.005],
    [0.005, 0.01],
  ],
  m0: [0.7, -0.4],
  S0: [
    [0.3, 0.1],
    [0.1, 0.2],
  ],
};

/** A stabilising policy of `plane`, not the best. */
export const planePolicy: LinearPolicy = {
  K: [
    [-0.3, -0.2],
    [0.1, -0.4],
  ],
  sigma: [0.4, 0.25],
};

/** (K row-major, σ) and back. */
export function flatten({ K, sigma }: LinearPolicy): number[] {
  return [...K.flat(), ...sigma];
}

export function unflatten(x: ArrayLike<number>, n: number, m: number): LinearPolicy {
  const values = Array.from(x);
  return {
    K: Array.from({ length: m }, (_, j) => values.slice(j * n, (j + 1) * n)),
    sigma: values.slice(m * n),
  };
}

/** The policy of the toolkit that is a ~ N(K s, diag σ²), or N(K s + b, diag σ²) where a bias is given. */
export function policyOf({ K, sigma }: LinearPolicy, bias?: readonly number[]): Policy {
  const m = sigma.length;
  const network = constantHead(
    linear(K[0].length, m, { bias: bias !== undefined }),
    sigma.map(Math.log),
  );
  const policy = createPolicy(network, diagonalGaussian(m), createRandom(0));
  policy.theta.set([...K.flat(), ...(bias ?? [])]);
  return policy;
}
