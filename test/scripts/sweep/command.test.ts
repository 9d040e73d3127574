import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, ended, natgrad, type Result, start } from "../cli.ts";

/** What a run computed. */
function contents(run: string): string[] {
  const files = ["progress.csv", "policy.json", "evaluation.json"];
  return files.map((file) => fs.readFileSync(path.join(run, file), "utf8"));
}

const common = ["--steps-per-update", "500", "--episodes", "5"];
const grid = ["--grid.agent", "trpo,natural", "--grid.kl", "0.01,0.03", "--seeds", "2"];
const runs = ["trpo kl=0.01", "trpo kl=0.03", "natural kl=0.01", "natural kl=0.03"].flatMap(
  (combination) => [1, 2].map((seed) => `${combination}/seed-${seed}`),
);

/** Ends a sweep by a signal when a run has taken some updates. */
async function endedBy(
  signal: NodeJS.Signals,
  args: readonly string[],
  cwd: string,
): Promise<Result> {
  const child = start(args, cwd);
  const done = ended(child);
  const file = path.join(cwd, "s/trpo kl=0.01/seed-1/checkpoints/update-000003.json");
  while (child.exitCode === null && !fs.existsSync(file)) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  child.kill(signal);
  return done;
}

describe("natgrad sweep", { timeout: 60_000 }, () => {
  it("writes the very runs of natgrad train, for any number of workers", async () => {
    const cwd = emptyFolder();
    const sweep = ["sweep", "lqr", ...grid, ...common, "--steps", "1500"];
    const [two] = await Promise.all([
      natgrad([...sweep, "--workers", "2", "--out", "two"], cwd),
      natgrad([...sweep, "--workers", "1", "--out", "one"], cwd),
      natgrad(
        [
          ...["train", "lqr", "--agent", "trpo", "--kl", "0.03", "--seed", "2"],
          ...[...common, "--steps", "1500", "--out", "alone"],
        ],
        cwd,
      ),
    ]);
    expect(two.code).toBe(0);
    expect(two.stdout).toMatch(/trpo kl=0\.03 +2 .*\n.*natural kl=0\.01 +2 /);
    expect(two.stdout).toMatch(/Compare them: natgrad compare two\n$/);
    expect(two.stderr).toMatch(/sweep, steps: \d+\/12000, \d of 8 runs, [\d,]+ steps\/s, .* left/);
    for (const run of runs) {
      expect(contents(`${cwd}/two/${run}`)).toEqual(contents(`${cwd}/one/${run}`));
    }
    expect(contents(`${cwd}/two/trpo kl=0.03/seed-2`)).toEqual(contents(`${cwd}/alone`));
    const json = JSON.parse((await natgrad(["compare", "two", "--json"], cwd)).stdout) as object;
    expect(json).toMatchObject({ methods: { length: 4 } });
  });

  it.each(["SIGINT", "SIGKILL"] as const)("goes on after %s, bit for bit", async (signal) => {
    const cwd = emptyFolder();
    const sweep = ["sweep", "lqr", ...grid, ...common, "--steps", "8000", "--workers", "2"];
    const [stopped, whole] = await Promise.all([
      endedBy(signal, [...sweep, "--out", "s"], cwd),
      natgrad([...sweep, "--out", "whole"], cwd),
    ]);
    expect([stopped.code, whole.code]).toEqual([signal === "SIGINT" ? 130 : null, 0]);
    if (signal === "SIGINT") {
      expect(stopped.stderr).toMatch(/stopped after \d of 8 runs \(SIGINT\); the same command/);
    }
    const again = signal === "SIGINT" ? [...sweep, "--out", "s"] : ["resume", "s"];
    expect(await natgrad(again, cwd)).toMatchObject({ code: 0, stdout: whole.stdout.replaceAll("whole", "s") }); // prettier-ignore
    for (const run of runs) {
      expect(contents(`${cwd}/s/${run}`)).toEqual(contents(`${cwd}/whole/${run}`));
    }
  });

  it("keeps finished runs, is extended by values and seeds, and refuses another sweep", async () => {
    const cwd = emptyFolder();
    const run = (...args: readonly string[]): Promise<Result> =>
      natgrad(["sweep", "lqr", ...common, "--out", "s", ...args], cwd);
    await run("--steps", "500", "--grid.kl", "0.01", "--seeds", "1");
    const first = `${cwd}/s/natural kl=0.01/seed-1/policy.json`;
    const { mtimeMs } = fs.statSync(first);
    expect((await run("--steps", "500", "--grid.kl", "0.03,1e-2", "--seeds", "2")).code).toBe(0);
    expect(fs.statSync(first).mtimeMs).toBe(mtimeMs);
    expect(fs.existsSync(`${cwd}/s/natural kl=0.03/seed-2/evaluation.json`)).toBe(true);
    for (const [args, message] of [
      [["--steps", "900", "--grid.kl", "0.01,0.03"], "--steps 500, not 900"],
      [["--steps", "500", "--grid.kl", "0.03"], "--grid.kl 0.03 and 0.01, not 0.03"],
      [["--steps", "500", "--grid.kl", "0.01,0.03", "--seeds", "1"], "--seeds 2, not 1"],
    ] as const) {
      const { code, stderr } = await run(...args);
      expect(code).toBe(2);
      expect(stderr).toContain(`which holds one with ${message}; choose another`);
    }
  });

  it("tells at the end of runs that failed, with exit code 1, and finishes the others", async () => {
    const cwd = emptyFolder();
    fs.writeFileSync(
      `${cwd}/breaks.mjs`,
      `import * as z from "zod";
export const options = z.strictObject({ steps: z.number().default(9).describe("until it breaks") });
export function breaks({ steps }) {
  return {
    name: "breaks", stateSize: 1, observationSize: 1, horizon: 1e5,
    actionSpace: { kind: "box", low: [-1], high: [1] },
    reset(s) { s[0] = 0; },
    step(s) { s[0]++; return s[0] > steps ? NaN : -1; },
    observe(s, o) { o[0] = s[0] / 1e5; },
    isTerminal: () => false,
  };
}
`,
    );
    const args = ["--grid.env.steps", "1e4,1e6", "--seeds", "2", "--steps", "11000", "--out", "s"];
    const { code, stdout, stderr } = await natgrad(
      ["sweep", "./breaks.mjs", ...args, ...common],
      cwd,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/env\.steps=10000 +0 of 2 .*\n.*env\.steps=1000000 +2 /);
    expect(stdout).toContain("natgrad compare 's/natural env.steps=1000000/seed-1' ");
    expect(stderr).toMatch(/natgrad: s\/natural env\.steps=10000\/seed-1 failed: .*NaN/);
  });

  it("names the nearest option", async () => {
    const { code, stderr } = await natgrad(["sweep", "lqr", "--grid.kll", "1,2", "--out", "s"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no option is named --grid\.kll; did you mean --grid\.kl\?/);
  });
});
