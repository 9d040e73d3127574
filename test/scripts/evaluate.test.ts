import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { type RunEvaluation, evaluateRun } from "../../scripts/commands/evaluate/evaluate.ts";
import { readEvaluationSettings } from "../../scripts/commands/evaluate/settings.ts";
import { writeCheckpoint } from "../../scripts/runs/checkpoint.ts";
import { summariesOf } from "../../scripts/runs/summaries.ts";
import { bootstrapInterval, createRandom, interquartileMean, mean } from "../../src/index.ts";
import { emptyFolder, natgrad } from "./cli.ts";

/** A run on the regulator that ended with the policy a ~ N(K s + b, e^{2 log σ}). */
function writeRun(theta: readonly number[], horizon = 1): string {
  const folder = emptyFolder();
  const config = {
    seed: 5,
    versions: { natgrad: "0.1.0" },
    environment: { name: "lqr", options: { horizon } },
    agent: { name: "trpo", options: { discount: 0.5 } },
    training: { steps: 2000, stepsPerUpdate: 1000, environments: 1 },
  };
  fs.writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
  writePolicy(folder, theta);
  return folder;
}

function writePolicy(folder: string, theta: readonly number[]): void {
  const agent = { theta: Float64Array.from(theta), baseline: { weights: new Float64Array(0) } };
  writeCheckpoint(folder, { update: 2, steps: 2000, files: {}, state: { agent } });
}

const evaluated = async (run: string, options: object = {}): Promise<RunEvaluation> =>
  evaluateRun(await readEvaluationSettings({ run, ...options }));

describe("evaluateRun", () => {
  // r = −s² − a² with a = 2 + σξ: drawing costs E(2 + σξ)² − 4 = σ² = 1 more, ± √18 / √n.
  it("acts by the mode, and by draws from the same starts", async () => {
    const { mode, stochastic } = await evaluated(writeRun([0, 2, 0]), { episodes: "2000" });
    const cost = mode.undiscountedReturn.mean - stochastic.undiscountedReturn.mean;
    expect(Math.abs(cost - 1)).toBeLessThan(4 * Math.sqrt(18 / 2000));
    expect(mode.undiscountedReturn.mean).toBeLessThan(-4);
  });

  it("sums rewards with and without the discount of the run's agent", async () => {
    // a = −s brings s to 0 in one step, but for a noise of e⁻³⁰.
    const { mode, discount } = await evaluated(writeRun([0, 3, -30], 3), { episodes: "50" });
    expect(discount).toBe(0.5);
    expect(mode.length).toMatchObject({ mean: 3, standardDeviation: 0 });
    expect(mode.undiscountedReturn.mean).toBeLessThan(mode.discountedReturn.mean);
  });

  it("has intervals around mean and interquartile mean", async () => {
    const { stochastic, seed, update, steps } = await evaluated(writeRun([0, 2, 0]));
    expect({ seed, update, steps }).toEqual({ seed: 5, update: 2, steps: 2000 });
    const { mean, meanInterval, interquartileMean, interquartileMeanInterval } =
      stochastic.undiscountedReturn;
    expect(meanInterval.low).toBeLessThan(mean);
    expect(meanInterval.high).toBeGreaterThan(mean);
    expect(interquartileMeanInterval.low).toBeLessThan(interquartileMean);
    expect(interquartileMeanInterval.high).toBeGreaterThan(interquartileMean);
  });

  it("depends on the seed, that of the run unless another is given", async () => {
    const run = writeRun([0, 2, 0]);
    expect(await evaluated(run)).toEqual(await evaluated(run, { seed: "5" }));
    expect((await evaluated(run)).mode).not.toEqual((await evaluated(run, { seed: "6" })).mode);
  });
});

describe("summariesOf", () => {
  it("gives the intervals of bootstrapInterval bit for bit", () => {
    const draw = createRandom("episodes");
    const returns = Array.from({ length: 23 }, () => Math.round(4 * draw.normal())); // some tie
    const lengths = returns.map((value) => Math.abs(value) + draw.normal());
    const summaries = summariesOf([returns, lengths], createRandom(1));
    [returns, lengths].forEach((values, k) => {
      const interval = (statistic: (sample: Float64Array) => number): object =>
        bootstrapInterval([values], statistic, { random: createRandom(1).split("bootstrap") });
      expect(summaries[k]).toMatchObject({
        mean: mean(values),
        meanInterval: interval(mean),
        interquartileMean: interquartileMean(values),
        interquartileMeanInterval: interval(interquartileMean),
      });
    });
  });
});

describe("natgrad evaluate", () => {
  it("gives the numbers of the run's own evaluation again, and writes nothing unless told to", async () => {
    const parent = emptyFolder();
    const run = path.join(parent, "run");
    const size = ["--steps", "2000", "--steps-per-update", "1000", "--episodes", "20"];
    await natgrad(["train", "lqr", "--agent", "trpo", ...size, "--seed", "3", "--out", run]);
    const before = fs.readdirSync(run);
    const out = path.join(parent, "evaluation");
    const { code, stdout, stderr } = await natgrad(["evaluate", run, "--episodes", "20"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^lqr, trpo of .*run after 2 updates \(2000 steps\), seed 3\n/);
    await natgrad(["evaluate", run, "--episodes", "20", "--out", out]);
    expect(fs.readdirSync(run)).toEqual(before);

    const read = (folder: string): Record<string, unknown> =>
      JSON.parse(fs.readFileSync(path.join(folder, "evaluation.json"), "utf8")) as never;
    const { undiscountedReturn, discountedReturn } = read(run);
    expect(read(out)).toMatchObject({ mode: { undiscountedReturn, discountedReturn } });
  });

  it("sees what the policy of the run saw, in its wrappers", async () => {
    const run = path.join(emptyFolder(), "run");
    const wrapped = ["--normalise-observations", "--reward-scale", "0.5", "--time-limit", "20"];
    const size = ["--steps", "3000", "--steps-per-update", "1000", "--episodes", "20"];
    await natgrad(["train", "pendulum", "--agent", "trpo", ...size, ...wrapped, "--out", run]);
    const { mode } = await evaluated(run, { episodes: "20" });
    const own = JSON.parse(fs.readFileSync(path.join(run, "evaluation.json"), "utf8")) as object;
    expect(own).toMatchObject({ undiscountedReturn: mode.undiscountedReturn, meanLength: 20 });
  });

  it.each<[string, (run: string) => void, RegExp]>([
    [
      "run without a checkpoint",
      (run) => fs.rmSync(path.join(run, "checkpoints"), { recursive: true }),
      /must hold a checkpoint of natgrad train --out, got .*, which holds none/,
    ],
    ["missing folder", (run) => fs.rmSync(run, { recursive: true }), /which does not exist; check/],
    [
      "policy of other parameters",
      (run) => writePolicy(run, [1]),
      /theta must be a vector of 3 numbers, got a vector of 1 numbers/,
    ],
  ])("refuses an %s", async (_, spoil, message) => {
    const run = writeRun([0, 2, 0]);
    spoil(run);
    await expect(readEvaluationSettings({ run })).rejects.toThrow(message);
  });

  it("needs a folder", async () => {
    await expect(readEvaluationSettings({})).rejects.toThrow(
      /evaluate needs the folder of a run, got none; give one, as in natgrad evaluate runs\/first/,
    );
  });
});
