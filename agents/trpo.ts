import * as z from "zod";
import {
  type Agent,
  type Environment,
  lineSearch,
  naturalGradient,
  type Random,
} from "../src/index.ts";
import { batchPartsFor, withMetric } from "./metric.ts";
import { commonOptions, fisherOptions, kinds, parseOptions } from "./options.ts";
import { type BatchParts, commonParts, steppedParts } from "./parts.ts";

export const trpoOptions = z.strictObject({
  ...fisherOptions,
  factor: z
    .number({ error: "must lie between 0 and 1" })
    .gt(0, "must lie between 0 and 1")
    .lt(1, "must lie between 0 and 1")
    .default(0.8)
    .describe("by what the line search multiplies a refused step"),
  backtracks: kinds.count(0).default(10).describe("how often the line search may shorten a step"),
  ...commonOptions,
});
export type TrpoOptions = z.input<typeof trpoOptions>;

/**
 * Trust-region policy optimisation: the natural step, shortened until the measured KL is at most δ
 * and the surrogate rises. Source: Schulman et al. 2015, arXiv 1502.05477.
 */
export function trpo(
  environment: Environment,
  random: Random,
  options?: TrpoOptions,
  batch?: BatchParts,
): Agent {
  const settings = parseOptions("trpo", trpoOptions, options);
  const { kl, factor, backtracks } = settings;
  const shared = batchPartsFor(settings, batch);
  const parts = commonParts(environment, random, settings, shared);
  return withMetric(
    environment,
    settings,
    (metric) =>
      naturalGradient({
        ...parts,
        ...metric,
        ...steppedParts(settings, lineSearch({ kl, factor, backtracks })),
      }),
    shared,
  );
}
