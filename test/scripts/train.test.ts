import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { lqr } from "../../envs/index.ts";
import { evaluateAgent } from "../../scripts/commands/train/evaluation.ts";
import { namedParameters } from "../../scripts/commands/train/parameters.ts";
import { readSettings } from "../../scripts/commands/train/settings.ts";
import { createRandom, type Environment, policyFor, type PolicyOptions } from "../../src/index.ts";
import { emptyFolder, ended, natgrad, type Result, start } from "./cli.ts";

const json = (file: string): unknown => JSON.parse(fs.readFileSync(file, "utf8"));
const lines = (text: string): string[] => text.trimEnd().split(/\r?\n/);

describe("natgrad train", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "natgrad-test-"));
  const options = ["--steps", "1e4", "--seed", "3", "--kl", "0.05", "--log-std", "-1e-1"];
  const args = ["train", "lqr", ...options, "--no-bias"];
  let table: Result;
  let records: Record<string, unknown>[];

  beforeAll(async () => {
    const [first, second] = await Promise.all([
      natgrad([...args, "--out", "a"], folder),
      natgrad([...args, "--out", "b", "--json"], folder),
    ]);
    table = first;
    records = lines(second.stdout).map((line) => JSON.parse(line) as Record<string, unknown>);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it("prints a header, an aligned row per update and the evaluation", () => {
    const rows = lines(table.stdout).slice(0, 6);
    expect(table.code).toBe(0);
    expect(rows[0]).toMatch(/update +steps .* J .*cos ∇J +cos F⁻¹∇J +outcome/);
    expect(new Set(rows.map((row) => row.search(/(outcome|accepted|shrunk)/))).size).toBe(1);
    expect(table.stdout).toMatch(/undiscounted .*\n.*γᵗrₜ, γ = 0\.95/);
  });

  it("prints JSON lines: a record per update with the exact answers, then the evaluation", () => {
    expect(records.map(({ type }) => type)).toEqual([
      ...new Array<string>(5).fill("update"),
      "evaluation",
    ]);
    expect(records[4]).toMatchObject({ update: 5, steps: 10_000, solveStatus: "converged" });
    expect(records[4].exactReturn).toBeGreaterThan(records[0].exactReturn as number);
    expect(records[4].gradientCosine).toBeGreaterThan(0.9);
    expect(records[5]).toHaveProperty("discountedReturn.meanInterval.low");
  });

  it("trains by regressed directions, and ends with a message where they cannot use a batch", async () => {
    const short = ["--steps", "4000", "--seed", "1", "--json"];
    for (const agent of ["enac", "nac"]) {
      const { code, stdout } = await natgrad(["train", "lqr", "--agent", agent, ...short]);
      const [first, second] = lines(stdout).map(
        (line) => JSON.parse(line) as { exactReturn: number },
      );
      expect({ code, rises: second.exactReturn > first.exactReturn }).toEqual({
        code: 0,
        rises: true,
      });
    }
    const parts = ["train", "lqr", "--agent", "enac", "--value", "constant"];
    expect(await natgrad([...parts, "--steps-per-update", "90"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^natgrad: enac: episodes must end in the batch, got 1 of 2 cut off by its end; .*\n$/,
      ) as string,
    });
  });

  it("writes the same files for the same seed", () => {
    for (const file of ["progress.csv", "policy.json", "evaluation.json"]) {
      const [a, b] = ["a", "b"].map((run) => fs.readFileSync(`${folder}/${run}/${file}`, "utf8"));
      expect(a).toBe(b);
    }
    const [a, b] = ["a", "b"].map((run) => json(`${folder}/${run}/config.json`) as object);
    expect({ ...a, commandLine: [] }).toEqual({ ...b, commandLine: [] });
  });

  it("writes the same numbers for any number of threads", async () => {
    const shared = ["train", "cartpole", "--steps", "12e3", "--steps-per-update", "4e3"];
    const runs = ["1", "2"].map(async (workers) => {
      const out = ["--environments", "8", "--workers", workers, "--out", `workers-${workers}`];
      const { code, stderr } = await natgrad([...shared, ...out], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return fs.readFileSync(`${folder}/workers-${workers}/progress.csv`, "utf8");
    });
    const [one, two] = await Promise.all(runs);
    expect(two).toBe(one);
    expect(lines(one)).toHaveLength(4);
  });

  it("keeps the policy that learned where threads share updates, too", async () => {
    const shared = ["train", "cartpole", "--steps-per-update", "4e3", "--environments", "8"];
    const policies = ["4e3", "8e3"].map(async (steps) => {
      const out = `shared-${steps}`;
      await natgrad([...shared, "--steps", steps, "--episodes", "1", "--out", out], folder);
      return (json(`${folder}/${out}/policy.json`) as { theta: number[] }).theta;
    });
    const [one, two] = await Promise.all(policies);
    expect(two).not.toEqual(one);
  });

  it("writes a configuration that leaves nothing open", () => {
    expect(json(`${folder}/a/config.json`)).toMatchObject({
      commandLine: ["natgrad", ...args, "--out", "a"],
      versions: { node: process.versions.node },
      seed: 3,
      environment: { name: "lqr" },
      agent: { name: "natural", options: { kl: 0.05, logStd: -0.1, bias: false, damping: 1e-3 } },
      training: { steps: 10_000, stepsPerUpdate: 2000, environments: 1 },
      evaluation: { episodes: 100 },
    });
  });

  it("writes the record of every update, and every digit of the parameters by name", () => {
    const csv = fs.readFileSync(`${folder}/a/progress.csv`, "utf8");
    const [header, ...rows] = csv.split("\r\n");
    const cells = rows[4].split(",");
    expect(rows).toHaveLength(6);
    header.split(",").forEach((column, i) => expect(cells[i]).toBe(String(records[4][column])));
    expect(json(`${folder}/a/policy.json`)).toMatchObject({
      update: 5,
      parameters: [
        { name: "K", shape: [1, 1] },
        { name: "logStd", shape: [1] },
      ],
    });
  });
});

describe("the names of parameters", () => {
  it("are those of a linear policy for one alone, though a perceptron has as many parameters", () => {
    const wide = lqr({ A: [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 0.5 : 0))), B: [[1, 0], [0, 1], [0, 0]] }); // prettier-ignore
    const namesOf = (options: PolicyOptions): string[] =>
      namedParameters(policyFor(wide, createRandom(0), options)).map(({ name }) => name);
    expect(namesOf({})).toEqual(["K", "b", "logStd"]);
    expect(namesOf({ bias: false })).toEqual(["K", "logStd"]);
    expect(namesOf({ hidden: [1] })).toEqual(["theta"]);
  });
});

