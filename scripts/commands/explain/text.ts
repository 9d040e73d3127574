import type { Preset } from "../../configuration/presets.ts";
import { listed } from "../../support/listed.ts";
import { defaultText } from "../../support/schema-options.ts";
import type { ExplainedOption, Holding } from "./options.ts";

/** One option for people. */
export function optionText(option: ExplainedOption): string {
  const { key, flag, description, values, owners, defaults, suggestions, presets } = option;
  const every = defaults.every(({ of }) => of.length === owners.length);
  const lines: [string, string][] = [
    ["flag", flag ?? "the argument ENV"],
    ["key in a file", key],
    ["values", values],
    ["of", owners.length === 0 ? "every run" : listed(owners)],
    ["default", every ? valuesOf(defaults) : heldText(defaults, "for")],
    ["suggested", heldText(suggestions, "by")],
    ["in presets", heldText(presets, "in")],
  ];
  return `${description}\n\n${table(lines.filter(([, text]) => text !== ""))}`;
}

/** All options for people, a line each. */
export function listText(options: readonly ExplainedOption[]): string {
  const lines = options.map(({ flag, description }): [string, string] => [
    flag ?? "ENV",
    description,
  ]);
  return `Options of natgrad train; natgrad explain OPTION tells more\n\n${table(lines)}`;
}

/** A preset for people. */
export function presetText(name: string, preset: Preset): string {
  const { library, source, agent, run, options, differs } = preset;
  const settings = Object.entries({ ...run, ...options }).map(([key, value]): [string, string] => [
    flagOf(key),
    defaultText(value),
  ]);
  const others = differs.map((difference) => `  - ${difference}\n`).join("");
  return `The preset ${name}: ${library}\nDefaults of ${source}\n\n${table([["--agent", agent], ...settings])}\nWhat differs all the same:\n${others}`;
}

function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function valuesOf(held: readonly Holding[]): string {
  return held.map(({ value }) => defaultText(value)).join(", ");
}

/** "0.1 by a and b, 0.05 by c". */
function heldText(held: readonly Holding[], word: string): string {
  return held.map(({ value, of }) => `${defaultText(value)} ${word} ${listed(of)}`).join("; ");
}

function table(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([head]) => head.length));
  return lines.map(([head, text]) => `  ${head.padEnd(width)}  ${text}\n`).join("");
}
