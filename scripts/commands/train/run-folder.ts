import * as path from "node:path";
import { kernelsNamed } from "../../../agents/index.ts";
import type { KernelName, Policy, Saved, TrainingRecord } from "../../../src/index.ts";
import { type Checkpoint, checkpointFolder, writeCheckpoint } from "../../runs/checkpoint.ts";
import { openProgress, progressFiles } from "../../runs/progress.ts";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { toJsonFile } from "../../support/json.ts";
import { versions } from "../../support/versions.ts";
import type { Evaluation } from "./evaluation.ts";
import { namedParameters } from "./parameters.ts";
import { scalarsOf } from "./record.ts";
import type { Settings } from "./settings.ts";

/** What a run leaves, in the order in which it appears. */
const names = [
  ...["config.json", ...progressFiles, checkpointFolder, "policy.json", "evaluation.json"],
];

/** Writes a run's files; after each update they say all that was done so far. */
export interface RunFolder {
  /** Adds an update to the files that grow, and by the run's habit a checkpoint. */
  record(record: TrainingRecord): void;
  /** Writes the last checkpoint, closes what grew, and writes policy.json. */
  finish(policy: Policy): void;
  evaluation(evaluation: Evaluation): void;
}

/**
 * Makes the folder with config.json and a checkpoint of the start; `state` gives that of the run.
 *
 * @throws UserError when the folder will not do.
 */
export function createRunFolder(out: string, settings: Settings, state: () => Saved): RunFolder {
  const folder = prepareOutputFolder(out, { force: settings.force, replaces: names });
  return openRunFolder(folder, settings, { update: 0, steps: 0, files: {} }, state);
}

/** The folder of a run that goes on from a checkpoint: what grew beyond that is cut off. */
export function openRunFolder(
  folder: string,
  settings: Settings,
  { update, steps, files: sizes }: Omit<Checkpoint, "state">,
  state: () => Saved,
): RunFolder {
  const write = (name: string, content: object): void =>
    writeFileAtomic(path.join(folder, name), toJsonFile(content));
  write("config.json", configuration(settings));
  const progress = openProgress(folder, sizes);
  let last = { update, steps };
  let saved = update;
  const save = (): void => {
    progress.sync();
    writeCheckpoint(folder, { ...last, files: progress.sizes(), state: state() });
    saved = last.update;
  };
  if (update === 0) save();
  return {
    record: (record) => {
      progress.add(record.steps, scalarsOf(record));
      last = { update: record.update, steps: record.steps };
      if (last.update - saved >= settings.checkpointEvery) save();
    },
    finish: (policy) => {
      if (saved !== last.update) save();
      progress.close();
      const { environment, agentName } = settings;
      write("policy.json", {
        environment: environment.name,
        agent: agentName,
        ...last,
        parameters: namedParameters(policy),
        theta: policy.theta,
        ...(policy.normaliser && { observations: policy.normaliser.state.save() }),
      });
    },
    evaluation: (evaluation) => write("evaluation.json", evaluation),
  };
}

/** Whether records hold a diagnosis: by default where there is a folder to keep it. */
export function isDiagnosed({ diagnostics, out }: Pick<Settings, "diagnostics" | "out">): boolean {
  return diagnostics ?? out !== undefined;
}

/** Everything that decides what a run computes, and how it is carried out. */
function configuration(settings: Settings): object {
  const { steps, stepsPerUpdate, environments, episodes, environment, source } = settings;
  return {
    commandLine: ["natgrad", ...settings.commandLine],
    versions: versions(),
    ...(settings.preset !== undefined && { preset: settings.preset }),
    seed: settings.seed,
    environment: {
      name: source.name,
      ...(source.sha256 !== undefined && { sha256: source.sha256 }),
      options: settings.environmentOptions,
      wrappers: settings.wrappers,
      horizon: environment.horizon,
    },
    agent: { name: settings.agentName, options: settings.agentOptions },
    kernels: kernelsOf(settings),
    training: { steps, stepsPerUpdate, environments },
    evaluation: { episodes, deterministic: true },
    execution: {
      ...{ workers: settings.workers, checkpointEvery: settings.checkpointEvery },
      diagnostics: isDiagnosed(settings),
    },
  };
}

/** What computes the networks of the run, and why what was asked for does not; null for a linear policy. */
export function kernelsOf({ agentOptions }: Pick<Settings, "agentOptions">): {
  readonly name: string;
  readonly refused: readonly string[];
} | null {
  const { hidden, baseline, kernel } = agentOptions;
  const perceptron = (Array.isArray(hidden) && hidden.length > 0) || baseline === "network";
  if (!perceptron) return null;
  const { name, refused } = kernelsNamed(kernel as KernelName);
  return { name, refused };
}
