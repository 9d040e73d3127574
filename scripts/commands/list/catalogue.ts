import { agents } from "../../../agents/index.ts";
import { environments } from "../../../envs/index.ts";
import { schemaOptions } from "../../support/schema-options.ts";

interface Named {
  readonly name: string;
  readonly summary: string;
}

/** Everything that `natgrad train` knows by name. */
export interface Catalogue {
  readonly environments: readonly (Named & { readonly exact: boolean })[];
  readonly agents: readonly (Named & {
    readonly options: readonly { flag: string; default: unknown; description: string }[];
  })[];
}

export function catalogue(): Catalogue {
  return {
    environments: Object.entries(environments).map(([name, { summary, reference }]) => ({
      name,
      summary,
      exact: reference !== undefined,
    })),
    agents: Object.entries(agents).map(([name, { summary, options }]) => ({
      name,
      summary,
      options: schemaOptions(options).map(({ flag, defaultValue, description }) => ({
        flag: `--${flag}`,
        default: defaultValue,
        description,
      })),
    })),
  };
}

export function catalogueText(listed: Catalogue): string {
  const all = [...listed.environments, ...listed.agents];
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = (entries: readonly Named[]): string =>
    entries.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join("");
  return `Environments\n${lines(listed.environments)}\nAgents\n${lines(listed.agents)}`;
}
