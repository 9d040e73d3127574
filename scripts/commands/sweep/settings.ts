import * as path from "node:path";
import { agents } from "../../../agents/index.ts";
import { environmentFlags, findEnvironment } from "../../environments/environment-source.ts";
import { wrapperOptions } from "../../environments/wrappers.ts";
import { readOptions, type SchemaOption, schemaOptions } from "../../support/schema-options.ts";
import { UserError } from "../../support/user-error.ts";
import { defaultWorkers } from "../../support/worker-pool.ts";
import { runOptions, trainingOptions } from "../train/options.ts";
import { readSettings, requireAgent, type Settings } from "../train/settings.ts";
import {
  argumentsOf,
  type Combination,
  combinationsOf,
  folderOf,
  type Given,
  type Grid,
  type KnownOptions,
  plainValue,
  valuesOf,
} from "./grid.ts";
import { GRID, ownOptions } from "./options.ts";
import { readSweepRecord, type SweepRecord } from "./sweep-folder.ts";

type Argv = Readonly<Record<string, unknown>>;

/** One run of a sweep; can be sent to a thread. */
export interface SweepRun {
  readonly combination: string;
  readonly seed: number;
  readonly folder: string;
  /** Options by flag, as `natgrad train` reads them. */
  readonly options: Given & { readonly env: string };
  /** The arguments of `natgrad train` that give the same run. */
  readonly commandLine: readonly string[];
  /** Environment steps in all, whole updates. */
  readonly steps: number;
}

/** A sweep of which every combination was found to be good. */
export interface SweepSettings {
  /** As it was named. */
  readonly out: string;
  readonly record: SweepRecord;
  readonly combinations: readonly Combination[];
  /** The first seed of every combination, then the second, … */
  readonly runs: readonly SweepRun[];
  readonly workers: number;
  readonly json: boolean;
}

/** @throws UserError for the first thing that is wrong with any combination, before a run starts. */
export async function readSweep(
  argv: Argv,
  commandLine: readonly string[],
): Promise<SweepSettings> {
  const { name: env, ...source } = await findEnvironment(argv.env, "sweep");
  const known = knownOptions(environmentFlags(source));
  const flags = Object.keys({
    ...Object.fromEntries(environmentFlags(source).map(({ flag }) => [flag, true])),
    ...trainingOptions(),
  });
  const grid = readGrid(argv, flags, known);
  const options = readGiven(argv, flags, known);
  const { seeds, seed, workers } = ownOptions.parse(readOptions(schemaOptions(ownOptions), argv));
  const out = requireFolder(argv.out);
  const combinations = combinationsOf(grid, options, known);
  const steps = await requireGood(combinations, env);
  const all = Array.from({ length: seeds }, (_, i) => seed + i);
  const runs = all.flatMap((each) =>
    combinations.map((one, i) => runOf(one, { env, seed: each, out, steps: steps[i] })),
  );
  return {
    ...{ out, combinations, runs },
    record: { commandLine, environment: env, options, grid, seeds: { first: seed, count: seeds } },
    workers: workers ?? defaultWorkers(),
    json: argv.json === true,
  };
}

/**
 * The sweep of a folder, to go on with; `argv` may say `--workers` and `--json`.
 *
 * @throws UserError for anything else, which would make it another sweep.
 */
export async function readSweepAgain(out: string, argv: Argv): Promise<SweepSettings> {
  const refused = ["steps", "episodes", "checkpoint-every", "any-version"].find(
    (flag) => argv[flag] !== undefined,
  );
  if (refused !== undefined) {
    throw new UserError(
      `natgrad resume of a sweep takes --workers and --json alone, got --${refused} with ${out}; leave it out, or name the folder of one run`,
    );
  }
  const { commandLine, environment, options, grid, seeds } = readSweepRecord(out);
  const values = Object.entries(grid).map(([flag, texts]) => [GRID + flag, texts.join(";")]);
  const { workers, json } = argv;
  return readSweep(
    {
      ...{ ...options, env: environment, out, workers, json },
      ...{ seed: seeds.first, seeds: seeds.count },
      ...(Object.fromEntries(values) as Record<string, string>),
    },
    commandLine,
  );
}

