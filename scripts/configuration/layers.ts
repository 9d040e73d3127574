import { agents } from "../../agents/index.ts";
import { type EnvironmentSource, findEnvironment } from "../environments/environment-source.ts";
import { listed } from "../support/listed.ts";
import { unknownName } from "../support/nearest.ts";
import { UserError } from "../support/user-error.ts";
import { type Preset, presets } from "./presets.ts";
import { type Configuration, optionsIn, readConfiguration } from "./read-configuration.ts";

type Values = Readonly<Record<string, unknown>>;

/** What lies between the defaults and the flags of a run. */
export interface Layers {
  /** Of the preset. */
  readonly name: string | undefined;
  readonly preset: Preset | undefined;
  readonly file: Configuration | undefined;
  /** What to say on stderr once all is well. */
  readonly remarks: string[];
}

/** The file and the preset that flags, or the file itself, ask for. @throws UserError for a bad one. */
export function readLayers(argv: Values): Layers {
  const file = readGiven(argv.config);
  const name = argv.preset === undefined ? file?.preset : requirePreset(argv.preset);
  return { name, preset: name === undefined ? undefined : presets[name], file, remarks: [] };
}

/** What was read before the rest of the arguments was parsed: a pipe can be read but once. */
let early: Configuration | undefined;

function readGiven(given: unknown): Configuration | undefined {
  if (given === undefined) return undefined;
  if (typeof given === "string" && given !== "") {
    const read = early?.file === given ? early : readConfiguration(given);
    early = undefined;
    return read;
  }
  throw new UserError("--config must name a file, got no value; give one, as in --config run.json");
}

/** The name of a preset. @throws UserError where there is none of the name. */
export function requirePreset(given: unknown): string {
  const known = Object.keys(presets);
  if (typeof given !== "string" || given === "") {
    throw new UserError(`--preset must name a preset, got no value; give ${known.join(", ")}`);
  }
  if (Object.hasOwn(presets, given)) return given;
  throw unknownName("preset", given, known, `there are ${known.join(", ")}`);
}

/** The environment of the file that the arguments give with --config, before the rest is parsed. */
export function environmentNamedBy(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => /^--config(=|$)/.test(arg));
  if (at < 0) return undefined;
  const file = args[at].includes("=") ? args[at].slice("--config=".length) : args.at(at + 1);
  early = readGiven(file);
  return early?.environmentName;
}

/** The environment given, or the file's. @throws UserError where there is none. */
export async function findConfigured(
  given: unknown,
  file: Configuration | undefined,
): Promise<EnvironmentSource> {
  const name = file?.environmentName;
  if (given !== undefined || file === undefined || name === undefined) {
    return findEnvironment(given);
  }
  try {
    return await findEnvironment(name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${file.file}: environment.name: ${error.message}`, { cause: error });
  }
}

/** The file's options of the environment, where it is the file's. @throws UserError for a bad one. */
export function environmentLayer(
  { file, remarks }: Layers,
  { name, options }: EnvironmentSource,
): Values {
  if (file === undefined) return {};
  const { environmentName = name, environmentOptions } = file;
  if (environmentName === name) return optionsIn(file, "environment", options, environmentOptions);
  const left = Object.keys(environmentOptions);
  remarks.push(...leftOut(left, `the environment ${environmentName} of ${file.file}`));
  return {};
}

/** The options of the agent that are given, over those of the file, over those of the preset. */
export function agentLayer(layers: Layers, agentName: string, given: Values): Values {
  const { name, preset, remarks } = layers;
  const { shape } = agents[agentName].options;
  const has = (key: string): boolean => Object.hasOwn(shape, key);
  const later = { ...configured(layers, agentName, has), ...given };
  if (preset === undefined || name === undefined) return later;
  const fits = (key: string): boolean => has(key) && sameOption(key, agentName, preset.agent);
  const left = Object.keys(preset.options).filter((key) => !fits(key));
  remarks.push(
    ...leftOut(left, `the preset ${name}, which ${agentName} does not have`),
    `the settings of ${preset.library}; natgrad explain --preset ${name} says what differs all the same`,
  );
  // Its critic goes with its baseline.
  const { baseline = preset.options.baseline } = later as { readonly baseline?: unknown };
  const used = Object.entries(preset.options).filter(
    ([key]) => fits(key) && (baseline === "network" || !key.startsWith("critic")),
  );
  return { ...Object.fromEntries(used), ...later };
}

/** Whether two agents mean the same by an option, which λ of GAE and λ of traces are not. */
function sameOption(key: string, one: string, other: string): boolean {
  const described = (name: string): string | undefined =>
    (agents[name].options.shape[key] as { readonly description?: string } | undefined)?.description;
  return described(one) === described(other);
}

/** The file's options that the agent has. */
function configured(
  { file, remarks }: Layers,
  agentName: string,
  has: (key: string) => boolean,
): Values {
  if (file === undefined) return {};
  const { agentOptions, agentName: own = agentName } = file;
  if (own === agentName) {
    return optionsIn(file, "agent", agents[agentName].options, agentOptions);
  }
  const entries = Object.entries(agentOptions);
  const left = entries.filter(([key]) => !has(key)).map(([key]) => key);
  remarks.push(
    ...leftOut(left, `the agent ${own} of ${file.file}, which ${agentName} does not have`),
  );
  return Object.fromEntries(entries.filter(([key]) => has(key)));
}

/** Says which options are left out, if any are. */
function leftOut(keys: readonly string[], whose: string): string[] {
  return keys.length === 0 ? [] : [`left out ${listed(keys)} of ${whose}`];
}
