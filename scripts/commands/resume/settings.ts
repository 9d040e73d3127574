import * as fs from "node:fs";
import * as path from "node:path";
import type { Options } from "yargs";
import * as z from "zod";
import { agents } from "../../../agents/index.ts";
import { optionsIn } from "../../configuration/read-configuration.ts";
import { wrapEnvironment } from "../../environments/wrappers.ts";
import {
  type EnvironmentSource,
  findEnvironment,
  readEnvironmentOptions,
} from "../../environments/environment-source.ts";
import { readLastCheckpoint, type StoredCheckpoint } from "../../runs/checkpoint.ts";
import { readOptions, schemaOptions, yargsOption } from "../../support/schema-options.ts";
import { UserError } from "../../support/user-error.ts";
import { versions } from "../../support/versions.ts";
import { runOptions } from "../train/options.ts";
import { type BegunRun, readConfiguration, runOptionsOf } from "../train/read-run.ts";
import type { Resumed } from "../train/run.ts";
import { kernelsOf } from "../train/run-folder.ts";
import { requireAgent, requireFitting, type Settings, settingsOf } from "../train/settings.ts";

/** What may change when a run goes on: no bit of its updates depends on it. */
const changes = z.strictObject({
  steps: runOptions.shape.steps.unwrap().optional(),
  workers: runOptions.shape.workers.unwrap().optional(),
  checkpointEvery: runOptions.shape.checkpointEvery.unwrap().optional(),
  episodes: runOptions.shape.episodes.unwrap().optional(),
});

/** The options of `natgrad resume`. */
export function resumeOptions(): Record<string, Options> {
  const described = schemaOptions(runOptions);
  const own = schemaOptions(changes).map((option): [string, Options] => {
    const description = described.find(({ key }) => key === option.key)?.description ?? "";
    const shown = { ...option, description };
    return [option.flag, yargsOption(shown, "What may change:", "as the run began")];
  });
  return {
    ...Object.fromEntries(own),
    "any-version": {
      describe:
        "go on with another version of natgrad, kernels or environment's file: not bit for bit",
      type: "boolean",
      group: "What may change:",
    },
    json: { describe: "JSON lines instead of a table", type: "boolean", group: "Output:" },
  };
}

/** A run that goes on from its last checkpoint. */
export interface ResumedSettings {
  readonly settings: Settings;
  readonly resumed: Resumed;
}

/** @throws UserError for the first thing that is wrong, before anything is written. */
export async function readResumed(
  argv: Readonly<Record<string, unknown>>,
): Promise<ResumedSettings> {
  const folder = requireFolder(argv.dir);
  const changed = changes.parse(readOptions(schemaOptions(changes), argv));
  const anyVersion = argv.anyVersion === true || argv["any-version"] === true;
  const read = await readBegun(folder, { changed, json: argv.json === true, anyVersion });
  const { settings, resumed } = read;
  if (resumed.checkpoint.steps >= settings.steps) {
    throw new UserError(
      `natgrad resume needs a run with steps to go, got ${folder}, which took ${resumed.checkpoint.steps} of ${settings.steps}; give --steps with more of them`,
    );
  }
  removeLeftovers(folder);
  return read;
}

/** A run in its folder, from its last checkpoint, which may be its end. @throws UserError */
export async function readBegun(
  folder: string,
  { changed = {}, json = false, anyVersion = false }: Partial<Changes>,
): Promise<ResumedSettings> {
  const begun = readConfiguration(folder);
  const { checkpoint, damaged } = readLastCheckpoint(folder);
  for (const why of damaged) process.stderr.write(`natgrad: passed over a checkpoint: ${why}\n`);
  const source = await findEnvironment(begun.environmentName, "resume");
  const settings = settingsFrom(begun, source, { changed, json });
  if (!anyVersion) requireSameMakers(begun, checkpoint, settings);
  return { settings, resumed: { folder, checkpoint } };
}

interface Changes {
  readonly changed: z.infer<typeof changes>;
  readonly json: boolean;
  /** Whether another version, kernel or file will do. */
  readonly anyVersion: boolean;
}

function settingsFrom(
  begun: BegunRun,
  source: EnvironmentSource,
  { changed, json }: Omit<Changes, "anyVersion">,
): Settings {
  const agentName = requireAgent(begun.agentName);
  const agentOptions = runOptionsOf(begun, agents[agentName]);
  const { folder, commandLine } = begun;
  const run = runOptions.parse({ ...begun.run, ...changed });
  const file = path.join(folder, "config.json");
  const earlier = optionsIn({ file }, "environment", source.options, begun.environmentOptions);
  const environmentOptions = readEnvironmentOptions(source, {}, earlier);
  const { wrappers } = begun;
  const environment = wrapEnvironment(source.create(environmentOptions), wrappers);
  requireFitting(agentOptions, agentOptions, environment, run.stepsPerUpdate);
  const { preset } = begun;
  return settingsOf({
    ...(preset !== undefined && { preset }),
    ...{ ...run, commandLine, source, environmentOptions, wrappers },
    ...{ environment, agentName, agentOptions },
    ...{ out: undefined, force: false, json },
  });
}

/** Refuses to go on by what may round otherwise, or be another environment. */
function requireSameMakers(
  { folder, kernels, sha256 }: BegunRun,
  { natgrad }: StoredCheckpoint,
  settings: Settings,
): void {
  const own = versions().natgrad;
  const kernelsNow = kernelsOf(settings)?.name;
  const differences: [string, string | undefined, string | undefined][] = [
    ["version of natgrad", natgrad, own],
    ["kernels", kernels, kernelsNow],
    ["environment's file (SHA-256)", sha256, settings.source.sha256],
  ];
  for (const [what, then, now] of differences) {
    if (then === now) continue;
    throw new UserError(
      `natgrad resume needs the ${what} that ${folder} began with, ${then ?? "none"}, got ${now ?? "none"}; go back to that, or add --any-version to go on without the promise of equal bits`,
    );
  }
}

/** Removes temporary files of a process that was killed. */
export function removeLeftovers(folder: string): void {
  for (const entry of fs.readdirSync(folder)) {
    if (/^\..*\.\d+\.tmp$/.test(entry)) fs.rmSync(path.join(folder, entry), { force: true });
  }
}

function requireFolder(given: unknown): string {
  if (typeof given === "string" && given !== "") return given;
  throw new UserError(
    "natgrad resume needs the folder of a run, got none; give one that natgrad train --out wrote, as in natgrad resume runs/first",
  );
}
