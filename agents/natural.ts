import * as z from "zod";
import {
  type Agent,
  type Environment,
  klNormalised,
  naturalGradient,
  type Random,
} from "../src/index.ts";
import { batchPartsFor, withMetric } from "./metric.ts";
import { commonOptions, fisherOptions, parseOptions } from "./options.ts";
import { type BatchParts, commonParts, steppedParts } from "./parts.ts";

export const naturalOptions = z.strictObject({ ...fisherOptions, ...commonOptions });
export type NaturalOptions = z.input<typeof naturalOptions>;

/**
 * The natural policy gradient, θ ← θ + α (F + λI)⁻¹g with α = √(2δ / wᵀFw).
 *
 * Source: Kakade 2002; Peters & Schaal 2008; the KL-normalised step as TNPG in Duan et al. 2016.
 */
export function natural(
  environment: Environment,
  random: Random,
  options?: NaturalOptions,
  batch?: BatchParts,
): Agent {
  const settings = parseOptions("natural", naturalOptions, options);
  const shared = batchPartsFor(settings, batch);
  const parts = commonParts(environment, random, settings, shared);
  return withMetric(
    environment,
    settings,
    (metric) =>
      naturalGradient({
        ...parts,
        ...metric,
        ...steppedParts(settings, klNormalised(settings.kl)),
      }),
    shared,
  );
}
