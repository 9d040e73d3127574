import { describe, expect, it } from "vitest";
import { withPlainNames } from "../../scripts/commands/explain.ts";
import { explanation } from "../../scripts/commands/explain/explanation.ts";
import { explainedOptions } from "../../scripts/commands/explain/options.ts";
import { trainingOptions } from "../../scripts/commands/train/options.ts";
import { presets } from "../../scripts/configuration/presets.ts";
import { natgrad } from "./cli.ts";

describe("natgrad explain", () => {
  it("tells flag, key, values, owners, defaults, suggestions and presets of an option", () => {
    const text = explanation({ option: "kl" });
    expect(text).toMatch(/^δ, the KL divergence of an update, in nats\n/);
    expect(text).toMatch(/flag +--kl\n.*key in a file +agent\.options\.kl\n.*a number above 0\n/);
    expect(text).toMatch(/of +natural, trpo, enac and nac\n +default +0\.01\n/);
    expect(text).toMatch(/suggested +0\.1 by lqr and double-integrator; 0\.02 by tetris/);
    expect(text).toMatch(/in presets +0\.01 in sb3, .*; 0\.005 in mjrl\n$/);
  });

  it.each([
    ["--steps-per-update", "training.stepsPerUpdate"],
    ["stepsPerUpdate", "training.stepsPerUpdate"],
    ["training.stepsPerUpdate", "training.stepsPerUpdate"],
    ["env.gravity", "environment.options.gravity"],
    ["gravity", "environment.options.gravity"],
    ["no-bias", "agent.options.bias"],
    ["sticky", "environment.wrappers.sticky"],
    ["agent", "agent.name"],
    ["preset", "preset"],
    ["seed", "seed"],
  ])("finds %s at %s", (option, key) => {
    const found = JSON.parse(explanation({ option, json: true })) as { key: string }[];
    expect(found.map((one) => one.key)).toEqual([key]);
  });

  it("keeps apart what two agents mean by one name, with the presets of each", () => {
    const found = JSON.parse(explanation({ option: "lambda", json: true })) as {
      owners: string[];
      presets: { value: number; of: string[] }[];
    }[];
    expect(found.map(({ owners }) => owners)).toEqual([["vanilla", "natural", "trpo"], ["nac"]]);
    expect(found[0].presets[0]).toEqual({ value: 0.95, of: ["sb3", "tianshou"] });
    expect(found[1].presets).toEqual([]);
  });

  it("has every flag of natgrad train that decides what a run computes", () => {
    const explained = explainedOptions().map(({ flag }) => flag);
    const flags = Object.keys(trainingOptions()).map((flag) => `--${flag}`);
    const others = ["--config", "--out", "--force", "--json"];
    expect(flags.filter((flag) => !explained.includes(flag))).toEqual(others);
  });

  it.each(Object.keys(presets))("tells what the preset %s sets and what it cannot", (name) => {
    const text = explanation({ preset: name });
    expect(text).toContain(presets[name].library);
    expect(text).toContain(presets[name].source);
    for (const difference of presets[name].differs) expect(text).toContain(`- ${difference}\n`);
    expect(text).toMatch(/--critic-hidden +\d+,\d+\n/);
  });

  it("names the nearest of an unknown option or preset", () => {
    expect(() => explanation({ option: "stepsPerUpdat" })).toThrow(/mean stepsPerUpdate\?/);
    expect(() => explanation({ option: "env.gravty" })).toThrow(/did you mean env\.gravity\?/);
    expect(() => explanation({ preset: "spinupp" })).toThrow(/did you mean spinup\?/);
  });

  it("takes a flag for a name, but not its own", () => {
    const line = ["explain", "--kl", "--json"];
    expect(withPlainNames(line)).toEqual(["explain", "kl", "--json"]);
    expect(withPlainNames(["train", "--kl"])).toEqual(["train", "--kl"]);
  });

  it("lists all options, prints the schema, and exits 2 for a name that nothing has", async () => {
    const [all, schema, unknown] = await Promise.all(
      ["explain", "explain --json-schema", "explain --kll"].map((line) => natgrad(line.split(" "))),
    );
    expect(all.stdout).toMatch(/ {2}--kl +δ, the KL divergence/);
    expect(JSON.parse(schema.stdout)).toHaveProperty("properties.agent");
    expect(unknown).toEqual({
      code: 2,
      stdout: "",
      stderr: "natgrad: no option is named kll; did you mean kl? natgrad explain lists all\n",
    });
  });
});
