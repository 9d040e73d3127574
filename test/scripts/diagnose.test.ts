import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { diagnoseRun } from "../../scripts/commands/diagnose/diagnose.ts";
import { diagnosisFigure } from "../../scripts/commands/diagnose/figure.ts";
import {
  type DiagnosedRun,
  readDiagnosedRun,
  type UpdateRecord,
} from "../../scripts/commands/diagnose/records.ts";
import { readDiagnoseSettings } from "../../scripts/commands/diagnose/settings.ts";
import { flatten } from "../../scripts/commands/train/record.ts";
import { readSettings } from "../../scripts/commands/train/settings.ts";
import { figureToSvg } from "../../scripts/figures/index.ts";
import { createDocument } from "../../scripts/figures/render.ts";
import { train } from "../../src/index.ts";
import { emptyFolder, natgrad } from "./cli.ts";

/** Thirty updates without trouble: the return rises, steps do what was predicted. */
const sound: UpdateRecord = {
  ...{ outcome: "accepted", backtracks: 0, episodes: 10, meanLength: 50, clippedActions: 0.05 },
  ...{ solveResidual: 1e-6, solveIterations: 10, damping: 0.1, slope: 1, gradientNorm: 1 },
  ...{ predictedKl: 0.01, kl: 0.011, movedKl: 0.012, effectiveShare: 0.98 },
  ...{ explainedVariance: 0.5, entropy: 1, spreadMean: 0.5, spreadLow: 0.5, spreadHigh: 0.5 },
};

function scripted(
  change: (update: number) => UpdateRecord = () => ({}),
  agentOptions: Record<string, unknown> = { damping: 0.1, kl: 0.01, baseline: "ridge" },
): DiagnosedRun {
  const records = Array.from({ length: 30 }, (_, i) => ({
    ...{ ...sound, update: i + 1, steps: 2000 * (i + 1), meanReturn: i + (i % 2) },
    halvesCosine: 0.5 + 0.1 * (i % 2),
    ...change(i + 1),
  }));
  const run = { folder: "run", environment: "lqr", agent: "trpo", stepsPerUpdate: 2000 };
  return { ...run, agentOptions, records };
}

const rulesOf = (run: DiagnosedRun): string[] => diagnoseRun(run).findings.map(({ rule }) => rule);

