import * as fs from "node:fs";

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** Line of the page on which the code starts, from 1. */
  readonly line: number;
}

/** The fenced blocks of a page, in order. @throws Error for a block that no line ends. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = page.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const language = /^```(.*)$/.exec(lines[i])?.at(1);
    if (language === undefined) continue;
    const end = lines.indexOf("```", i + 1);
    if (end < 0) throw new Error(`the block of line ${i + 1} has no end`);
    const code = lines.slice(i + 1, end).map((line) => `${line}\n`);
    blocks.push({ language, code: code.join(""), line: i + 2 });
    i = end;
  }
  return blocks;
}

/** The blocks of a file in one language. */
export function blocksIn(file: string, language: string): string[] {
  return blocksOf(fs.readFileSync(file, "utf8"))
    .filter((block) => block.language === language)
    .map(({ code }) => code);
}

/** A link of a page, `[text](target)`. */
export interface Link {
  readonly text: string;
  readonly target: string;
}

/** The links of a page outside its blocks. */
export function linksOf(page: string): Link[] {
  const prose = page.replaceAll(/^```[\s\S]*?^```$/gm, "");
  return [...prose.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, text, target]) => ({
    text,
    target,
  }));
}

/**
 * Whether a program printed what a page shows of it. In what is shown `…` stands for anything in a line,
 * and alone in a line for any lines; spaces at the ends of lines do not count.
 */
export function shows(shown: string, printed: string): boolean {
  const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = linesOf(shown)
    .map((line) =>
      line.trim() === "…" ? "(?:.*\\n)*?" : `${line.split("…").map(escape).join(".*")}\\n`,
    )
    .join("");
  return new RegExp(`^${pattern}$`).test(`${linesOf(printed).join("\n")}\n`);
}

/** Lines without spaces at their ends, and without empty ones at the start and the end of the text. */
function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join("\n")
    .replaceAll(/^\n+|\n+$/g, "")
    .split("\n");
}
