import * as fs from "node:fs";
import * as path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { agents } from "../../../agents/index.ts";
import { readSettings, type Settings } from "../../../scripts/commands/train/settings.ts";
import { runOptions } from "../../../scripts/commands/train/options.ts";
import { presets } from "../../../scripts/configuration/presets.ts";
import { emptyFolder, natgrad } from "../cli.ts";

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
});

/** The settings of a configuration and flags. */
function settings(configuration: object, flags: Record<string, unknown> = {}): Promise<Settings> {
  const config = path.join(emptyFolder(), "run.json");
  fs.writeFileSync(config, JSON.stringify(configuration));
  return readSettings({ config, ...flags }, []);
}

describe("a configuration under the flags", () => {
  it("lies over a preset, that over what the environment suggests, that over the defaults", async () => {
    const lqr = { environment: { name: "lqr" } };
    expect((await readSettings({ env: "lqr" }, [])).agentOptions).toMatchObject({
      ...{ kl: 0.1, discount: 0.95, lambda: 0.97, damping: 1e-3 },
    });
    const { agentOptions, agentName, stepsPerUpdate } = await settings(
      { ...lqr, preset: "sb3", agent: { options: { damping: 0.2 } }, training: { steps: 9 } },
      { discount: "0.5", "steps-per-update": "100" },
    );
    expect(agentName).toBe("trpo");
    expect(agentOptions).toMatchObject({ kl: 0.01, lambda: 0.95, damping: 0.2, discount: 0.5 });
    expect(stepsPerUpdate).toBe(100);
    expect((await settings({ ...lqr, preset: "sb3" }, { preset: "spinup" })).preset).toBe("spinup");
  });

  it("names environment, its options, wrappers and the seed", async () => {
    const file = {
      seed: 7,
      environment: { name: "pendulum", options: { gravity: 5 }, wrappers: { timeLimit: 20 } },
    };
    expect(await settings(file)).toMatchObject({
      ...{ seed: 7, environmentOptions: { gravity: 5 }, wrappers: { timeLimit: 20 } },
    });
    const other = await settings(file, { "env.gravity": "6", "time-limit": "30", seed: "8" });
    expect(other).toMatchObject({
      ...{ seed: 8, environmentOptions: { gravity: 6 }, wrappers: { timeLimit: 30 } },
    });
    expect(said).toEqual([]);
    await settings(file, { env: "lqr" });
    expect(said.join("")).toMatch(/left out gravity of the environment pendulum of .*run\.json/);
  });

  it("keeps what another agent has, too, and says what it lacks", async () => {
    const file = { environment: { name: "lqr" }, agent: { name: "trpo", options: { kl: 0.3, factor: 0.5 } } }; // prettier-ignore
    const { agentOptions } = await settings(file, { agent: "natural" });
    expect(agentOptions).toMatchObject({ kl: 0.3 });
    expect(said.join("")).toMatch(
      /left out factor of the agent trpo of .*, which natural does not/,
    );
  });

  it.each<[object, RegExp]>([
    [{ environment: { name: "pendulm" } }, /run\.json: environment\.name: no environment is named pendulm; did you mean pendulum\?/], // prettier-ignore
    [{ environment: { name: "./gone.ts" } }, /run\.json: environment\.name: .*must exist/],
    [{ environment: { name: "pendulum", options: { gravitas: 1 } } }, /no key of environment\.options is named "gravitas"; did you mean gravity\?/], // prettier-ignore
    [{ environment: { name: "tetris", options: { rows: 1 } } }, /no key of environment\.options is named "rows"; leave it out/], // prettier-ignore
    [{ environment: { name: "lqr" }, agent: { options: { factor: 0.5 } } }, /no key of agent\.options is named "factor"/], // prettier-ignore
    [{ environment: { name: "lqr" }, training: { environments: 3 } }, /must be a multiple of --environments/], // prettier-ignore
    [{ agent: { name: "trpo" } }, /train needs an environment, got none/],
  ])("refuses %j", async (file, message) => {
    await expect(settings(file)).rejects.toThrow(message);
  });

  it("refuses a file or a preset without a name", async () => {
    await expect(readSettings({ config: true }, [])).rejects.toThrow(/--config must name a file/);
    await expect(readSettings({ env: "lqr", preset: true }, [])).rejects.toThrow(/--preset must/);
    await expect(readSettings({ env: "lqr", preset: "sb" }, [])).rejects.toThrow(/no preset is/);
  });
});