describe("the rules", () => {
  it("find nothing in a sound run", () => {
    expect(diagnoseRun(scripted()).findings).toEqual([]);
  });

  it("find nothing where a run has none of their numbers", () => {
    const bare = scripted().records.map(({ update, steps, outcome }) => ({
      update,
      steps,
      outcome,
    }));
    expect(diagnoseRun({ ...scripted(), records: bare })).toMatchObject({
      findings: [],
      diagnosed: false,
    });
  });

  // Each pair lies on either side of a threshold.
  it.each<[string, UpdateRecord, UpdateRecord]>([
    ["residual of the solves", { solveResidual: 0.11 }, { solveResidual: 0.09 }],
    ["damping", { slope: 9.6 }, { slope: 9.4 }],
    ["predicted and measured KL", { kl: 0.021 }, { kl: 0.019 }],
    ["predicted and measured KL", { kl: 0.0049, movedKl: 0.0049 }, { kl: 0.0051, movedKl: 0.0051 }],
    ["effective sample size", { effectiveShare: 0.49 }, { effectiveShare: 0.51 }],
    ["line search", { backtracks: 4, outcome: "shrunk" }, { backtracks: 3, outcome: "shrunk" }],
    ["normalised observations", { movedKl: 0.023 }, { movedKl: 0.021 }],
    ["baseline", { explainedVariance: -0.06 }, { explainedVariance: -0.04 }],
    ["episodes of a batch", { episodes: 1 }, { episodes: 2 }],
    ["clipped actions", { clippedActions: 0.26 }, { clippedActions: 0.24 }],
  ])("find %s, %o, but not %o", (rule, bad, good) => {
    expect(rulesOf(scripted(() => bad))).toEqual([rule]);
    expect(rulesOf(scripted(() => good))).toEqual([]);
  });

  it("find updates without a step, and advise by the most frequent reason", () => {
    const outcome = (update: number): UpdateRecord =>
      update % 2 === 0
        ? {
            outcome: `rejected: no step accepted in 11 trials, the last α = ${update / 7} with gain -1e-5 and KL 0.01`,
          }
        : {};
    const { findings, reasons } = diagnoseRun(scripted(outcome));
    expect(findings).toMatchObject([{ rule: "updates without a step", numbers: { total: 8 } }]);
    expect(findings[0].advice).toMatch(/noise of the advantages.*--steps-per-update/);
    expect(reasons).toEqual([
      {
        reason: "rejected: no step accepted in … trials, the last α = … with gain … and KL …",
        count: 15,
        first: 2,
        last: 30,
      },
    ]);
    const curved = (): UpdateRecord => ({
      outcome: "rejected: the direction does not ascend, gᵀw = -2",
    });
    expect(diagnoseRun(scripted(curved)).findings[0].advice).toBe("raise --damping");
  });

  it("find exploration that ended, by σ or else by the entropy", () => {
    const fall =
      (name: string) =>
      (update: number): UpdateRecord => ({ [name]: update < 5 ? 1 : 0.009 });
    expect(rulesOf(scripted(fall("spreadMean")))).toEqual(["exploration"]);
    expect(rulesOf(scripted((u) => ({ spreadMean: NaN, ...fall("entropy")(u) })))).toEqual([
      "exploration",
    ]);
    expect(rulesOf(scripted((u) => ({ spreadMean: u < 5 ? 1 : 0.011 })))).toEqual([]);
  });

  it("find σ at a bound, and which", () => {
    const bounded = { minStd: 0.1, maxStd: 1.1 };
    const at = (sigma: number) => diagnoseRun(scripted(() => ({ spreadLow: sigma, spreadHigh: sigma }), bounded)).findings; // prettier-ignore
    expect(at(0.11)).toMatchObject([{ rule: "σ at its bound", numbers: { bound: 0.1 } }]);
    expect(at(1.09)).toMatchObject([{ rule: "σ at its bound", numbers: { bound: 1.1 } }]);
    expect(at(0.2)).toEqual([]);
  });

  it("find a gradient that is noise, surely, with how many more steps it takes at least", () => {
    const noisy = (u: number): UpdateRecord => ({
      halvesCosine: 0.05 + (u % 2 === 0 ? 0.01 : -0.01),
    });
    const [finding] = diagnoseRun(scripted(noisy)).findings;
    // c at most 0.05 + 2·0.01·√(15/14)/√15, up to the odd one out: (1 − c)/(2c) ≈ 8.5.
    expect(finding.rule).toBe("noise of the gradient");
    expect(finding.numbers.factor).toBeGreaterThan(8);
    expect(finding.numbers.factor).toBeLessThan(9.5);
    const unsure = (u: number): UpdateRecord => ({ halvesCosine: u % 2 === 0 ? 0.6 : -0.5 });
    expect(rulesOf(scripted(unsure))).toEqual([]);
  });

  it("find a return without a trend, which may be an optimum, and one that falls", () => {
    const flat = (u: number): UpdateRecord => ({ meanReturn: u % 2 });
    expect(diagnoseRun(scripted(flat)).findings).toMatchObject([{ rule: "return", level: "note" }]);
    const falling = (u: number): UpdateRecord => ({ meanReturn: -u });
    expect(diagnoseRun(scripted(falling)).findings).toMatchObject([
      { rule: "return", level: "problem" },
    ]);
  });
});

/** A real run by the options of the command line, as its records would be written. */
async function trained(env: string, options: Record<string, unknown>): Promise<DiagnosedRun> {
  const settings = await readSettings({ env, steps: "24e3", ...options }, []);
  const { agentName, agentOptions, environment, agent, stepsPerUpdate, steps } = settings;
  const random = settings.random.split("train");
  const records = [...train({ environment, agent, random, steps, stepsPerUpdate, diagnose: true })];
  return {
    ...{ folder: "run", environment: environment.name, agent: agentName },
    ...{ agentOptions, stepsPerUpdate, records: records.map(flatten) },
  };
}

