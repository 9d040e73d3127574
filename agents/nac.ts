import * as z from "zod";
import {
  type Agent,
  type Environment,
  klNormalised,
  lstdQ,
  naturalGradient,
  quadraticFeatures,
  type Random,
} from "../src/index.ts";
import { kinds, parseOptions, linearPolicyOptions, stepOptions } from "./options.ts";
import { regressedParts } from "./parts.ts";

export const nacOptions = z.strictObject({
  lambda: kinds.unit().default(1).describe("λ of the traces of LSTD-Q(λ)"),
  forgetting: kinds
    .unit()
    .default(0)
    .describe("β, the share of what was seen that outlives an update"),
  angle: z
    .number({ error: "must be above 0 and at most 180" })
    .gt(0, "must be above 0 and at most 180")
    .lte(180, "must be above 0 and at most 180")
    .default(180)
    .describe("ε in degrees: wait for a batch that turns w by no more; 180 never waits"),
  ...stepOptions,
  ...linearPolicyOptions,
});
export type NacOptions = z.input<typeof nacOptions>;

/**
 * The natural actor-critic for linear policies: LSTD-Q(λ) with a quadratic value function, and a step
 * of a given KL.
 *
 * Source: Peters & Schaal 2008, Neurocomputing 71:1180-1190, table 1.
 */
export function nac(environment: Environment, random: Random, options?: NacOptions): Agent {
  const settings = parseOptions("nac", nacOptions, options);
  const { discount, lambda, forgetting } = settings;
  const angle = (settings.angle * Math.PI) / 180;
  const features = quadraticFeatures();
  return naturalGradient({
    ...regressedParts(environment, random, settings),
    direction: lstdQ({ discount, lambda, forgetting, angle, features }),
    damping: settings.damping,
    step: klNormalised(settings.kl),
  });
}
