import * as path from "node:path";
import { kernelsNamed } from "../../../agents/index.ts";
import type { KernelName, Policy, TrainingRecord } from "../../../src/index.ts";
import { createCsvFile } from "../../support/csv.ts";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { toJsonFile } from "../../support/json.ts";
import { versions } from "../../support/versions.ts";
import type { Evaluation } from "./evaluation.ts";
import { namedParameters } from "./parameters.ts";
import { flatten } from "./record.ts";
import type { Settings } from "./settings.ts";

/** The files of a run, in the order in which they appear. */
const files = ["config.json", "progress.csv", "policy.json", "evaluation.json"] as const;

/** Writes a run's files; progress.csv holds every finished update at any time. */
export interface RunFolder {
  record(record: TrainingRecord): void;
  /** Closes progress.csv and writes policy.json with the θ of the policy that learned. */
  finish(policy: Policy): void;
  evaluation(evaluation: Evaluation): void;
}

/** Makes the folder and writes config.json. @throws UserError when the folder will not do. */
export function createRunFolder(out: string, settings: Settings): RunFolder {
  const folder = prepareOutputFolder(out, { force: settings.force, replaces: files });
  const at = (name: (typeof files)[number]): string => path.join(folder, name);
  writeFileAtomic(at("config.json"), toJsonFile(configuration(settings)));
  const progress = createCsvFile(at("progress.csv"));
  let last = { update: 0, steps: 0 };
  return {
    record: (record) => {
      progress.append(flatten(record));
      last = { update: record.update, steps: record.steps };
    },
    finish: (policy) => {
      progress.close();
      const { environment, agentName } = settings;
      const file = {
        environment: environment.name,
        agent: agentName,
        ...last,
        parameters: namedParameters(policy),
        theta: policy.theta,
        ...(policy.normaliser && { observations: policy.normaliser.state.save() }),
      };
      writeFileAtomic(at("policy.json"), toJsonFile(file));
    },
    evaluation: (evaluation) => writeFileAtomic(at("evaluation.json"), toJsonFile(evaluation)),
  };
}

/** Everything that decides what a run computes. */
function configuration(settings: Settings): object {
  const { steps, stepsPerUpdate, environments, episodes, environment } = settings;
  return {
    commandLine: ["natgrad", ...settings.commandLine],
    versions: versions(),
    seed: settings.seed,
    environment: {
      name: settings.source.name,
      options: settings.environmentOptions,
      wrappers: settings.wrappers,
      horizon: environment.horizon,
    },
    agent: { name: settings.agentName, options: settings.agentOptions },
    kernels: kernelsOf(settings),
    training: { steps, stepsPerUpdate, environments },
    evaluation: { episodes, deterministic: true },
  };
}

/** What computes the networks of the run, and why what was asked for does not; null for a linear policy. */
function kernelsOf({ agentOptions }: Settings): object | null {
  const { hidden, baseline, kernel } = agentOptions;
  const perceptron = (Array.isArray(hidden) && hidden.length > 0) || baseline === "network";
  if (!perceptron) return null;
  const { name, refused } = kernelsNamed(kernel as KernelName);
  return { name, refused };
}
