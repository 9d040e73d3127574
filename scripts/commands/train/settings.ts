import type * as z from "zod";
import { type AgentEntry, agents, suggestionsFor } from "../../../agents/index.ts";
import {
  type Agent,
  createRandom,
  type Environment,
  type Random,
  type WrapperOptions,
} from "../../../src/index.ts";
import { offerTurboKernels } from "../../kernels/load.ts";
import {
  agentLayer,
  environmentLayer,
  findConfigured,
  readLayers,
} from "../../configuration/layers.ts";
import {
  type EnvironmentSource,
  readEnvironmentOptions,
} from "../../environments/environment-source.ts";
import { readWrappers, wrapEnvironment } from "../../environments/wrappers.ts";
import { listed } from "../../support/listed.ts";
import { unknownName } from "../../support/nearest.ts";
import { readOptions, schemaOptions } from "../../support/schema-options.ts";
import { blamingInput, UserError } from "../../support/user-error.ts";
import { requireCapacity, requireCriticCapacity } from "./capacity.ts";
import { runOptions } from "./options.ts";

type Given = Readonly<Record<string, unknown>>;

/** A run with every default filled in and everything made that can be refused. */
export interface Settings extends z.infer<typeof runOptions> {
  readonly commandLine: readonly string[];
  readonly source: EnvironmentSource;
  readonly environmentOptions: Readonly<Record<string, unknown>>;
  readonly wrappers: WrapperOptions;
  readonly environment: Environment;
  readonly agentName: string;
  readonly agentOptions: Readonly<Record<string, unknown>>;
  /** Under what was given, where it was asked for. */
  readonly preset?: string;
  readonly agent: Agent;
  readonly random: Random;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/**
 * Defaults, under what the environment suggests, under a preset, under a file, under the flags.
 *
 * @throws UserError for the first thing that is wrong, before anything is done or written.
 */
export async function readSettings(argv: Given, commandLine: readonly string[]): Promise<Settings> {
  const layers = readLayers(argv);
  const { preset, file } = layers;
  const source = await findConfigured(argv.env, file);
  const agentName = requireAgent(argv.agent ?? file?.agentName ?? preset?.agent);
  const entry = agents[agentName];
  const run = runOptions.parse({
    ...preset?.run,
    ...file?.run,
    ...readOptions(schemaOptions(runOptions), argv),
  });
  requireDivisible(run);
  requireOwnOptions(agentName, argv);
  const environmentOptions = readEnvironmentOptions(source, argv, environmentLayer(layers, source));
  const wrappers = { ...file?.wrappers, ...readWrappers(argv) };
  const environment = wrapEnvironment(source.create(environmentOptions), wrappers);
  requireUsedOptions(environment, argv);
  const given = agentLayer(layers, agentName, readOptions(schemaOptions(entry.options), argv));
  const agentOptions = entry.options.parse({
    ...suggestionsFor(entry, source.suggests),
    ...given,
  });
  requireFitting(agentOptions, given, environment, run.stepsPerUpdate);
  const settings = settingsOf({
    ...{ ...run, commandLine, source, environmentOptions, wrappers },
    ...{ environment, agentName, agentOptions },
    ...(layers.name !== undefined && { preset: layers.name }),
    out: requireFolder(argv.out),
    force: argv.force === true,
    json: argv.json === true,
  });
  for (const remark of layers.remarks) process.stderr.write(`natgrad: ${remark}\n`);
  return settings;
}

function requireDivisible({ stepsPerUpdate, environments }: z.infer<typeof runOptions>): void {
  if (stepsPerUpdate % environments === 0) return;
  throw new UserError(
    `--steps-per-update must be a multiple of --environments, got ${stepsPerUpdate} and ${environments}; change one of them`,
  );
}

/** What of a run's settings is not made of the rest. */
export type Plan = Omit<Settings, "agent" | "random">;

/** The settings of a plan. @throws UserError where the agent cannot be made. */
export function settingsOf(plan: Plan): Settings {
  offerTurboKernels();
  const random = createRandom(plan.seed);
  const { environment, agentName, agentOptions } = plan;
  const agent = createAgent(agents[agentName], environment, random, { ...agentOptions });
  return { ...plan, agent, random };
}

export function createAgent(
  entry: AgentEntry,
  environment: Environment,
  random: Random,
  options: Record<string, unknown>,
): Agent {
  return blamingInput(() => entry.create(environment, random.split("agent"), options));
}

export function requireAgent(given: unknown = "natural"): string {
  const known = Object.keys(agents);
  if (typeof given !== "string") {
    throw new UserError(`--agent must name an agent, got no value; give ${known.join(", ")}`);
  }
  if (Object.hasOwn(agents, given)) return given;
  throw unknownName("agent", given, known, `natgrad list shows all: ${known.join(", ")}`);
}

/** Refuses an option that only other agents have. */
export function requireOwnOptions(agentName: string, argv: Given): void {
  const own = schemaOptions(agents[agentName].options).map(({ flag }) => flag);
  const owners = (flag: string): string[] =>
    Object.keys(agents).filter((name) =>
      schemaOptions(agents[name].options).some((option) => option.flag === flag),
    );
  const others = Object.values(agents).flatMap(({ options }) => schemaOptions(options));
  const foreign = others.find(({ flag }) => argv[flag] !== undefined && !own.includes(flag));
  if (foreign === undefined) return;
  throw new UserError(
    `--${foreign.flag} is an option of ${listed(owners(foreign.flag))}, got it with --agent ${agentName}; leave it out or choose that agent`,
  );
}

/** Refuses an option that does nothing with the environment. */
export function requireUsedOptions({ name, actionSpace }: Environment, argv: Given): void {
  const flag = ["log-std", "state-std", "min-std", "max-std"].find(
    (each) => argv[each] !== undefined,
  );
  if (actionSpace.kind === "box" || flag === undefined) return;
  throw new UserError(
    `--${flag} must belong to actions with a spread, got it with the discrete actions of ${name}; leave it out`,
  );
}

/** Refuses options that do not fit each other, in the words of the command line. */
export function requireFitting(
  options: Given,
  given: Given,
  environment: Environment,
  stepsPerUpdate: number,
): void {
  const { bias, fisherEvery } = options;
  const { hidden = [], gain = [] } = options as Partial<
    Record<"hidden" | "gain", readonly number[]>
  >;
  if (bias === false && hidden.length > 0) {
    const source = given.hidden === undefined ? `, which ${environment.name} suggests` : "";
    throw new UserError(
      `--no-bias needs --hidden none, since a policy with hidden layers has bias terms, got --hidden ${hidden.join(",")}${source}; give --hidden none or leave out --no-bias`,
    );
  }
  if (gain.length > 0 && hidden.length > 0) {
    const source = given.gain === undefined ? `, which ${environment.name} suggests,` : "";
    throw new UserError(
      `--gain must be none with hidden layers, got ${gain.join(",")}${source} and --hidden ${hidden.join(",")}; give --gain none or --hidden none`,
    );
  }
  if (typeof fisherEvery === "number" && fisherEvery > stepsPerUpdate) {
    throw new UserError(
      `--fisher-every must be at most --steps-per-update, got ${fisherEvery} and ${stepsPerUpdate}; change one of them`,
    );
  }
  requireCapacity(hidden, environment, stepsPerUpdate);
  requireCriticCapacity(options, environment, stepsPerUpdate);
}

function requireFolder(given: unknown): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  throw new UserError("--out must name a folder, got no value; give one, such as runs/first");
}