describe("the evaluation", () => {
  it("simulates each episode once", async () => {
    const settings = await readSettings({ env: "lqr", episodes: "7" }, []);
    let resets = 0;
    const environment: Environment = {
      ...settings.environment,
      reset: (s, random) => {
        resets++;
        settings.environment.reset(s, random);
      },
    };
    const { undiscountedReturn, discountedReturn } = evaluateAgent({ ...settings, environment });
    expect(resets).toBe(7);
    expect(undiscountedReturn.mean).toBeLessThan(discountedReturn.mean);
  });
});

describe("an interruption", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s finishes the files and exits %i", async (signal, code) => {
    const folder = emptyFolder();
    const child = start(["train", "lqr", "--steps", "1e9", "--json", "--out", "run"], folder);
    child.stdout?.once("data", () => child.kill(signal));
    const result = await ended(child);
    const updates = lines(result.stdout).length;
    const progress = fs.readFileSync(`${folder}/run/progress.csv`, "utf8");
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(new RegExp(`stopped after update ${updates} \\(${signal}\\)`));
    expect(progress.endsWith("\r\n")).toBe(true);
    expect(lines(progress)).toHaveLength(updates + 1);
    expect(json(`${folder}/run/policy.json`)).toMatchObject({ update: updates });
    expect(fs.readdirSync(`${folder}/run`)).not.toContain("evaluation.json");
  });

  it("by SIGKILL leaves whole lines of all updates that were printed", async () => {
    const folder = emptyFolder();
    const child = start(["train", "lqr", "--steps", "1e9", "--json", "--out", "run"], folder);
    child.stdout?.once("data", () => child.kill("SIGKILL"));
    const { stdout } = await ended(child);
    const progress = fs.readFileSync(`${folder}/run/progress.csv`, "utf8");
    expect(progress.endsWith("\r\n")).toBe(true);
    expect(lines(progress).length).toBeGreaterThan(lines(stdout).length);
    expect(json(`${folder}/run/config.json`)).toHaveProperty("seed", 1);
  });

  it("by a reader that goes away ends quietly, with the files finished", async () => {
    const folder = emptyFolder();
    const child = start(["train", "lqr", "--steps", "1e9", "--out", "run"], folder);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stderr } = await ended(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(json(`${folder}/run/policy.json`)).toHaveProperty("theta");
  });
});
