import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = ["src", "envs", "agents"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name).replaceAll("\\", "/")),
);

/** The code of a file without its comments and texts, apart from the module names. */
const codeOf = (file: string): string =>
  readFileSync(join(root, file), "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/\/\/.*$/gm, "");

/** The modules that a file imports or exports from. */
const importsOf = (file: string): string[] =>
  [...codeOf(file).matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name);

/** Files reached from `entry` along relative imports. */
function reachable(entry: string): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of importsOf(file).filter((module) => module.startsWith("."))) {
      visit(relative(root, resolve(root, dirname(file), name)).replaceAll("\\", "/"));
    }
  };
  visit(entry);
  return seen;
}

describe("everything in src, envs and agents runs in a browser", () => {
  it("finds the sources", () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(sources).toContain("src/index.ts");
  });

  it.each(sources)("%s imports no module of Node and uses none of its globals", (file) => {
    // Imports of types alone leave nothing behind; all others must be ours or known to be pure.
    const packages = importsOf(file).filter((name) => !name.startsWith("."));
    for (const name of packages) {
      expect(["ml-matrix", "seedrandom/lib/alea.js", "zod"], `${file} imports ${name}`).toContain(
        name,
      );
    }
    const code = codeOf(file).replaceAll(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '""');
    // The texts are gone: require("x") reads require("").
    expect(code).not.toMatch(/\b(process|Buffer)\s*[.[(]|\brequire\s*\(""|\b__(dir|file)name\b/);
    expect(code).not.toMatch(/Math\.random/);
  });

  it.each(sources.filter((file) => !file.startsWith("src/")))(
    "%s reaches src through its index alone",
    (file) => {
      const above = importsOf(file).filter((name) => name.startsWith("../"));
      expect(above.every((name) => name === "../src/index.ts")).toBe(true);
    },
  );
});

describe("the tables of contents", () => {
  it("src/index.ts reaches every file of src", () => {
    const reached = reachable("src/index.ts");
    const left = sources.filter((file) => file.startsWith("src/") && !file.endsWith(".d.ts"));
    expect(left.filter((file) => !reached.has(file))).toEqual([]);
  });

  it.each(["envs", "agents"])("%s/index.ts reaches every file of its folder", (folder) => {
    const reached = reachable(`${folder}/index.ts`);
    const own = sources.filter((file) => file.startsWith(`${folder}/`));
    expect(own.filter((file) => !reached.has(file))).toEqual([]);
  });
});
