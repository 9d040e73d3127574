import type { Options } from "yargs";
import * as z from "zod";
import {
  agents,
  type CommonOptions,
  commonOptions,
  fisherOptions,
  suggestionsFor,
} from "../../../agents/index.ts";
import { environments } from "../../../envs/index.ts";
import { type Agent, createRandom, type Environment, type Random } from "../../../src/index.ts";
import { findEnvironment, readEnvironmentOptions } from "../../environments/environment-source.ts";
import { wrapEnvironment } from "../../environments/wrappers.ts";
import { readOptions, schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { UserError } from "../../support/user-error.ts";
import { agentOptions, count, most, runOptions } from "../train/options.ts";
import { type FinishedRun, isFolder, readRun, runOptionsOf } from "../train/read-run.ts";
import {
  createAgent,
  requireAgent,
  requireFitting,
  requireOwnOptions,
  requireUsedOptions,
} from "../train/settings.ts";

const { seed } = runOptions.shape;

/** What a comparison can be told besides the options of the agent. */
const ownOptions = z.strictObject({
  updates: z
    .number({ error: "must be an integer of at least 0" })
    .int("must be an integer of at least 0")
    .gte(0, "must be an integer of at least 0")
    .default(5)
    .describe("updates of the agent before the batch that is compared on"),
  // The advantage of one step alone, standardised, is 0.
  stepsPerUpdate: count(most.stepsPerUpdate, 2)
    .default(2000)
    .describe("N, environment steps of one update, of at least 2"),
  seed,
  repeats: count(1000).default(5).describe("runs of each method, of which the median time counts"),
});

/** Every option of `natgrad compare-fisher`. */
export function comparisonOptions(): Record<string, Options> {
  const own = schemaOptions(ownOptions).map((option): [string, Options] => [
    option.flag,
    yargsOption(option, "The comparison:"),
  ]);
  return {
    agent: {
      describe: `the agent that trains: ${Object.keys(agents).join(", ")}`,
      defaultDescription: "trpo",
      group: "The comparison:",
    },
    ...Object.fromEntries(own),
    json: { describe: "one JSON object with every digit", type: "boolean", group: "Output:" },
    ...agentOptions(),
  };
}

/** A comparison with every default filled in, and an agent at its start. */
export interface ComparisonSettings extends z.infer<typeof ownOptions> {
  readonly environment: Environment;
  readonly agentName: string;
  readonly agent: Agent;
  /** The finished run whose parameters the agent has; its baseline was not kept. */
  readonly run: FinishedRun | undefined;
  readonly estimation: CommonOptions;
  /** δ, λ, the iterations of conjugate gradient and k of the thinned batch. */
  readonly solve: Pick<
    z.infer<z.ZodObject<typeof fisherOptions>>,
    "kl" | "damping" | "iterations"
  > & { readonly every: number };
  readonly random: Random;
}

/** k where the agent itself uses every step: that of OpenAI Baselines. */
const EVERY = 5;

/** @throws UserError for the first thing that is wrong. */
export async function readComparison(
  argv: Readonly<Record<string, unknown>>,
): Promise<ComparisonSettings> {
  const run = namesRun(argv.env) ? readRun(argv.env) : undefined;
  const source = await findEnvironment(run?.environmentName ?? argv.env, "compare-fisher");
  const agentName = requireAgent(argv.agent ?? run?.agentName ?? "trpo");
  const defaults = run === undefined ? {} : { updates: 0 };
  const own = ownOptions.parse({ ...defaults, ...readOptions(schemaOptions(ownOptions), argv) });
  requireOwnOptions(agentName, argv);
  const entry = agents[agentName];
  const given = readOptions(schemaOptions(entry.options), argv);
  // In float64, so that what sets the models apart is not lost in rounding.
  const options = entry.options.parse({
    ...(run?.agentName === agentName
      ? runOptionsOf(run, entry)
      : suggestionsFor(entry, source.suggests)),
    kernel: "float64",
    ...given,
  });
  const random = createRandom(own.seed);
  const bare = source.create(readEnvironmentOptions(source, argv, run?.environmentOptions));
  const environment = wrapEnvironment(bare, run?.wrappers ?? {});
  requireUsedOptions(environment, argv);
  requireFitting(options, given, environment, own.stepsPerUpdate);
  const { kl, damping, iterations, fisherEvery } = z.object(fisherOptions).parse(options);
  const agent = createAgent(entry, environment, random, options);
  if (run !== undefined) setParameters(agent, run);
  return {
    ...own,
    environment,
    agentName,
    agent,
    run,
    estimation: z.object(commonOptions).parse(options),
    solve: {
      kl,
      damping,
      iterations,
      every: fisherEvery > 1 ? fisherEvery : Math.min(EVERY, own.stepsPerUpdate),
    },
    random,
  };
}

/** Whether an argument names the folder of a run; `./lqr` does where the name lqr is an environment's. */
function namesRun(given: unknown): given is string {
  return typeof given === "string" && !Object.hasOwn(environments, given) && isFolder(given);
}

function setParameters({ policy }: Agent, { theta, observations, folder }: FinishedRun): void {
  if (theta.length !== policy.theta.length) {
    throw new UserError(
      `the policy of ${folder} must have the ${policy.theta.length} parameters of these options, got ${theta.length}; leave out --agent and the options of the policy`,
    );
  }
  policy.theta.set(theta);
  if (observations !== undefined) policy.normaliser?.state.restore(observations);
}
