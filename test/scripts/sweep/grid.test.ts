import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import {
  argumentsOf,
  combinationsOf,
  folderOf,
  type KnownOptions,
  valuesOf,
} from "../../../scripts/commands/sweep/grid.ts";
import { readSweep } from "../../../scripts/commands/sweep/settings.ts";
import { emptyFolder } from "../cli.ts";

const known: KnownOptions = {
  kind: (flag) => (flag === "bias" ? "boolean" : "number"),
  has: (agent, flag) => flag === "bias" || (agent === "vanilla") === (flag === "step-size"),
};
const names = (...args: Parameters<typeof combinationsOf>): string[] =>
  combinationsOf(...args).map(({ name }) => name);

describe("the values of a grid", () => {
  it("are separated by commas, or by semicolons where a value is a list", () => {
    expect(valuesOf("kl", "1e-2, 0.03", "number")).toEqual(["0.01", "0.03"]);
    expect(valuesOf("kl", "0.01;0.03", "number")).toEqual(["0.01", "0.03"]);
    expect(valuesOf("hidden", "64, 64;32;none", "numbers")).toEqual(["64,64", "32", "none"]);
    expect(valuesOf("hidden", "64,64", "numbers")).toEqual(["64,64"]);
    expect(valuesOf("fisher", "exact,kronecker", "text")).toEqual(["exact", "kronecker"]);
  });

  it.each([
    ["none", true, /--grid\.kl must give values, got none/],
    ["an empty one", "0.1,,0.2", /on both sides of each separator, got 0\.1,,0\.2/],
    ["one that is there twice", "0.01,1e-2", /each value once, got 0\.01 twice/],
  ])("are refused: %s", (_, text, message) => {
    expect(() => valuesOf("kl", text, "number")).toThrow(message);
  });
});

describe("the combinations of a grid", () => {
  it("are all choices, the last option varying fastest, named by what was chosen", () => {
    const grid = { agent: ["trpo", "natural"], kl: ["0.01", "0.03"], bias: ["true", "false"] };
    const all = combinationsOf(grid, { steps: "10" }, { ...known, has: () => true });
    expect(all.map(({ name }) => name).slice(0, 3)).toEqual([
      ...["trpo kl=0.01 bias=true", "trpo kl=0.01 bias=false", "trpo kl=0.03 bias=true"],
    ]);
    expect(all).toHaveLength(8);
    expect(all[7].options).toEqual({ agent: "natural", steps: "10", kl: "0.03", bias: false });
    expect(argumentsOf(all[7].options).join(" ")).toBe(
      "--steps 10 --agent natural --kl 0.03 --no-bias",
    );
  });

  it("leave an option out for the agents that do not have it", () => {
    const grid = { agent: ["trpo", "vanilla"], kl: ["1", "2"], "step-size": ["3"] };
    expect(names(grid, {}, known)).toEqual(["trpo kl=1", "trpo kl=2", "vanilla step-size=3"]);
    expect(() => names({ agent: ["trpo"], "step-size": ["3"] }, {}, known)).toThrow(
      "--step-size must be an option of an agent of the grid, got it with trpo",
    );
  });

  it("have folders that a path can hold", () => {
    expect(folderOf({ name: "trpo hidden=64,64 env.file=a/b:c", options: {} })).toBe(
      "trpo hidden=64,64 env.file=a%2Fb%3Ac",
    );
  });
});

describe("natgrad sweep refuses before any run starts", () => {
  it.each([
    ["no grid", {}, /needs a grid, got none; .* --grid\.kl 0\.01,0\.03/],
    ["no folder", { "grid.kl": "1,2", out: undefined }, /needs a folder, got none/],
    ["an option given twice", { kl: "1", "grid.kl": "1,2" }, /--kl must be given once/],
    ["several values without grid.", { kl: "1,2", "grid.damping": "1" }, /give --grid\.kl 1,2 to/],
    ["a bad value", { "grid.kl": "0.01,-1" }, /^natural kl=-1: --kl must .*got -1/],
    [
      "an agent that is none",
      { "grid.agent": "trpo,trop", "grid.kl": "1" },
      /no agent is named trop/,
    ],
    [
      "a foreign option",
      { agent: "vanilla", "grid.kl": "1,2" },
      /^vanilla kl=1: --kl is an option of/,
    ],
    ["a value that is there twice", { "grid.discount": "0.9,.90 " }, /once, got 0\.9 twice/],
    [
      "options that do not fit",
      { "grid.hidden": "8;none", bias: false },
      /^natural hidden=8: --no-bias/,
    ],
  ])("%s", async (_, argv, message) => {
    await expect(readSweep({ env: "lqr", out: "x", ...argv }, [])).rejects.toThrow(message);
  });

  it("combinations that are the same run", async () => {
    const env = path.join(emptyFolder(), "walk.mjs");
    fs.writeFileSync(
      env,
      `import * as z from "zod";
export const options = z.strictObject({ start: z.string().toLowerCase().default("a") });
export const walk = () => ({
  name: "walk", stateSize: 1, observationSize: 1, horizon: 50,
  actionSpace: { kind: "box", low: [-1], high: [1] },
  reset(s) { s[0] = 0; },
  step(s) { s[0] += 0.01; return -s[0]; },
  observe(s, o) { o[0] = s[0]; },
  isTerminal: () => false,
});
`,
    );
    await expect(readSweep({ env, out: "x", "grid.env.start": "b,B" }, [])).rejects.toThrow(
      "combinations must differ, got natural env.start=b and natural env.start=B, which are the same run",
    );
  });

  it("and gives the same seeds to every combination", async () => {
    const { runs } = await readSweep(
      { env: "lqr", out: "x", "grid.kl": "1,2", seeds: "2", seed: "5", steps: "2001" },
      [],
    );
    expect(runs.map(({ folder }) => folder)).toEqual([
      ...["x/natural kl=1/seed-5", "x/natural kl=2/seed-5"],
      ...["x/natural kl=1/seed-6", "x/natural kl=2/seed-6"],
    ]);
    expect(runs[0].steps).toBe(4000);
  });
});
