import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Comparison, Measured } from "../../scripts/commands/compare-fisher/compare.ts";
import { readComparison } from "../../scripts/commands/compare-fisher/settings.ts";
import { takeSnapshot } from "../../scripts/commands/compare-fisher/snapshot.ts";
import { emptyFolder, natgrad } from "./cli.ts";

const json = async (args: readonly string[]): Promise<Comparison> => {
  const { code, stdout, stderr } = await natgrad(["compare-fisher", ...args, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Comparison;
};

const measuredOf = ({ methods }: Comparison, name: RegExp): Measured => {
  const measured = methods.find(({ method }) => name.test(method))?.measured;
  if (measured === undefined) throw new Error(`no method is like ${String(name)}`);
  return measured;
};

describe("natgrad compare-fisher", () => {
  const few = ["--steps-per-update", "120", "--repeats", "1", "--seed", "2"];
  const runs = {
    lqr: ["lqr", "--repeats", "1"],
    cartpole: ["cartpole", ...few, "--hidden", "12,8"],
    large: ["cartpole", ...few, "--hidden", "24,24", "--updates", "0"],
    vanilla: ["lqr", "--agent", "vanilla", "--updates", "2", "--repeats", "1"],
  };
  const comparisons = {} as Record<keyof typeof runs, Comparison>;
  beforeAll(async () => {
    await Promise.all(
      Object.entries(runs).map(async ([name, args]) => {
        comparisons[name as keyof typeof runs] = await json(args);
      }),
    );
  });

  it.each(["lqr", "cartpole", "large", "vanilla"] as const)(
    "takes every direction on %s as far as the exact F predicts a KL of δ",
    (name) => {
      const { methods, kl } = comparisons[name];
      expect(methods).toHaveLength(10);
      for (const { measured, refusal } of methods) {
        expect(measured === undefined).toBe(refusal !== undefined);
        if (measured === undefined) continue;
        expect(measured.predictedKl).toBeCloseTo(kl, 12);
        expect(measured.kl).toBeGreaterThan(0);
        expect(measured.milliseconds).toBeGreaterThan(0);
      }
    },
  );

  it("gives exact methods a cosine of 1, and only them the KL of the exact F", () => {
    for (const name of ["lqr", "cartpole"] as const) {
      const exact = measuredOf(comparisons[name], /exact, Cholesky/);
      expect(exact.cosine).toBeCloseTo(1, 12);
      expect(exact.modelKl).toBeCloseTo(comparisons[name].kl, 12);
    }
    const sampleSpace = measuredOf(comparisons.cartpole, /sample space/);
    expect(sampleSpace.cosine).toBeCloseTo(1, 9);
    expect(measuredOf(comparisons.cartpole, /diagonal/).modelKl).not.toBeCloseTo(0.01, 3);
    // A linear-Gaussian policy is one layer with the same M everywhere: K-FAC is exact.
    for (const name of [/^K-FAC/, /^exact, factored/]) {
      expect(measuredOf(comparisons.lqr, name).cosine).toBeCloseTo(1, 12);
    }
  });

  it("takes conjugate gradient to rounding as the reference of many parameters", () => {
    const { reference, methods, parameters } = comparisons.large;
    expect(parameters).toBe(770);
    expect(reference).toMatchObject({ status: "converged" });
    expect(reference.residual).toBeLessThan(1e-12);
    expect(measuredOf(comparisons.large, /sample space/).cosine).toBeCloseTo(1, 9);
    expect(methods[0]).toMatchObject({
      method: "exact, Cholesky",
      refusal: "for at most 500 parameters, got 770",
    });
  });

  it("without damping names the methods that fail, and finds another reference", async () => {
    // Adding a constant to the logits of a softmax changes nothing, so F is singular.
    const args = [
      "compare-fisher",
      "cartpole",
      "--hidden",
      "none",
      "--damping",
      "0",
      "--repeats",
      "1",
    ];
    const { stdout } = await natgrad(args);
    expect(stdout).toMatch(/Cosines are with conjugate gradient to 1e-12, residual \d\.\de-1\d in/);
    expect(stdout).toMatch(/^exact, conjugate gradient +1\.0000/m);
    expect(stdout).toMatch(
      /^Failed: exact, Cholesky, .* not positive definite at λ = 0; give a --damping\.$/m,
    );
  });

  it("depends on the seed alone, but for the times", async () => {
    const again = await json(runs.cartpole);
    const timeless = ({ methods, ...rest }: Comparison) => ({
      ...rest,
      methods: methods.map(({ measured, ...line }) => ({
        ...line,
        measured: { ...measured, milliseconds: 0 },
      })),
    });
    expect(timeless(again)).toEqual(timeless(comparisons.cartpole));
  });

  it("prints an aligned table, and why a method is left out", async () => {
    const { stdout } = await natgrad(["compare-fisher", "lqr", "--repeats", "1"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("lqr, trpo after 5 updates, seed 1: N = 2000 steps, P = 3 parameters");
    const table = lines.slice(lines.indexOf("") + 1, lines.lastIndexOf(""));
    expect(table).toHaveLength(10);
    expect(new Set(table.map((row) => row.length)).size).toBe(1);
    expect(table[0]).toMatch(/^method +cosine +model's KL +KL +α gᵀw +gain +iterations/);
    expect(lines.at(-1)).toMatch(
      /^Left out: exact, in sample space, for at most 3 steps × columns/,
    );
  });

  it("compares on the policy that a run ended with, and says what a folder lacks", async () => {
    const folder = mkdtempSync(join(tmpdir(), "natgrad-compare-"));
    const out = join(folder, "run");
    const steps = ["--steps", "2000", "--steps-per-update", "1000", "--episodes", "1"];
    await natgrad([
      "train",
      "cartpole",
      "--hidden",
      "8",
      "--agent",
      "trpo",
      ...steps,
      "--out",
      out,
    ]);
    const args = [out, "--steps-per-update", "120", "--repeats", "1"];
    expect(measuredOf(await json(args), /exact, Cholesky/).cosine).toBeCloseTo(1, 12);

    const wider = await natgrad(["compare-fisher", ...args, "--hidden", "9"]);
    expect(wider.code).toBe(2);
    expect(wider.stderr).toMatch(/must have the 65 parameters of these options, got 58/);
    const { stdout } = await natgrad(["compare-fisher", ...args]);
    expect(stdout.split("\n")[0]).toBe(
      `cartpole, trpo of ${out}, which ended at update 2 (2000 steps), seed 1: N = 120 steps, P = 58 parameters`,
    );
    expect(await json([...args, "--updates", "1"])).toMatchObject({
      updates: 1,
      run: { folder: out, update: 2, steps: 2000 },
    });

    const empty = await natgrad(["compare-fisher", folder]);
    expect(empty.code).toBe(2);
    expect(empty.stderr).toMatch(
      /must hold the config\.json of natgrad train --out, .* does not exist/,
    );
    rmSync(folder, { recursive: true });
  });

  it.each<[string, object, RegExp]>([
    [
      "a value",
      { kl: -1 },
      /lqr\/config\.json: agent\.options\.kl must be positive, got -1; correct/,
    ],
    [
      "a name",
      { kll: 1 },
      /lqr\/config\.json: no key of agent\.options is named "kll"; did you mean kl\?/,
    ],
  ])("says which rule %s in an edited config.json breaks", async (_, options, message) => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "lqr"));
    const config = { seed: 1, environment: { name: "lqr" }, agent: { name: "trpo", options } };
    writeFileSync(join(folder, "lqr/config.json"), JSON.stringify(config));
    const policy = { update: 1, steps: 2000, theta: [0, 0, 0] };
    writeFileSync(join(folder, "lqr/policy.json"), JSON.stringify(policy));
    const { code, stderr } = await natgrad(["compare-fisher", "./lqr"], folder);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    const named = await natgrad(["compare-fisher", "lqr", "--repeats", "1"], folder);
    expect(named.stdout).toMatch(/^lqr, trpo after 5 updates, seed 1/);
  });

  it("stops with the reason where the batch gives no finite gradient", async () => {
    const settings = await readComparison({ env: "lqr", "steps-per-update": "100", updates: "0" });
    settings.agent.policy.theta[0] = NaN;
    expect(() => takeSnapshot(settings)).toThrow(
      /must give a finite gradient to compare on, got none: θ holds NaN at index 0, in layer 1 of 2/,
    );
  });
});
