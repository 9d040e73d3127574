import type { Options } from "yargs";
import * as z from "zod";
import { kinds } from "../../../agents/options.ts";
import { environments } from "../../../envs/index.ts";
import {
  type EnvironmentSource,
  findEnvironment,
  readEnvironmentOptions,
} from "../../environments/environment-source.ts";
import { type Estimator, estimators } from "../../estimators/estimators.ts";
import { unknownName } from "../../support/nearest.ts";
import { readOptions, schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { blamingInput, UserError } from "../../support/user-error.ts";
import { defaultWorkers } from "../../support/worker-pool.ts";
import { count, runOptions } from "../train/options.ts";
import { exactProblem, type ExactProblem, type ProblemRecipe } from "./problem.ts";

const numbers = "must be numbers, such as -0.5,0,-1";
const sizes = "must be integers from 2 to 100000, such as 8,32,128";

/** What a comparison can be told. */
const ownOptions = z.strictObject({
  rollouts: z
    .array(z.number({ error: sizes }).int(sizes).gte(2, sizes).lte(1e5, sizes), { error: sizes })
    .min(1, sizes)
    .default([8, 16, 32, 64, 128])
    .describe("M, the roll-outs of one estimate, for which numbers of them"),
  repetitions: count(100_000, 10)
    .default(100)
    .describe("estimates of each kind, over which the statistics are"),
  discount: kinds.unit().default(0.9).describe("γ of the return"),
  theta: z
    .array(z.number({ error: numbers }), { error: numbers })
    .optional()
    .describe("θ of the policy, as many numbers as it has parameters"),
  bias: kinds.flag().default(true).describe("give the policy a bias term"),
  scale: kinds
    .positive()
    .default(0.01)
    .describe("standard deviation of the perturbations of finite differences"),
  seed: runOptions.shape.seed,
  workers: count(256).optional().describe("worker threads; the numbers do not depend on how many"),
});

export function estimatorOptions(): Record<string, Options> {
  const defaults: Record<string, string> = {
    theta: "where training starts",
    workers: "one a core",
  };
  const own = schemaOptions(ownOptions).map((option): [string, Options] => [
    option.flag,
    yargsOption(option, "The comparison:", defaults[option.flag]),
  ]);
  return {
    estimators: {
      describe: `which of them: ${estimators.map(({ key }) => key).join(", ")}`,
      defaultDescription: "all",
      group: "The comparison:",
    },
    ...Object.fromEntries(own),
    out: { describe: "a new folder for the figure and results.json", group: "Output:" },
    force: { describe: "overwrite an earlier run in --out", type: "boolean", group: "Output:" },
    json: { describe: "one JSON object with every digit", type: "boolean", group: "Output:" },
  };
}

/** A comparison with every default filled in. */
export interface EstimatorSettings extends Pick<
  z.infer<typeof ownOptions>,
  "rollouts" | "repetitions" | "scale" | "seed"
> {
  readonly recipe: ProblemRecipe;
  readonly exact: ExactProblem;
  readonly estimators: readonly Estimator[];
  readonly workers: number;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/** @throws UserError for the first thing that is wrong. */
export async function readEstimatorSettings(
  argv: Readonly<Record<string, unknown>>,
): Promise<EstimatorSettings> {
  const source = requireExact(await findEnvironment(argv.env, "compare-estimators"));
  const own = ownOptions.parse(readOptions(schemaOptions(ownOptions), argv));
  const { rollouts, repetitions, scale, seed, discount, bias, theta } = own;
  const chosen = requireEstimators(argv.estimators);
  const recipe: ProblemRecipe = {
    environment: source.name,
    environmentOptions: readEnvironmentOptions(source, argv),
    ...{ discount, bias, seed },
    ...(theta !== undefined && { theta }),
  };
  return {
    rollouts: [...new Set(rollouts)].sort((a, b) => a - b),
    ...{ repetitions, scale, seed, recipe },
    exact: blamingInput(() => exactProblem(recipe)),
    estimators: chosen,
    workers: own.workers ?? defaultWorkers(),
    out: requireFolder(argv.out),
    force: argv.force === true,
    json: argv.json === true,
  };
}

function requireExact(source: EnvironmentSource): EnvironmentSource {
  if (source.reference !== undefined) return source;
  const known = Object.keys(environments).filter((one) => environments[one].reference);
  throw new UserError(
    `compare-estimators needs an environment whose gradient is known exactly, got ${source.name}; give ${known.join(" or ")}`,
  );
}

function requireEstimators(given: unknown): readonly Estimator[] {
  if (given === undefined) return estimators;
  const known = estimators.map(({ key }) => key);
  if (typeof given !== "string" || given === "") {
    throw new UserError(
      `--estimators must name estimators, got no value; give some of ${known.join(",")}`,
    );
  }
  const names = given.split(",").map((one) => one.trim());
  const unknown = names.find((one) => !known.includes(one));
  if (unknown !== undefined) {
    throw unknownName("estimator", unknown, known, `the estimators are ${known.join(", ")}`);
  }
  return estimators.filter(({ key }) => names.includes(key));
}

function requireFolder(given: unknown): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  throw new UserError("--out must name a folder, got no value; give one, such as runs/estimators");
}
