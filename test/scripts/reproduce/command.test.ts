import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
    [["kl-expansion", "--seeds", "3"], /--seeds must be left out with kl-expansion.*got 3/],
    [["peters-schaal", "--workers", "two"], /--workers must be an integer from 1 to 256, got two/],
  ])("refuses %j with exit code 2", (args, message) => {
    const { status, stderr } = run(...args, "--out", join(folder, "refused"));
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(readdirSync(folder)).not.toContain("refused");
  });

  it("goes on with the finished pieces of a stopped run, to the same numbers", async () => {
    const out = join(folder, "stopped");
    const args = ["scripts/natgrad.ts", "reproduce", "peters-schaal", "--quick", "--out", out];
    const child = spawn(process.execPath, args, { stdio: "ignore" });
    const pieces = (): string[] => {
      try {
        return readdirSync(join(out, ".pieces"));
      } catch {
        return [];
      }
    };
    await expect.poll(() => pieces().length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(3);
    child.kill("SIGKILL");
    await once(child, "close");
    expect(existsSync(join(out, "results.json"))).toBe(false);
    const [first] = pieces().filter((name) => name.endsWith(".bin"));
    writeFileSync(join(out, ".pieces", first), "damaged");

    execFileSync(process.execPath, args, { stdio: "pipe" });
    expect(readdirSync(out)).not.toContain(".pieces");
    const whole = join(folder, "quick");
    const sampled = [out, whole].map((place) => {
      const { sampled: part } = JSON.parse(readFileSync(join(place, "results.json"), "utf8")) as {
        sampled: { tuning: unknown; best: unknown; curves: unknown };
      };
      return { tuning: part.tuning, best: part.best, curves: part.curves };
    });
    expect(sampled[0]).toEqual(sampled[1]);
  }, 60_000);

  it("leaves an earlier result as it is when a run over it is stopped", async () => {
    const out = join(folder, "quick");
    const before = readFileSync(join(out, "results.json"), "utf8");
    const args = ["reproduce", "peters-schaal", "--seeds", "9", "--force", "--out", out];
    const child = spawn(process.execPath, ["scripts/natgrad.ts", ...args], { stdio: "ignore" });
    await expect
      .poll(() => readdirSync(out).includes(".pieces"), { timeout: 20_000, interval: 5 })
      .toBe(true);
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(130);
    expect(readFileSync(join(out, "results.json"), "utf8")).toBe(before);
  }, 60_000);

  it("does not write into a folder that is in use", () => {
    const { status, stderr } = run("peters-schaal", "--quick", "--out", folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/--out must be a new or empty folder/);
  });
});
