import * as z from "zod";
import {
  type Agent,
  conjugateGradient,
  type Environment,
  exactFisher,
  klNormalised,
  naturalGradient,
  type Random,
} from "../src/index.ts";
import { commonOptions, commonParts, fisherOptions, parseOptions } from "./options.ts";

export const naturalOptions = z.strictObject({ ...fisherOptions, ...commonOptions });
export type NaturalOptions = z.input<typeof naturalOptions>;

/**
 * The natural policy gradient, θ ← θ + α (F + λI)⁻¹g with α = √(2δ / wᵀFw).
 *
 * Source: Kakade 2002; Peters & Schaal 2008; the KL-normalised step as TNPG in Duan et al. 2016.
 */
export function natural(environment: Environment, random: Random, options?: NaturalOptions): Agent {
  const settings = parseOptions("natural", naturalOptions, options);
  return naturalGradient({
    ...commonParts(environment, random, settings),
    fisher: exactFisher(),
    damping: settings.damping,
    solver: conjugateGradient({ iterations: settings.iterations }),
    step: klNormalised(settings.kl),
  });
}
