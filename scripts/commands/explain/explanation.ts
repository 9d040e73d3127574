import { configurationJsonSchema } from "../../configuration/json-schema.ts";
import { requirePreset } from "../../configuration/layers.ts";
import { presets } from "../../configuration/presets.ts";
import { toJson, toJsonFile } from "../../support/json.ts";
import { unknownName } from "../../support/nearest.ts";
import { explainedOptions, type ExplainedOption } from "./options.ts";
import { listText, optionText, presetText } from "./text.ts";

/** What `natgrad explain` prints. @throws UserError for a name that nothing has. */
export function explanation(argv: Readonly<Record<string, unknown>>): string {
  if (argv["json-schema"] === true) return toJsonFile(configurationJsonSchema());
  const json = (value: unknown): string => `${toJson(value)}\n`;
  if (argv.preset !== undefined) {
    const name = requirePreset(argv.preset);
    return argv.json === true ? json({ name, ...presets[name] }) : presetText(name, presets[name]);
  }
  const all = explainedOptions();
  if (typeof argv.option !== "string") return argv.json === true ? json(all) : listText(all);
  const found = namedOptions(argv.option, all);
  return argv.json === true ? json(found) : found.map(optionText).join("\n");
}

/**
 * The options of a name: a flag, a key, or the last part of either; more than one where environments
 * mean different things by it.
 *
 * @throws UserError that names the nearest where nothing has the name.
 */
export function namedOptions(given: string, all: readonly ExplainedOption[]): ExplainedOption[] {
  for (const name of [plain(given), plain(given).replace(/^no/, "")]) {
    const whole = all.filter((option) => namesOf(option).includes(name));
    if (whole.length > 0) return whole;
    const last = all.filter((option) => plain(option.key.split(".").at(-1) ?? "") === name);
    if (last.length > 0) return last;
  }
  const known = all.flatMap(({ key, flag }) => [
    key,
    key.split(".").at(-1) ?? "",
    ...(flag === null ? [] : [flag.replace(/^--/, "")]),
  ]);
  throw unknownName("option", given, known, "natgrad explain lists all");
}

function namesOf({ key, flag }: ExplainedOption): string[] {
  return [plain(key), ...(flag === null ? [] : [plain(flag)])];
}

/** Without dashes and capitals, so that a flag and its key are alike. */
function plain(name: string): string {
  return name.replaceAll("-", "").toLowerCase();
}
