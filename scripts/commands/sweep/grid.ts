import type { SchemaOption } from "../../support/schema-options.ts";
import { UserError } from "../../support/user-error.ts";

/** The values of a grid by option, as the command line takes them. */
export type Grid = Readonly<Record<string, readonly string[]>>;
/** Options with their values on the command line; true and false for --NAME and --no-NAME. */
export type Given = Readonly<Record<string, string | boolean>>;

/** What options are, by their names. */
export interface KnownOptions {
  readonly kind: (flag: string) => SchemaOption["kind"];
  /** Whether an agent can be told the option. */
  readonly has: (agent: string, flag: string) => boolean;
}

/** One choice from each option of a grid. */
export interface Combination {
  /** As folders and tables name it, such as "trpo kl=0.01". */
  readonly name: string;
  readonly options: Given;
}

/**
 * The values that `text` gives: separated by semicolons, or by commas where it holds no semicolon and
 * no value of the option is a list.
 *
 * @throws UserError for no value, an empty one, or one that is there twice.
 */
export function valuesOf(flag: string, text: unknown, kind: SchemaOption["kind"]): string[] {
  const example = kind === "numbers" ? `--grid.${flag} "64,64;32"` : `--grid.${flag} A,B`;
  if (typeof text !== "string" || text.trim() === "") {
    throw new UserError(`--grid.${flag} must give values, got none; give them, as in ${example}`);
  }
  const separator = text.includes(";") || kind === "numbers" ? ";" : ",";
  const values = text.split(separator).map((value) => plainValue(value, kind));
  if (values.includes("")) {
    throw new UserError(
      `--grid.${flag} must give a value on both sides of each separator, got ${text}; leave out the one that is too many`,
    );
  }
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice === undefined) return values;
  throw new UserError(
    `--grid.${flag} must give each value once, got ${twice} twice; leave one out`,
  );
}

/** A value in its plainest form, so that 1e-2 and 0.01 are the same; text that is none as it is. */
export function plainValue(text: string, kind: SchemaOption["kind"]): string {
  const value = text.trim();
  if (kind === "number") return plainNumber(value);
  return kind === "numbers" ? value.split(",").map(plainNumber).join(",") : value;
}

function plainNumber(text: string): string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text.trim() : String(value);
}

/**
 * Every combination of a grid with what is given for all runs. Where the grid chooses between agents,
 * an option that one of them does not have is left out for it.
 *
 * @throws UserError for an option that no agent of the grid has.
 */
export function combinationsOf(grid: Grid, given: Given, known: KnownOptions): Combination[] {
  const { agent: chosenAgents, ...rest } = grid as Partial<Grid>;
  const isChosen = chosenAgents !== undefined;
  const agents = chosenAgents ?? ["agent" in given ? String(given.agent) : "natural"];
  if (isChosen) requireUsed([...Object.keys(rest), ...Object.keys(given)], agents, known);
  return agents.flatMap((agent) => {
    const fits = (flag: string): boolean => !isChosen || known.has(agent, flag);
    const own = Object.entries(rest as Grid).filter(([flag]) => fits(flag));
    const common = Object.fromEntries(Object.entries(given).filter(([flag]) => fits(flag)));
    return product(own).map((chosen): Combination => ({
      name: [agent, ...chosen.map(([flag, value]) => `${flag}=${value}`)].join(" "),
      options: {
        ...common,
        agent,
        ...Object.fromEntries(
          chosen.map(([flag, value]) => [
            flag,
            known.kind(flag) === "boolean" ? truth(flag, value) : value,
          ]),
        ),
      },
    }));
  });
}

function requireUsed(
  flags: readonly string[],
  agents: readonly string[],
  { has }: KnownOptions,
): void {
  const unused = flags.find((flag) => !agents.some((agent) => has(agent, flag)));
  if (unused === undefined) return;
  throw new UserError(
    `--${unused} must be an option of an agent of the grid, got it with ${agents.join(", ")}; leave it out or add its agent`,
  );
}

/** Every choice of one value from each, the last option varying fastest. */
function product(axes: readonly (readonly [string, readonly string[]])[]): [string, string][][] {
  return axes.reduce<[string, string][][]>(
    (chosen, [flag, values]) =>
      chosen.flatMap((before) =>
        values.map((value): [string, string][] => [...before, [flag, value]]),
      ),
    [[]],
  );
}

function truth(flag: string, value: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new UserError(`--grid.${flag} must be true, false or both, got ${value}; give true,false`);
}

/** The arguments of `natgrad train` for these options. */
export function argumentsOf(options: Given): string[] {
  return Object.entries(options).flatMap(([flag, value]) => {
    if (typeof value === "string") return [`--${flag}`, value];
    return [value ? `--${flag}` : `--no-${flag}`];
  });
}

/** The folder of a combination: its name, what folders may not be called told as in an address. */
export function folderOf({ name }: Combination): string {
  return name.replace(/[^\p{L}\p{N} .,=+_#-]/gu, encodeURIComponent);
}
