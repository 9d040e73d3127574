import yargs, { type Argv, type CommandModule } from "yargs";
import { nearest, unknownName } from "./nearest.ts";
import { UserError } from "./user-error.ts";
import { versions } from "./versions.ts";

export interface CommandLineOptions {
  readonly name: string;
  readonly commands: readonly CommandModule[];
  readonly epilogue: string;
}

/**
 * Runs the command that `args` name; without one, shows the help.
 *
 * @throws UserError for an unknown command or option and for what the command refuses.
 */
export async function runCommand(
  args: readonly string[],
  { name, commands, epilogue }: CommandLineOptions,
): Promise<void> {
  const known = commands.map(({ command }) => String(command).split(" ")[0]);
  const asked = args.find((arg) => !arg.startsWith("-"));
  requireCommandFirst(args, known, name);
  if (asked !== undefined && !known.includes(asked)) {
    throw unknownName("command", asked, known, `the commands are ${known.join(", ")}`);
  }
  const joined = joinDashedValues(args);
  const parser = yargs(joined)
    .locale("en")
    .scriptName(name)
    .usage("$0 <command> [options]")
    .version(versions().natgrad)
    .parserConfiguration({
      "parse-numbers": false,
      "dot-notation": false,
    })
    .wrap(Math.min(110, process.stdout.columns || 110))
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      if (error instanceof UserError) throw error;
      throw message ? misuse(message, `${name} ${asked ?? ""}`.trim()) : error;
    })
    .epilogue(epilogue);
  parser.middleware((argv) => requireKnownOptions(joined, argv, parser), true);
  for (const command of commands) parser.command(command);
  if (args.length === 0) {
    parser.showHelp("log");
    return;
  }
  await parser.parseAsync();
}

/** Refuses an option before the command, whose value would pass for the command. */
function requireCommandFirst(
  args: readonly string[],
  known: readonly string[],
  name: string,
): void {
  const [first = "", ...rest] = args;
  if (!/^-./.test(first) || /^(-h|--help|--version)$/.test(first) || rest.length === 0) return;
  const command = rest.find((arg) => known.includes(arg));
  const example = `${name} ${command ?? known[0]} … ${first}`;
  throw new UserError(`the command comes first, got ${first} before it; give ${example}`);
}

/** What the parser refuses, in our words. */
function misuse(message: string, command: string): UserError {
  const [, extra] = /^Unknown arguments?: (.*)$/.exec(message) ?? [];
  const rule = extra ? `${command} takes no further argument, got ${extra}` : message;
  return new UserError(`${rule}; see ${command} --help`);
}

/** `--log-std -1e-3` as `--log-std=-1e-3`, which the parser would take for flags; so with `-`, stdin. */
function joinDashedValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    const isValue = /^-($|[\d.I])/.test(arg) && before !== undefined && /^--[^=]+$/.test(before);
    if (isValue) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** What yargs knows of the options of the command that runs; not in its published types. */
interface KnownOptions {
  getOptions(): { readonly key: Readonly<Record<string, unknown>>; readonly boolean: string[] };
}

function requireKnownOptions(
  args: readonly string[],
  argv: Readonly<Record<string, unknown>>,
  parser: Argv,
): void {
  if (argv.help === true || argv.version === true) return;
  const { key, boolean } = (parser as unknown as KnownOptions).getOptions();
  const known = Object.keys(key);
  const given = new Map<string, string>();
  for (const arg of args) {
    if (arg === "--") return;
    if (!/^-[^\d.]/.test(arg)) continue;
    const [flag, ...rest] = arg.replace(/^--?/, "").split("=");
    const value = rest.length === 0 ? undefined : rest.join("=");
    const positive = flag.replace(/^no-/, "");
    if (!known.includes(flag) && !known.includes(positive)) throw unknownOption(arg, flag, known);
    const option = known.includes(flag) ? flag : positive;
    const earlier = given.get(option);
    if (earlier !== undefined) {
      throw new UserError(
        `--${option} must be given once, got ${earlier} and ${arg}; leave one out`,
      );
    }
    given.set(option, arg);
    if (value !== undefined && boolean.includes(positive) && !/^(true|false)$/.test(value)) {
      throw new UserError(
        `--${positive} must be true or false, got ${value}; give --${positive} or --no-${positive}`,
      );
    }
  }
}

function unknownOption(arg: string, flag: string, known: readonly string[]): UserError {
  const guess = nearest(flag, known);
  const hint = guess === undefined ? "" : `did you mean --${guess}? `;
  return new UserError(`no option is named ${arg.split("=")[0]}; ${hint}--help lists the options`);
}
