import * as z from "zod";
import {
  type Agent,
  direct,
  type Environment,
  fixed,
  identityFisher,
  naturalGradient,
  type Random,
} from "../src/index.ts";
import { commonOptions, kinds, parseOptions } from "./options.ts";
import { type BatchParts, commonParts } from "./parts.ts";

export const vanillaOptions = z.strictObject({
  stepSize: kinds.positive().default(0.05).describe("α in θ ← θ + α g"),
  ...commonOptions,
});
export type VanillaOptions = z.input<typeof vanillaOptions>;

/** The vanilla policy gradient, θ ← θ + α g: the Euclidean metric and a fixed step. */
export function vanilla(
  environment: Environment,
  random: Random,
  options?: VanillaOptions,
  batch?: BatchParts,
): Agent {
  const settings = parseOptions("vanilla", vanillaOptions, options);
  const shared = settings.hidden.length > 0 ? batch : undefined;
  return naturalGradient({
    ...commonParts(environment, random, settings, shared),
    fisher: identityFisher(),
    damping: 0,
    solver: direct(),
    step: fixed(settings.stepSize),
  });
}
