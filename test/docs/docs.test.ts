import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "../scripts/cli.ts";
import { type Block, blocksOf, linksOf, shows } from "../support/markdown.ts";
import { type PlannedPage, planOf, type Run } from "./steps.ts";

const root = path.join(import.meta.dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");
const { projectDocuments, readme } = JSON.parse(read("typedoc.json")) as {
  projectDocuments: string[];
  readme: string;
};
const pages = [readme, ...projectDocuments];
const blocks = (page: string): Block[] => blocksOf(read(page));
const run = promisify(execFile);

/** Whether there is a Python to run; its blocks are left out where there is none. */
const python = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);

/** Writes the files of a page to the folder, runs its commands in order and returns what each block of them printed. */
async function printedBy(
  { files, runs }: PlannedPage,
  folder: string,
): Promise<{ run: Run; printed: string }[]> {
  for (const [name, code] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, name), code);
  }
  const possible = runs.filter(({ steps }) => python || steps[0].program !== "python3");
  const running = run(process.execPath, [path.join(import.meta.dirname, "run-page.ts")], {
    cwd: folder,
  });
  running.child.stdin?.end(JSON.stringify(possible.map(({ steps }) => steps)));
  const printed = JSON.parse((await running).stdout) as string[];
  return possible.map((done, i) => ({ run: done, printed: printed[i] }));
}

describe.concurrent("the pages of docs", () => {
  it.for(projectDocuments)("%s shows what its programs and commands print", async (page, test) => {
    const plan = planOf(blocks(page));
    const folder = emptyFolder(test.onTestFinished);
    expect(plan.runs.length).toBeGreaterThan(0);
    for (const { run: block, printed } of await printedBy(plan, folder)) {
      expect(printed).not.toMatch(/^exit code/m);
      if (block.shown === undefined || shows(block.shown, printed)) continue;
      expect(printed, `${page}, line ${block.line}`).toBe(block.shown);
    }
  });

  it("hold programs that compile", async () => {
    const folder = fs.mkdtempSync(path.join(root, "test/docs/.programs-"));
    try {
      for (const page of projectDocuments) {
        for (const [name, code] of Object.entries(planOf(blocks(page)).files)) {
          const inside = path.join(folder, path.basename(page, ".md"));
          fs.mkdirSync(inside, { recursive: true });
          if (name.endsWith(".ts")) fs.writeFileSync(path.join(inside, name), code);
        }
      }
      const types = (module: string): string[] => [path.join(root, module)];
      const configuration = {
        extends: path.join(root, "tsconfig.json"),
        compilerOptions: {
          paths: {
            natgrad: types("src/index.ts"),
            "natgrad/envs": types("envs/index.ts"),
            "natgrad/agents": types("agents/index.ts"),
          },
        },
        include: ["*/*.ts", path.join(root, "src/math/alea.d.ts")],
      };
      const project = path.join(folder, "tsconfig.json");
      fs.writeFileSync(project, JSON.stringify(configuration));
      const compiler = path.join(root, "node_modules/typescript/bin/tsc");
      const { stdout } = await run(process.execPath, [compiler, "--noEmit", "-p", project]).catch(
        (error: unknown) => error as { stdout: string },
      );
      expect(stdout).toBe("");
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it("are made into a site without a warning, which needs nothing from elsewhere", async (test) => {
    const out = emptyFolder(test.onTestFinished);
    const entry = path.join(root, "node_modules/typedoc/bin/typedoc");
    const { stdout, stderr } = await run(
      process.execPath,
      [entry, "--out", out, "--logLevel", "Warn"],
      { cwd: root },
    ).catch((error: unknown) => error as { stdout: string; stderr: string });
    test.expect(stdout + stderr).toBe("");
    const html = fs.readdirSync(out, { recursive: true, encoding: "utf8" });
    const written = html.filter((name) => name.endsWith(".html"));
    test.expect(written).toContain(path.join("functions", "natgrad.conjugateGradient.html"));
    for (const name of written) {
      const page = fs.readFileSync(path.join(out, name), "utf8");
      test.expect(page).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?\/\//);
    }
  });
});

describe("the links of the pages", () => {
  it.each(["README.md", ...pages])("%s leads to files, and to what they export", (page) => {
    const links = linksOf(read(page)).filter(({ target }) => !/^(https?:|#)/.test(target));
    expect(links.length).toBeGreaterThan(0);
    for (const { text, target } of links) {
      const file = path.join(path.dirname(page), target);
      expect(fs.existsSync(path.join(root, file)), `${page} links to ${target}`).toBe(true);
      const name = /^`(\w+)`$/.exec(text)?.at(1);
      if (name === undefined || !file.endsWith(".ts")) continue;
      expect(read(file)).toMatch(
        new RegExp(`^export (function\\*?|const|interface|type|class) ${name}\\b`, "m"),
      );
    }
  });

  it("stand beside the paths of their files in the mathematics", () => {
    const rows = read("docs/mathematics.md").match(/^\|.*\]\(.*\|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const files = linksOf(row).map(({ target }) => target.replace("../", ""));
      expect(row.split("|").at(-2)?.trim()).toBe([...new Set(files)].join(", "));
    }
  });

  it("reach every page from the first", () => {
    const linked = linksOf(read(readme)).map(({ target }) => `docs/${target}`);
    expect(linked.sort()).toEqual([...projectDocuments].sort());
  });
});

describe("what a page shows", () => {
  it("is what was printed, … standing for anything in a line or for any lines", () => {
    expect(shows("a\nb \n", "\na\nb\n")).toBe(true);
    expect(shows("a … c\n", "a b c\n")).toBe(true);
    expect(shows("a\n…\nd\n", "a\nb\nc\nd\n")).toBe(true);
    expect(shows("a\n…\nd\n", "a\nd\n")).toBe(true);
    expect(shows("a\n", "a\nb\n")).toBe(false);
    expect(shows("a … c\n", "a\nc\n")).toBe(false);
    expect(shows("a.c\n", "abc\n")).toBe(false);
  });

  it("belongs to a command, and every program is run", () => {
    const plan = (page: string): PlannedPage => planOf(blocksOf(page));
    expect(() => plan("```text\na\n```\n")).toThrow(/line 2: no command before the text/);
    expect(() => plan("```ts\nlet a;\n```\n")).toThrow(/does not name its file/);
    expect(() => plan("```ts\n// a.ts\n```\n")).toThrow(/no command runs a\.ts/);
    expect(() => plan("```json\n{}\n```\n")).toThrow(/a block of json is not run/);
    expect(() => plan("```sh\nls\n")).toThrow(/has no end/);
    expect(plan("```sh\n# not run by the tests\nnpm ci\n```\n").runs).toEqual([]);
  });
});
