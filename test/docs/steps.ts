import type { Block } from "../support/markdown.ts";

/** A command of a page. */
export interface Step {
  readonly program: string;
  readonly args: readonly string[];
}

/** A block of commands, and what the page shows of their output. */
export interface Run {
  readonly line: number;
  readonly steps: readonly Step[];
  readonly shown?: string;
}

/** What a page asks to be done. */
export interface PlannedPage {
  /** Files by name: blocks of TypeScript and Python that name themselves in their first line. */
  readonly files: Readonly<Record<string, string>>;
  readonly runs: readonly Run[];
}

/** A comment in the first line that names the file. */
const FILE_NAME = /^(?:\/\/|#) ([\w./-]+\.(?:ts|py))\n/;
/** The first line of a block that is left out: commands that install, which need a network. */
const LEFT_OUT = "# not run by the tests\n";

/**
 * The blocks of a page as files and commands: `ts` and `python` are files, `sh` are commands, and `text`
 * is what the commands before it print.
 *
 * @throws Error for a block that would never run, or a text without commands before it.
 */
export function planOf(blocks: readonly Block[]): PlannedPage {
  const files: Record<string, string> = {};
  const runs: Run[] = [];
  for (const { language, code, line } of blocks) {
    if (language === "ts" || language === "python") {
      const name = FILE_NAME.exec(code)?.at(1);
      if (name === undefined) throw new Error(`line ${line}: the block does not name its file`);
      files[name] = code;
    } else if (language === "sh") {
      if (!code.startsWith(LEFT_OUT)) runs.push({ line, steps: stepsOf(code) });
    } else if (language === "text") {
      const last = runs.pop();
      if (last === undefined || last.shown !== undefined) {
        throw new Error(`line ${line}: no command before the text`);
      }
      runs.push({ ...last, shown: code });
    } else throw new Error(`line ${line}: a block of ${language} is not run`);
  }
  const named = new Set(runs.flatMap(({ steps }) => steps.flatMap(({ args }) => args)));
  const imported = Object.values(files).join("");
  const idle = Object.keys(files).filter(
    (name) => !named.has(name) && !named.has(`./${name}`) && !imported.includes(`"./${name}"`),
  );
  if (idle.length > 0) throw new Error(`no command runs ${idle.join(", ")}`);
  return { files, runs };
}

/** The commands of a block, one a line; a backslash joins lines. */
function stepsOf(code: string): Step[] {
  return code
    .replaceAll(/\\\n\s*/g, "")
    .trim()
    .split("\n")
    .map((command) => {
      const words = command.replace(/ +#.*$/, "").split(/ +/);
      const [program, ...args] = words[0] === "npx" ? words.slice(1) : words;
      return { program, args };
    });
}