describe("real runs", () => {
  it.each([
    ["lqr", {}],
    ["cartpole", { agent: "trpo" }],
    ["pendulum", { agent: "trpo", steps: "6e4" }],
  ])("of %s with %o learn, and get no advice", async (env, options) => {
    const run = await trained(env, options);
    const { quantities, findings } = diagnoseRun(run);
    const [{ lastTenth, run: all }] = quantities;
    expect(lastTenth.median).toBeGreaterThan(all.median);
    expect(findings).toEqual([]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    [
      "residual of the solves",
      "cartpole",
      { agent: "trpo", iterations: "1", damping: "1e-4", steps: "8e3" },
    ],
    ["damping", "cartpole", { agent: "trpo", damping: "1e6", steps: "8e3" }],
    ["predicted and measured KL, effective sample size", "pendulum", { kl: "5" }],
    ["line search", "pendulum", { agent: "trpo", kl: "5" }],
    ["episodes of a batch", "pendulum", { "steps-per-update": "50", steps: "1000" }],
    ["clipped actions", "pendulum", { "log-std": "2" }],
    ["σ at its bound", "lqr", { agent: "trpo", "min-std": "0.5", "max-std": "1.1" }],
  ])("show %s: %s with %o", async (rules, env, options) => {
    const found = rulesOf(await trained(env, options));
    for (const rule of rules.split(", ")) expect(found).toContain(rule);
  });
});

describe("natgrad diagnose", () => {
  it("reads what train wrote, prints, and draws", async () => {
    const folder = emptyFolder();
    const args = ["train", "pendulum", "--steps", "6000", "--episodes", "1", "--out", "run"];
    expect((await natgrad(args, folder)).code).toBe(0);
    const text = await natgrad(["diagnose", "run", "--last", "2", "--out", "seen"], folder);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toMatch(/^pendulum, natural of run: 3 updates, 6000 steps; 3 accepted/);
    expect(text.stdout).toMatch(/explained variance of V .*\n *cosine of ∇L of the halves/);
    expect(text.stdout).toMatch(/update +return .*outcome *\n 2 .*accepted *\n 3 .*accepted/);
    const files = ["diagnosis.html", "diagnosis.json", "diagnosis.png", "diagnosis.svg"];
    expect(fs.readdirSync(path.join(folder, "seen")).sort()).toEqual(files);
    const json = JSON.parse(
      (await natgrad(["diagnose", "run", "--json"], folder)).stdout,
    ) as object;
    expect(json).toMatchObject({ updates: 3, diagnosed: true, outcomes: { accepted: 3 } });
    const events = fs.readFileSync(path.join(folder, "run/events.out.tfevents.natgrad"), "latin1");
    for (const name of [
      "explainedVariance",
      "entropy",
      "spreadMean",
      "effectiveShare",
      "halvesCosine",
    ]) {
      expect(events).toContain(`diagnosis/${name}`);
    }
  });

  it("goes on recording after resume, and never did without --diagnostics", async () => {
    const folder = emptyFolder();
    const run = (out: string, steps: string, ...more: string[]) =>
      natgrad(["train", "lqr", "--steps", steps, "--episodes", "1", "--out", out, ...more], folder);
    await Promise.all([
      run("whole", "8000"),
      run("part", "4000"),
      run("none", "2000", "--no-diagnostics"),
    ]);
    expect((await natgrad(["resume", "part", "--steps", "8000"], folder)).code).toBe(0);
    const read = (out: string): string =>
      fs.readFileSync(path.join(folder, out, "progress.jsonl"), "utf8");
    expect(read("part")).toBe(read("whole"));
    expect(read("none")).not.toContain("halvesCosine");
    const { stdout } = await natgrad(["diagnose", "none"], folder);
    expect(stdout).toMatch(/train with --out or --diagnostics/);
  });

  it("leaves out a line that is being written, and undoes what JSON cannot say", () => {
    const folder = emptyFolder();
    const config = { seed: 1, environment: { name: "lqr" }, agent: { name: "trpo", options: {} }, training: { stepsPerUpdate: 100 } }; // prettier-ignore
    fs.writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
    const write = (text: string): void =>
      fs.writeFileSync(path.join(folder, "progress.jsonl"), text);
    write('{"update":1,"meanReturn":null,"gain":"-Infinity","outcome":"accepted"}\n{"upda');
    expect(readDiagnosedRun(folder).records).toEqual([{ update: 1, meanReturn: NaN, gain: -Infinity, outcome: "accepted" }]); // prettier-ignore
    write("");
    expect(() => readDiagnosedRun(folder)).toThrow(/diagnose needs a run with an update, got none/);
    write("{]\n");
    expect(() => readDiagnosedRun(folder)).toThrow(/line 1 must be a JSON object/);
  });

  it("refuses what is no run, and no count", () => {
    expect(() => readDiagnoseSettings({})).toThrow(/diagnose needs the folder of a run, got none/);
    const run = emptyFolder();
    expect(() => readDiagnoseSettings({ run, last: "0" })).toThrow(
      /--last must be a positive integer/,
    );
    expect(readDiagnoseSettings({ run, all: true }).last).toBe(Infinity);
  });

  it("draws a run of one update, and one without numbers that are positive", async () => {
    const document = await createDocument();
    const { records, ...run } = scripted(() => ({ kl: 0, predictedKl: 0, solveResidual: NaN }));
    const svg = figureToSvg(diagnosisFigure(document, { ...run, records: records.slice(0, 1) }));
    expect(svg).toContain("KL of the step, nats");
    expect(svg).not.toMatch(/NaN|residual/);
  });
});
