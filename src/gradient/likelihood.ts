import { exp } from "../math/elementary.ts";
import { klOldToNew } from "./divergence.ts";
import { createObjective, type SurrogateMaker } from "./surrogate.ts";

/**
 * The log-likelihood L(θ′) = Σᵢ ρᵢ Âᵢ log π(aᵢ | oᵢ; θ′), for actions that were observed rather than
 * drawn: labels, with Âᵢ = 1.
 *
 * Its gradient at θ is that of the surrogate, g = Jᵀ(ρ ⊙ Â ⊙ score), and KL is measured alike; only
 * the gain differs, Σᵢ ρᵢ Âᵢ (log π(aᵢ; θ′) − log π(aᵢ; θ)), which a line search then asks to rise.
 */
export const createLikelihood: SurrogateMaker = (policy, count, divergence = klOldToNew) =>
  createObjective(policy, count, { divergence, rise: () => undefined, ratio: exp });
