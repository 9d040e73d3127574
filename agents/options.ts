import * as z from "zod";
import { fisherNames, preconditionerNames } from "./metric.ts";

const positive = (): z.ZodNumber => number("must be a positive number").gt(0, "must be positive");
const atLeastZero = (): z.ZodNumber =>
  number("must be a number of at least 0").gte(0, "must be at least 0");
const unit = (): z.ZodNumber =>
  number("must lie in [0, 1]").gte(0, "must lie in [0, 1]").lte(1, "must lie in [0, 1]");
const count = (least: number): z.ZodNumber => {
  const error = `must be an integer of at least ${least}`;
  return number(error).int(error).gte(least, error);
};
const sizes = (): z.ZodArray<z.ZodNumber> => {
  const error = "must be positive integers";
  return z.array(number(error).int(error).gte(1, error), { error });
};
const numbers = (): z.ZodArray<z.ZodNumber> => {
  const error = "must be numbers";
  return z.array(number(error), { error });
};
const flag = (): z.ZodBoolean => z.boolean({ error: "must be true or false" });

function number(error: string): z.ZodNumber {
  return z.number({ error });
}

/** The most rows of a mini-batch, for which memory is set aside. */
const MOST_ROWS = 100_000;
const minibatch = `must be an integer from 0 to ${MOST_ROWS}`;

/** Kinds of option values, each with the rule that its error message states. */
export const kinds = { positive, atLeastZero, unit, count, sizes, flag };

/** What every agent can be told. */
export const linearPolicyOptions = {
  discount: unit().default(0.99).describe("γ, the discount of the returns"),
  bias: flag().default(true).describe("give the mean action a bias term"),
  gain: numbers()
    .default([])
    .describe("W of a linear policy at the start, row by row, or none for zero"),
  logStd: z
    .number({ error: "must be a number" })
    .default(0)
    .describe("log σ at the start, σ the exploration of each action"),
};

/** What the agents that estimate g from advantages can be told. */
export const commonOptions = {
  discount: linearPolicyOptions.discount,
  lambda: unit().default(0.97).describe("λ of GAE: 0 trusts the baseline, 1 the rewards"),
  kernel: z
    .enum(["relaxed", "simd", "turbo", "float64"], {
      error: 'must be "relaxed", "simd", "turbo" or "float64"',
    })
    .default("relaxed")
    .describe("what computes hidden layers: simd and float64 give the same bits on every machine"),
  baseline: z
    .enum(["ridge", "network", "zero"], { error: 'must be "ridge", "network" or "zero"' })
    .default("ridge")
    .describe("V(o) subtracted from returns: a quadratic, a network by Adam, or none"),
  criticHidden: sizes()
    .default([64, 64])
    .describe("sizes of the hidden layers of the network baseline, or none for a linear V"),
  criticPasses: count(1).default(10).describe("passes of Adam over the batch in each fit of V"),
  criticMinibatch: number(minibatch)
    .int(minibatch)
    .gte(0, minibatch)
    .lte(MOST_ROWS, minibatch)
    .default(128)
    .describe("steps of the batch in one step of Adam; 0 takes the whole batch"),
  criticLearningRate: positive().default(1e-3).describe("learning rate of Adam on V"),
  standardise: flag()
    .default(true)
    .describe("divide advantages by their standard deviation, after subtracting their mean"),
  discountedStates: flag()
    .default(false)
    .describe("weigh step t of an episode by γᵗ, as the policy gradient theorem does"),
  hidden: sizes()
    .default([])
    .describe("sizes of the policy's hidden layers, such as 64,64, or none for a linear policy"),
  activation: z
    .enum(["tanh", "relu"], { error: 'must be "tanh" or "relu"' })
    .default("tanh")
    .describe("φ of the hidden layers"),
  normaliseObservations: flag()
    .default(false)
    .describe("let the policy see observations less their running mean, by their running spread"),
  bias: linearPolicyOptions.bias,
  gain: linearPolicyOptions.gain,
  logStd: linearPolicyOptions.logStd,
  stateStd: flag()
    .default(false)
    .describe("let σ depend on the observation, as outputs of the network beside the mean"),
  minStd: atLeastZero().default(0).describe("the least σ; 0 sets none"),
  maxStd: atLeastZero().default(0).describe("the largest σ; 0 sets none"),
};

/** What the agents with a step of a given KL and a damped solve can be told. */
export const stepOptions = {
  kl: positive().default(0.01).describe("δ, the KL divergence of an update, in nats"),
  damping: atLeastZero().default(1e-3).describe("λ added to the Fisher matrix in the solve"),
};

/** What the agents that solve with a Fisher matrix can be told besides. */
export const fisherOptions = {
  ...stepOptions,
  iterations: count(1)
    .default(10)
    .describe("the most iterations of conjugate gradient, where it is used"),
  tolerance: number("must be at least 0 and below 1")
    .gte(0, "must be at least 0 and below 1")
    .lt(1, "must be at least 0 and below 1")
    .default(0)
    .describe(
      "‖g − (F + λI)w‖ / ‖g‖ at which conjugate gradient stops; 0 for where rounding leaves no digits",
    ),
  warmStart: flag()
    .default(false)
    .describe("start conjugate gradient along the direction before, for one more product with F"),
  fisher: z
    .enum(fisherNames, { error: `must be one of ${fisherNames.join(", ")}` })
    .default("auto")
    .describe(
      "the model of F; auto is exact, factored for linear-Gaussian policies; kronecker (K-FAC), diagonal and, exact for few steps, sample-space never iterate",
    ),
  precondition: z
    .enum(preconditionerNames, { error: `must be one of ${preconditionerNames.join(", ")}` })
    .default("none")
    .describe(
      "what speeds up conjugate gradient on the exact or empirical F, its vectors then in float64",
    ),
  fisherEvery: count(1).default(1).describe("k, to form F from every k-th step of the batch"),
  dampedStep: flag()
    .default(false)
    .describe("let the length of a step follow from wᵀ(F + λI)w in place of wᵀFw"),
  divergence: z
    .enum(["old-to-new", "new-to-old"], { error: 'must be "old-to-new" or "new-to-old"' })
    .default("old-to-new")
    .describe("what a step is measured by: KL(old ‖ new), or KL(new ‖ old)"),
};

export type FisherOptions = z.infer<z.ZodObject<typeof fisherOptions>>;
export type LinearPolicyOptions = z.infer<z.ZodObject<typeof linearPolicyOptions>>;
export type CommonOptions = z.infer<z.ZodObject<typeof commonOptions>>;

/**
 * The options with defaults filled in.
 *
 * @throws RangeError that names the option, the rule, what came and, for an unknown name, those known.
 */
export function parseOptions<T extends z.ZodObject>(
  owner: string,
  schema: T,
  input: unknown,
): z.infer<T> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(schema.shape).join(", ");
    throw new RangeError(`${owner}: no option is named ${issue.keys.join(", ")}; known: ${known}`);
  }
  const key = String(issue.path[0]);
  const value = (input as Record<string, unknown>)[key];
  throw new RangeError(`${owner}: ${key} ${issue.message}, got ${String(value)}`);
}
