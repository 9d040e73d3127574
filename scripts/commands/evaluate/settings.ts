import * as fs from "node:fs";
import * as path from "node:path";
import type { Options } from "yargs";
import * as z from "zod";
import { agents } from "../../../agents/index.ts";
import { createRandom, type Environment, type Policy, savedPart } from "../../../src/index.ts";
import { optionsIn } from "../../configuration/read-configuration.ts";
import { findEnvironment, readEnvironmentOptions } from "../../environments/environment-source.ts";
import { wrapEnvironment } from "../../environments/wrappers.ts";
import { offerTurboKernels } from "../../kernels/load.ts";
import { readLastCheckpoint } from "../../runs/checkpoint.ts";
import { readOptions, schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { blamingInput, UserError } from "../../support/user-error.ts";
import { count, runOptions } from "../train/options.ts";
import { readConfiguration, runOptionsOf } from "../train/read-run.ts";
import { createAgent, requireAgent } from "../train/settings.ts";

const ownOptions = z.strictObject({
  episodes: count(1e6)
    .default(100)
    .describe("episodes under the mode, and as many under the policy"),
  seed: runOptions.shape.seed.unwrap().optional().describe("the random seed"),
});

export function evaluationOptions(): Record<string, Options> {
  const own = schemaOptions(ownOptions).map((option): [string, Options] => [
    option.flag,
    yargsOption(option, "The evaluation:", option.flag === "seed" ? "that of the run" : undefined),
  ]);
  return {
    ...Object.fromEntries(own),
    out: { describe: "a new folder for evaluation.json", group: "Output:" },
    force: { describe: "overwrite an earlier one in --out", type: "boolean", group: "Output:" },
    json: { describe: "one JSON object with every digit", type: "boolean", group: "Output:" },
  };
}

/** An evaluation with every default filled in, and the policy as the run left it. */
export interface EvaluationSettings {
  /** As it was named. */
  readonly folder: string;
  readonly agentName: string;
  readonly environment: Environment;
  readonly policy: Policy;
  /** γ of the agent. */
  readonly discount: number;
  /** Updates and environment steps that the policy has behind it. */
  readonly update: number;
  readonly steps: number;
  readonly episodes: number;
  readonly seed: number;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/** @throws UserError for the first thing that is wrong. */
export async function readEvaluationSettings(
  argv: Readonly<Record<string, unknown>>,
): Promise<EvaluationSettings> {
  const folder = requireRun(argv.run);
  const own = ownOptions.parse(readOptions(schemaOptions(ownOptions), argv));
  const run = readConfiguration(folder);
  const { seed } = run;
  const source = await findEnvironment(run.environmentName, "evaluate");
  const file = path.join(folder, "config.json");
  const earlier = optionsIn({ file }, "environment", source.options, run.environmentOptions);
  const bare = source.create(readEnvironmentOptions(source, {}, earlier));
  const environment = wrapEnvironment(bare, run.wrappers);
  const entry = agents[requireAgent(run.agentName)];
  offerTurboKernels();
  const agent = createAgent(entry, environment, createRandom(seed), runOptionsOf(run, entry));
  const { checkpoint } = readLastCheckpoint(folder);
  const { update, steps, state } = checkpoint;
  blamingInput(() => agent.state.restore(savedPart(state, "agent")));
  return {
    ...{ folder, environment, update, steps, agentName: run.agentName },
    ...{ policy: agent.policy, discount: agent.discount },
    episodes: own.episodes,
    seed: own.seed ?? seed,
    out: requireFolder(argv.out),
    force: argv.force === true,
    json: argv.json === true,
  };
}

function requireRun(given: unknown): string {
  const example = "as in natgrad evaluate runs/first";
  if (typeof given !== "string") {
    throw new UserError(`evaluate needs the folder of a run, got none; give one, ${example}`);
  }
  const stat = fs.statSync(given, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) {
    const why = stat === undefined ? "which does not exist" : "which is a file";
    throw new UserError(`evaluate needs the folder of a run, got ${given}, ${why}; check the path`);
  }
  return given;
}

function requireFolder(given: unknown): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  throw new UserError("--out must name a folder, got no value; give one, such as runs/evaluation");
}
