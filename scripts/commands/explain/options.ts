import type * as z from "zod";
import { agents } from "../../../agents/index.ts";
import { environments } from "../../../envs/index.ts";
import { runSections } from "../../configuration/configuration.ts";
import { type Preset, presetOption, presets } from "../../configuration/presets.ts";
import { wrapperOptions } from "../../environments/wrappers.ts";
import { type SchemaOption, schemaOptions } from "../../support/schema-options.ts";
import { runOptions } from "../train/options.ts";
import { valueText } from "./value-text.ts";

/** A value, and who has it. */
export interface Holding {
  readonly value: unknown;
  readonly of: readonly string[];
}

/** All that is known of an option of a run. */
export interface ExplainedOption {
  /** In a configuration file. */
  readonly key: string;
  /** On a command line; null for the argument that names the environment. */
  readonly flag: string | null;
  readonly description: string;
  /** The values that it takes. */
  readonly values: string;
  /** The agents or environments that have it; none where every run does. */
  readonly owners: readonly string[];
  /** By owner; without owners, of every run. */
  readonly defaults: readonly Holding[];
  /** Where an environment suggests another. */
  readonly suggestions: readonly Holding[];
  readonly presets: readonly Holding[];
}

/** Every option of a run, in the order of a configuration file. */
export function explainedOptions(): ExplainedOption[] {
  return [
    ...sectionOptions("", schemaOptions(runOptions.pick({ seed: true }))),
    named("preset", "--preset", presetOption, []),
    {
      ...named("environment.name", null, undefined, Object.keys(environments)),
      description: "the environment, also the first argument of natgrad train",
      values: `one of ${Object.keys(environments).join(", ")}, or a file of your own`,
    },
    ...ownedOptions("environment.options.", "--env.", environments),
    ...sectionOptions("environment.wrappers.", schemaOptions(wrapperOptions)),
    {
      ...named("agent.name", "--agent", undefined, Object.keys(agents)),
      description: "the agent",
      values: `one of ${Object.keys(agents).join(", ")}`,
      defaults: [{ value: "natural", of: [] }],
      presets: heldBy(presets, ({ agent }) => agent),
    },
    ...ownedOptions("agent.options.", "--", agents),
    ...Object.entries(runSections).flatMap(([section, schema]) =>
      sectionOptions(`${section}.`, schemaOptions(schema)),
    ),
  ];
}

/** Something that a name of the registries or a preset is given by. */
function named(
  key: string,
  flag: string | null,
  schema: z.ZodType | undefined,
  owners: readonly string[],
): ExplainedOption {
  return {
    ...{ key, flag },
    description: schema?.description ?? "",
    values: schema === undefined ? `one of ${owners.join(", ")}` : valueText(schema),
    ...{ owners: [], defaults: [], suggestions: [], presets: [] },
  };
}

function sectionOptions(prefix: string, options: readonly SchemaOption[]): ExplainedOption[] {
  return options.map(({ key, flag, schema, description, defaultValue }) => ({
    key: prefix + key,
    flag: `--${flag}`,
    description,
    values: valueText(schema),
    owners: [],
    defaults: defaultValue === undefined ? [] : [{ value: defaultValue, of: [] }],
    suggestions: [],
    presets: heldBy(presets, ({ run }) => run[key]),
  }));
}

interface Owner {
  readonly options?: z.ZodObject;
}

/** The options of agents or environments; those of one key, rule and description are one. */
function ownedOptions(
  prefix: string,
  dashes: string,
  owners: Readonly<Record<string, Owner>>,
): ExplainedOption[] {
  const groups = new Map<string, { owner: string; option: SchemaOption }[]>();
  for (const [owner, { options }] of Object.entries(owners)) {
    for (const option of options === undefined ? [] : schemaOptions(options)) {
      const alike = [option.key, option.description, valueText(option.schema)].join("\n");
      groups.set(alike, [...(groups.get(alike) ?? []), { owner, option }]);
    }
  }
  return [...groups.values()].map((having) => {
    const { key, flag, schema, description } = having[0].option;
    const names = having.map(({ owner }) => owner);
    const ofAgents = dashes === "--";
    return {
      key: prefix + key,
      flag: dashes + flag,
      description,
      values: valueText(schema),
      owners: names,
      defaults: grouped(having.map(({ owner, option }) => [owner, option.defaultValue])),
      suggestions: ofAgents ? heldBy(environments, ({ suggests }) => suggests?.[key]) : [],
      presets: ofAgents ? heldBy(presetsOf(names), ({ options }) => options[key]) : [],
    };
  });
}

/** The presets whose agent is one of those named. */
function presetsOf(names: readonly string[]): Readonly<Record<string, Preset>> {
  return Object.fromEntries(
    Object.entries(presets).filter(([, { agent }]) => names.includes(agent)),
  );
}

/** Which of the named things hold which value; those that hold none are left out. */
function heldBy<T>(things: Readonly<Record<string, T>>, valueOf: (thing: T) => unknown): Holding[] {
  return grouped(Object.entries(things).map(([name, thing]) => [name, valueOf(thing)]));
}

function grouped(pairs: readonly (readonly [name: string, value: unknown])[]): Holding[] {
  const groups = new Map<string, { value: unknown; of: string[] }>();
  for (const [name, value] of pairs) {
    if (value === undefined) continue;
    const text = JSON.stringify(value);
    const group = groups.get(text) ?? { value, of: [] };
    group.of.push(name);
    groups.set(text, group);
  }
  return [...groups.values()];
}
