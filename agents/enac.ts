import * as z from "zod";
import {
  type Agent,
  type DirectionSource,
  enac,
  enacTimeVariant,
  type Environment,
  klNormalised,
  naturalGradient,
  quadraticFeatures,
  type Random,
} from "../src/index.ts";
import { kinds, parseOptions, linearPolicyOptions, stepOptions } from "./options.ts";
import { regressedParts } from "./parts.ts";

export const enacOptions = z.strictObject({
  value: z
    .enum(["quadratic", "constant", "time"], {
      error: 'must be "quadratic", "constant" or "time"',
    })
    .default("quadratic")
    .describe(
      "V where an episode starts: quadratic, or as published a constant, or one for each time",
    ),
  discountScores: kinds
    .flag()
    .default(true)
    .describe("weigh the score of step t by γᵗ, as the rewards are"),
  ...stepOptions,
  ...linearPolicyOptions,
});
export type EnacAgentOptions = z.input<typeof enacOptions>;

/**
 * The episodic natural actor-critic for linear policies, with a step of a given KL.
 *
 * A value that is not quadratic needs batches of whole episodes.
 *
 * Source: Peters & Schaal 2008, Neural Networks 21:682-697, tables 5 and 6, eq. 35.
 */
export function enacAgent(
  environment: Environment,
  random: Random,
  options?: EnacAgentOptions,
): Agent {
  const settings = parseOptions("enac", enacOptions, options);
  return naturalGradient({
    ...regressedParts(environment, random, settings),
    direction: directionOf(settings),
    damping: settings.damping,
    step: klNormalised(settings.kl),
  });
}

function directionOf(settings: z.infer<typeof enacOptions>): DirectionSource {
  const { value, discount, discountScores } = settings;
  if (value === "time") return enacTimeVariant({ discount, discountScores });
  if (value === "constant") return enac({ discount, discountScores });
  return enac({ discount, discountScores, features: quadraticFeatures() });
}
