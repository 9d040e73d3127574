import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "natgrad-reproduce-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof spawnSync> =>
  spawnSync(process.execPath, ["scripts/natgrad.ts", "reproduce", ...args], { encoding: "utf8" });

describe("natgrad reproduce", () => {
  it("writes every figure twice, a self-contained report and every number", () => {
    const out = join(folder, "quick");
    const args = ["scripts/natgrad.ts", "reproduce", "peters-schaal", "--quick", "--out", out];
    const printed = execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" });
    expect(printed).toContain("natural run, γ = 0.95: k there");

    const files = readdirSync(out);
    const figures = files.filter((file) => file.endsWith(".svg"));
    expect(figures).toHaveLength(7);
    for (const figure of figures) expect(files).toContain(figure.replace(".svg", ".png"));
    const report = readFileSync(join(out, "report.html"), "utf8");
    expect(report.match(/<svg role="img"/g)).toHaveLength(7);
    expect(report).not.toMatch(/(src|href)="(https?:)?\/\//);
    const results = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as {
      versions: unknown;
      sampled: { best: { method: string }[] };
    };
    expect(results.versions).toMatchObject({ natgrad: expect.any(String) as string });
    expect(results.sampled.best.map(({ method }) => method)).toEqual([
      "vanilla",
      "natural",
      "trpo",
    ]);
  }, 60_000);

  it("runs cart-pole and measures the start of the process", () => {
    const out = join(folder, "cartpole");
    const args = ["scripts/natgrad.ts", "reproduce", "cartpole", "--quick", "--out", out];
    const printed = execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" });
    expect(printed).toMatch(/cartpole +TRPO +\d of 2/);
    expect(readdirSync(out).filter((file) => file.endsWith(".svg"))).toHaveLength(2);
    const results = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as {
      results: { evaluations: number[] }[];
      startup: { seconds: number; megabytes: number };
    };
    expect(results.results).toHaveLength(12);
    for (const { evaluations } of results.results) expect(evaluations).toHaveLength(5);
    expect(results.startup.seconds).toBeGreaterThan(0);
  }, 120_000);

  it.each([
    [["peters-shaal"], /did you mean peters-schaal/],
    [[], /needs an experiment, got none/],
    [["peters-schaal", "--seeds", "1"], /--seeds must be an integer from 2 to 1000, got 1/],
    [["peters-schaal", "--workers", "two"], /--workers must be an integer from 1 to 256, got two/],
  ])("refuses %j with exit code 2", (args, message) => {
    const { status, stderr } = run(...args, "--out", join(folder, "refused"));
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(readdirSync(folder)).not.toContain("refused");
  });

  it("does not write into a folder that is in use", () => {
    const { status, stderr } = run("peters-schaal", "--quick", "--out", folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/--out must be a new or empty folder/);
  });
});
