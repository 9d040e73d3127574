import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { reproductions } from "../../../scripts/reproduce/index.ts";
import { type Outcome, outcomesTable, withTable } from "../../../scripts/reproduce/outcomes.ts";
import { verdictOf } from "../../../scripts/reproduce/comparison.ts";
import { versions } from "../../../scripts/support/versions.ts";

const base = mkdtempSync(join(tmpdir(), "natgrad-gallery-"));
afterAll(() => rmSync(base, { recursive: true }));

const reproduce = (...args: string[]): ReturnType<typeof spawnSync> =>
  spawnSync(process.execPath, ["scripts/natgrad.ts", "reproduce", ...args, "--out", base], {
    encoding: "utf8",
  });

/** Finished results of an experiment, as a full run leaves them. */
const resultsOf = (name: string): object => ({
  ...{ name, title: `<${name}>`, source: "a paper", command: "", versions: versions() },
  ...{ quick: false, seconds: 12, claim: "It holds.", verdict: "differs", files: [] },
  comparisons: [
    { quantity: "k*", published: "-0.9", derived: -0.912, ours: -1, verdict: "differs" },
  ],
});

const [left, ...others] = reproductions.map(({ name }) => name);
for (const name of others) {
  mkdirSync(join(base, name));
  writeFileSync(join(base, name, "results.json"), JSON.stringify(resultsOf(name)));
}

describe("natgrad reproduce all", () => {
  it("runs what this version has not run, keeps the rest, and hangs all of it in the gallery", () => {
    const { status, stdout } = reproduce("all", "--quick");
    expect(stdout).toContain(`${others.length} kept`);
    expect(status).toBe(0);
    const page = readFileSync(join(base, "reproductions.html"), "utf8");
    expect(page.match(/<article>/g)).toHaveLength(reproductions.length);
    for (const name of others) expect(page).toContain(`&lt;${name}&gt;`);
    expect(page).toMatch(new RegExp(`src="${left}/[^"]+\\.png"`));
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  }, 60_000);

  it("is told by --list, with the verdict of each run", () => {
    const { stdout } = reproduce("--list");
    for (const { name, source, seconds } of reproductions) {
      expect(stdout).toContain(`${name}\n`);
      expect(stdout).toContain(source);
      expect(stdout).toContain(`about ${seconds} s`);
    }
    expect(stdout).toContain("differs, 0 of 1 quantities agree");
    expect(stdout).toContain("a first look");
  });

  it("takes no seeds, which are each experiment's own", () => {
    const { status, stderr } = reproduce("all", "--seeds", "3");
    expect(status).toBe(2);
    expect(stderr).toMatch(/--seeds must be left to each experiment/);
  });
});

describe("the README's table", () => {
  it("is that of docs/reproductions.json, whose reproductions are all in the list", () => {
    const outcomes = JSON.parse(readFileSync("docs/reproductions.json", "utf8")) as Outcome[];
    const listed = reproductions.map(({ name }) => name);
    for (const { name } of outcomes) expect(listed).toContain(name);
    const squeeze = (text: string): string => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
    const readme = squeeze(readFileSync("README.md", "utf8"));
    expect(readme).toBe(squeeze(withTable(readme, outcomesTable(outcomes))));
  });

  it("escapes what would end a cell", () => {
    const [outcome] = JSON.parse(readFileSync("docs/reproductions.json", "utf8")) as Outcome[];
    const table = outcomesTable([
      { ...outcome, headline: { ...outcome.headline, quantity: "a|b" } },
    ]);
    expect(table).toContain("a\\|b");
  });
});

it("a reproduction differs where any quantity does, and agrees where any does and none differs", () => {
  const of = (...verdicts: ("agrees" | "differs" | "qualitative")[]): string =>
    verdictOf(verdicts.map((verdict) => ({ quantity: "", ours: 0, verdict })));
  expect([of("agrees", "differs"), of("qualitative", "agrees"), of("qualitative"), of()]).toEqual([
    "differs",
    "agrees",
    "qualitative",
    "qualitative",
  ]);
});