describe("presets", () => {
  it.each(Object.entries(presets))("%s sets options that its agent and a run have", (_, preset) => {
    const { options } = agents[preset.agent];
    expect(options.parse(preset.options)).toMatchObject(preset.options);
    expect(runOptions.parse(preset.run)).toMatchObject(preset.run);
    expect(preset.differs.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(presets))("%s fits environments of every kind", async (preset) => {
    for (const env of ["cartpole", "pendulum", "cartpole-linear", "grid"]) {
      await expect(readSettings({ env, preset }, [])).resolves.toMatchObject({ preset });
    }
  });

  it("give another agent what it means the same by, and say what is left out", async () => {
    const natural = await readSettings({ env: "lqr", preset: "sb3", agent: "natural" }, []);
    expect(natural.agentOptions).toMatchObject({ lambda: 0.95, dampedStep: true });
    expect(said.join("")).toMatch(
      /left out factor and backtracks of the preset sb3, which natural/,
    );
    expect(said.join("")).toMatch(
      /sb3-contrib, TRPO; natgrad explain --preset sb3 says what differs/,
    );
    const nac = await readSettings({ env: "lqr", preset: "sb3", agent: "nac" }, []);
    expect(nac.agentOptions).toMatchObject({ lambda: 1, damping: 0.1 });
  });

  it("take their critic back where another baseline is asked for", async () => {
    const { agentOptions } = await readSettings({ env: "lqr", preset: "spinup", baseline: "ridge" }, []); // prettier-ignore
    expect(agentOptions).toMatchObject({ baseline: "ridge", criticPasses: 10, hidden: [64, 64] });
  });
});

describe("natgrad train --config", () => {
  it("takes a run's own config.json for the same run, whatever its preset", async () => {
    const folder = emptyFolder();
    const first = await natgrad(
      "train pendulum --preset mjrl --env.gravity 9 --sticky 0.1 --steps 500 --steps-per-update 500 --episodes 2 --out a".split(" "), // prettier-ignore
      folder,
    );
    expect(first.code).toBe(0);
    const again = await natgrad("train --config a/config.json --out b".split(" "), folder);
    expect(again.code).toBe(0);
    const read = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");
    expect(read("b/policy.json")).toBe(read("a/policy.json"));
    expect(JSON.parse(read("b/config.json"))).toMatchObject({
      ...(JSON.parse(read("a/config.json")) as object),
      ...{ preset: "mjrl", commandLine: ["natgrad", ..."train --config a/config.json --out b".split(" ")] }, // prettier-ignore
    });
  });

  it("gives its environment's flags, and exits 2 for what is wrong", async () => {
    const folder = emptyFolder();
    fs.writeFileSync(path.join(folder, "run.json"), '{"environment": {"name": "pendulum"}}');
    const flag = "train --config run.json --env.gravity x --out run".split(" ");
    const wrong = await natgrad(flag, folder);
    expect(wrong.stderr).toMatch(/^natgrad: --env\.gravity .*, got x[^\n]*\n$/);
    fs.writeFileSync(path.join(folder, "run.json"), '{"environment": ');
    const damaged = await natgrad(["train", "--config", "run.json", "--out", "run"], folder);
    expect(damaged.stderr).toMatch(
      /^natgrad: --config must be a JSON file, got run\.json[^\n]*\n$/,
    );
    expect([wrong.code, damaged.code, fs.readdirSync(folder)]).toEqual([2, 2, ["run.json"]]);
  });
});
