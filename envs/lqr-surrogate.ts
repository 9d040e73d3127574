import { Matrix } from "ml-matrix";
import type { Measurement } from "../src/index.ts";
import { curvature, matrices, matrix, valueMatrix } from "./lqr-algebra.ts";
import type { LinearPolicy, LqrProblem } from "./lqr-problem.ts";
import { stationaryValues } from "./lqr-solution.ts";

/**
 * The exact surrogate of a stable linear policy: what moving to another would change on the states
 * of the first, with ΔK = K′ − K and Σ the second moment of the state under the old policy.
 *
 * gain = E_{s~d, a~π′}[A(s, a)] = −tr(HΔKΣΔKᵀ) − 2 tr(EΣΔKᵀ) − Σⱼ Hⱼⱼ(σ′ⱼ² − σⱼ²),
 * KL(old ‖ new) = Σⱼ log(σ′ⱼ/σⱼ) + (σⱼ² + (ΔKΣΔKᵀ)ⱼⱼ)/(2σ′ⱼ²) − ½, in nats.
 * Source: derived from the quadratic advantage; Kakade & Langford 2002 for the identity.
 */
export function exactSurrogate(
  problem: LqrProblem,
  policy: LinearPolicy,
  gamma: number,
): (moved: LinearPolicy) => Measurement {
  const values = stationaryValues(problem, policy, gamma);
  const system = matrices(problem);
  const K = matrix(policy.K);
  const second = matrix(values.stateSecondMoment);
  const { E, H } = curvature(system, K, valueMatrix(system, K, gamma), gamma);
  return (moved) => {
    const change = Matrix.sub(matrix(moved.K), K);
    const spread = change.mmul(second).mmul(change.transpose());
    let gain = -Matrix.mul(H, spread).sum() - 2 * Matrix.mul(E.mmul(second), change).sum();
    let kl = 0;
    policy.sigma.forEach((sigma, j) => {
      const next = moved.sigma[j];
      gain -= H.get(j, j) * (next * next - sigma * sigma);
      kl += Math.log(next / sigma) - 0.5;
      kl += (sigma * sigma + spread.get(j, j)) / (2 * next * next);
    });
    return { gain, kl };
  };
}
