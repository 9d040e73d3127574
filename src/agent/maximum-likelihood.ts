import { rewardsToGo } from "../advantage/rewards-to-go.ts";
import { zero } from "../baseline/zero.ts";
import { createLikelihood } from "../gradient/likelihood.ts";
import type { LinearOperator } from "../linear/operator.ts";
import type { Agent } from "./agent.ts";
import { naturalGradient } from "./natural-gradient.ts";
import type { NaturalGradientParts } from "./parts.ts";

/** The sentence of a supervised learner: fisher × solver × damping × step. */
export type MaximumLikelihoodParts<A extends LinearOperator> = Omit<
  NaturalGradientParts<A>,
  "baseline" | "advantage" | "surrogate"
>;

/**
 * θ ← θ + α w up the log-likelihood of the labels of a data set, `oneStepBatch(inputs, labels)`:
 * `naturalGradient` whose actions are the labels and whose advantages are 1.
 *
 * g = Σᵢ ρᵢ ∇log p(yᵢ | xᵢ; θ), F that of p(y | x; θ) at the inputs. The empirical model of F is here
 * the label-based one. A weight of its own for each row is a `weighting`.
 *
 * Source: natural gradient descent, Amari 1998, Neural Computation 10:251-276.
 */
export function maximumLikelihood<A extends LinearOperator>(
  parts: MaximumLikelihoodParts<A>,
): Agent {
  const advantage = rewardsToGo({ discount: 0 });
  return naturalGradient({ ...parts, baseline: zero(), advantage, surrogate: createLikelihood });
}
