import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  compareEstimators,
  type EstimatorComparison,
  type Line,
} from "../../scripts/commands/compare-estimators/compare.ts";
import { comparisonFigure } from "../../scripts/commands/compare-estimators/figure.ts";
import { readEstimatorSettings } from "../../scripts/commands/compare-estimators/settings.ts";
import { comparisonText } from "../../scripts/commands/compare-estimators/text.ts";
import { estimators } from "../../scripts/estimators/estimators.ts";
import { qualityOf, type Quality } from "../../scripts/estimators/quality.ts";
import { figureToSvg } from "../../scripts/figures/index.ts";
import { createDocument } from "../../scripts/figures/render.ts";
import { lqr, lqrReference, scalarProblem } from "../../envs/index.ts";
import { createRandom, type GroundTruth } from "../../src/index.ts";
import { policyOf } from "../support/lqr.ts";
import { emptyFolder, natgrad } from "./cli.ts";

const watch = {
  onTotal: () => undefined,
  onDone: () => undefined,
  signal: new AbortController().signal,
};
const compare = async (argv: Record<string, unknown>): Promise<EstimatorComparison> =>
  compareEstimators(await readEstimatorSettings({ env: "lqr", workers: "1", ...argv }), watch);

const lineOf = ({ lines }: EstimatorComparison, estimator: string, rollouts: number): Line => {
  const found = lines.find((line) => line.estimator === estimator && line.rollouts === rollouts);
  if (found === undefined) throw new Error(`no line of ${estimator} at ${rollouts}`);
  return found;
};
const qualityAt = (...at: Parameters<typeof lineOf>): Quality => {
  const { quality } = lineOf(...at);
  if (quality === undefined) throw new Error("it was left out");
  return quality;
};