function knownOptions(environment: readonly SchemaOption[]): KnownOptions {
  const ofAgent = (name: string): SchemaOption[] => schemaOptions(agents[name].options);
  const ofAgents = Object.keys(agents).flatMap(ofAgent);
  const all = [
    ...[...environment, ...schemaOptions(runOptions), ...schemaOptions(wrapperOptions)],
    ...ofAgents,
  ];
  const kinds = new Map(all.map(({ flag, kind }) => [flag, kind]));
  return {
    kind: (flag) => kinds.get(flag) ?? "text",
    has: (agent, flag) =>
      !ofAgents.some((option) => option.flag === flag) ||
      ofAgent(requireAgent(agent)).some((option) => option.flag === flag),
  };
}

function readGrid(argv: Argv, flags: readonly string[], { kind }: KnownOptions): Grid {
  const named = flags.filter((flag) => argv[GRID + flag] !== undefined);
  if (named.length === 0) {
    throw new UserError(
      "natgrad sweep needs a grid, got none; give values of an option, as in --grid.kl 0.01,0.03",
    );
  }
  const twice = named.find((flag) => argv[flag] !== undefined);
  if (twice !== undefined) {
    throw new UserError(
      `--${twice} must be given once, got it with --${GRID}${twice}, too; leave one out`,
    );
  }
  return Object.fromEntries(
    named.map((flag) => [flag, valuesOf(flag, argv[GRID + flag], kind(flag))]),
  );
}

/** What a run is not told by the options that are the same for all. */
const ofTheSweep = ["seed", "workers", "out", "force", "json"];

/** The options that are the same for all runs. */
function readGiven(argv: Argv, flags: readonly string[], { kind }: KnownOptions): Given {
  const given = flags.filter((flag) => !ofTheSweep.includes(flag) && argv[flag] !== undefined);
  return Object.fromEntries(
    given.map((flag): [string, string | boolean] => {
      const value = argv[flag];
      if (typeof value === "boolean") return [flag, value];
      const text = String(value);
      if (/[,;]/.test(text) && (flag === "agent" || kind(flag) === "number")) {
        throw new UserError(
          `--${flag} must be one value for all runs, got ${text}; give --${GRID}${flag} ${text} to sweep over them`,
        );
      }
      return [flag, plainValue(text, kind(flag))];
    }),
  );
}

/** The steps of a run of each combination. @throws UserError for a bad one, and for two that are the same. */
async function requireGood(combinations: readonly Combination[], env: string): Promise<number[]> {
  const seen = new Map<string, string>();
  const steps: number[] = [];
  for (const { name, options } of combinations) {
    const settings = await settingsOf(name, { ...options, env });
    const same = seen.get(identityOf(settings));
    if (same !== undefined) {
      throw new UserError(
        `combinations must differ, got ${same} and ${name}, which are the same run; leave one of the values out`,
      );
    }
    seen.set(identityOf(settings), name);
    const { stepsPerUpdate } = settings;
    steps.push(Math.ceil(settings.steps / stepsPerUpdate) * stepsPerUpdate);
  }
  return steps;
}

async function settingsOf(name: string, options: Given): Promise<Settings> {
  try {
    return await readSettings(options, []);
  } catch (error) {
    if (error instanceof UserError) {
      throw new UserError(`${name}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** Everything that decides what a run computes but its seed. */
function identityOf(settings: Settings): string {
  const { agentName, agentOptions, environmentOptions, wrappers, stepsPerUpdate } = settings;
  const { environments } = settings;
  return JSON.stringify([
    ...[agentName, agentOptions, environmentOptions, wrappers, stepsPerUpdate, environments],
  ]);
}

interface Place {
  readonly env: string;
  readonly seed: number;
  readonly out: string;
  readonly steps: number;
}

function runOf(combination: Combination, { env, seed, out, steps }: Place): SweepRun {
  const folder = path.join(out, folderOf(combination), `seed-${seed}`);
  const options = { ...combination.options, seed: String(seed) };
  return {
    ...{ combination: combination.name, seed, folder, steps },
    options: { ...options, env },
    commandLine: ["train", env, ...argumentsOf({ ...options, out: folder })],
  };
}

function requireFolder(given: unknown): string {
  if (typeof given === "string" && given.trim() !== "") return given;
  throw new UserError("natgrad sweep needs a folder, got none; give one, as in --out runs/sweep");
}