describe("a comparison of estimators", () => {
  const settings = {
    bias: false,
    theta: "-0.5,-0.7",
    rollouts: "4,24",
    repetitions: "60",
    "env.horizon": "30",
  };

  it("judges every one beside the exact gradient of the same episodes", async () => {
    const comparison = await compare(settings);
    const truth = lqrReference(scalarProblem)(
      policyOf({ K: [[-0.5]], sigma: [Math.exp(-0.7)] }),
      0.9,
      30,
    );
    expect(comparison.gradient).toEqual(Array.from(truth?.gradient ?? []));
    expect(comparison.naturalGradient).toEqual(Array.from(truth?.naturalGradient ?? []));
    expect(comparison.lines).toHaveLength(2 * estimators.length);
    for (const { quality, refusal } of comparison.lines) {
      expect(quality === undefined).toBe(refusal !== undefined);
      if (quality === undefined || quality.failures > 30) continue;
      expect(Math.abs(quality.cosine.value)).toBeLessThanOrEqual(1);
      for (const one of [quality.cosine, quality.snr, quality.spread, quality.bias]) {
        expect(one.low).toBeLessThanOrEqual(one.value);
        expect(one.high).toBeGreaterThanOrEqual(one.value);
      }
    }
    // The exact Q of a regulator gives the exact natural gradient, whatever the states.
    expect(qualityAt(comparison, "all-action-exact", 4).naturalCosine.low).toBeGreaterThan(0.999);
    expect(qualityAt(comparison, "lstd-q", 4).naturalCosine.low).toBeGreaterThan(0.999);
    // What a baseline takes away, and what it costs: a bias towards zero of the order of 1/M.
    const snr = (key: string): number => qualityAt(comparison, key, 24).snr.value;
    expect(snr("gpomdp")).toBeGreaterThan(snr("gpomdp-plain"));
    expect(qualityAt(comparison, "gpomdp", 4).bias.high).toBeLessThan(-0.1);
    const { bias } = qualityAt(comparison, "gpomdp-others", 24);
    expect(bias.low).toBeLessThan(0);
    expect(bias.high).toBeGreaterThan(0);
    expect(qualityAt(comparison, "gpomdp", 24).spread.value).toBeLessThan(
      qualityAt(comparison, "reinforce", 24).spread.value,
    );
  });

  it("gives the same numbers for one worker and for two, and another for another seed", async () => {
    const few = { ...settings, estimators: "gpomdp,finite-differences", repetitions: "50" };
    const [one, two, other] = await Promise.all([
      compare(few),
      compare({ ...few, workers: "2" }),
      compare({ ...few, seed: "2" }),
    ]);
    expect(two).toEqual(one);
    expect(other.lines[0].quality).not.toEqual(one.lines[0].quality);
  });

  it("leaves out what needs more roll-outs, and says so", async () => {
    const few = { ...settings, estimators: "gpomdp,finite-differences,enac-time-variant" };
    const comparison = await compare({ ...few, theta: undefined, bias: true, rollouts: "4" });
    expect(lineOf(comparison, "finite-differences", 4).refusal).toBe("needs 6 roll-outs");
    expect(qualityAt(comparison, "enac-time-variant", 4).failures).toBe(60);
    const text = comparisonText(comparison);
    expect(text).toContain("Left out: finite-differences at M = 4, needs 6 roll-outs.");
    expect(text).toContain("No estimate: enac-time-variant at M = 4, in 60 of 60 repetitions.");
    expect(text).toMatch(/M = 4 +bias +spread +cos ∇J/);
    expect(text).toMatch(/\ngpomdp +-?\d/);
    expect(text).not.toMatch(/\nenac/);
  });

  it("draws no more lines than are told apart", async () => {
    const document = await createDocument();
    for (const few of ["gpomdp,enac", estimators.map(({ key }) => key).join(",")]) {
      const options = { ...settings, rollouts: "6,12", repetitions: "10", estimators: few };
      const svg = figureToSvg(comparisonFigure(document, await compare(options)));
      expect(svg).toContain("eNAC");
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe("the quality of estimates", () => {
  const truth: GroundTruth = {
    return: 0,
    optimalReturn: 0,
    gradient: Float64Array.of(2, 0),
    naturalGradient: Float64Array.of(1, 0),
    fisher: [
      [2, 0],
      [0, 4],
    ],
  };
  const samples = [
    [3, 1],
    [3, -1],
    [1, 1],
    [1, -1],
  ].map((g) => Float64Array.from(g));
  const judge = (gradients: readonly Float64Array[]): Quality =>
    qualityOf({ gradients, directions: samples }, truth, createRandom("quality"));

  it("has the closed forms of four estimates about the gradient", () => {
    const { bias, spread, snr, cosine, exactNaturalCosine, failures, meanGradient } =
      judge(samples);
    expect(meanGradient).toEqual([2, 0]);
    expect(bias.value).toBeCloseTo(0, 14);
    expect(spread.value).toBeCloseTo(Math.sqrt(8 / 3) / 2, 14); // Σ‖g − ḡ‖² = 4 · 2, over 3
    expect(snr.value).toBeCloseTo(5, 14); // (9 + 9 + 1 + 1) / 4
    expect(cosine.value).toBeCloseTo((3 / Math.sqrt(10) + 1 / Math.sqrt(2)) / 2, 14);
    // F⁻¹g = (g₁/2, g₂/4)
    const natural = (x: number): number => x / 2 / Math.hypot(x / 2, 1 / 4);
    expect(exactNaturalCosine?.value).toBeCloseTo((natural(3) + natural(1)) / 2, 14);
    expect(failures).toBe(0);
  });

  it("has a bias of −½ where estimates are half the gradient", () => {
    const half = judge(samples.map((g) => g.map((x) => x / 2)));
    expect(half.bias.value).toBeCloseTo(-0.5, 14);
    expect(half.snr.value).toBeCloseTo(5, 14);
  });

  it("leaves out what is not finite, and says how often", () => {
    const spoilt = judge([Float64Array.of(NaN, 0), ...samples.slice(1)]);
    expect(spoilt.failures).toBe(1);
    expect(spoilt.bias.value).toBeCloseTo((3 + 1 + 1) / 3 / 2 - 1, 14);
    const none = judge(samples.map((g) => g.map(() => NaN)));
    expect(none).toMatchObject({ failures: 4, bias: { value: NaN } });
  });
});

describe("natgrad compare-estimators", () => {
  const quick = ["--rollouts", "4", "--repetitions", "10", "--estimators", "gpomdp,enac"];

  it("prints JSON with every digit, and writes the files asked for", async () => {
    const out = join(emptyFolder(), "estimators");
    const args = ["compare-estimators", "lqr", ...quick, "--json", "--out", out];
    const { code, stdout } = await natgrad(args);
    expect(code).toBe(0);
    const comparison = JSON.parse(stdout) as EstimatorComparison;
    expect(comparison).toMatchObject({ environment: "lqr", discount: 0.9, repetitions: 10 });
    expect(comparison.horizon).toBe(lqr().horizon);
    expect(comparison.lines.map(({ estimator }) => estimator)).toEqual(["gpomdp", "enac"]);
    expect(readdirSync(out).sort()).toEqual(["estimators.png", "estimators.svg", "results.json"]);
  });
});
