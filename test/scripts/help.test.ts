import * as fs from "node:fs";
import { describe, expect, it } from "vitest";
import { natgrad } from "./cli.ts";

describe("natgrad", () => {
  it("alone shows the help, and --version the version of the package", async () => {
    const manifest = new URL("../../package.json", import.meta.url);
    const { version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string };
    expect((await natgrad([])).stdout).toMatch(
      /train [^]*resume [^]*sweep [^]*evaluate [^]*diagnose [^]*compare [^]*list [^]*explain [^]*check [^]*verify [^]*solve [^]*compare-fisher [^]*reproduce /,
    );
    expect((await natgrad(["--version"])).stdout).toBe(`${version}\n`);
  });

  it("lists environments and agents, for people and for programs", async () => {
    const { stdout } = await natgrad(["list"]);
    expect(stdout).toMatch(/Environments\n(.*\n)* {2}lqr +linear-quadratic/);
    const listed = JSON.parse((await natgrad(["list", "--json"])).stdout) as {
      agents: { name: string; options: { flag: string; default: unknown }[] }[];
    };
    const trpo = listed.agents.find(({ name }) => name === "trpo");
    expect(trpo?.options).toContainEqual(
      expect.objectContaining({ flag: "--factor", default: 0.8 }),
    );
  });

  it("shows every option of every agent in the help of train", async () => {
    const { stdout } = await natgrad(["train", "--help"]);
    expect(stdout).toMatch(/Options of natural, trpo, enac and nac:\n +--kl .*\[default: 0\.01\]/);
    expect(stdout).toMatch(/Options of natural and trpo:\n +--iterations /);
    expect(stdout).toMatch(/Options of vanilla:\n +--step-size .*α/);
    expect(stdout).toMatch(/Options of vanilla, natural and trpo:(.*\n)+.*--discounted-states/);
    expect(stdout).toMatch(/Options of every agent:\n +--discount (.*\n)+ +--bias /);
  });

  it.each([
    ...["train", "resume", "sweep", "evaluate", "diagnose", "compare", "list", "explain"],
    ...["verify", "solve"],
    ...["compare-fisher", "compare-estimators", "reproduce"],
  ])("%s --help teaches", async (command) => {
    const { code, stdout, stderr } = await natgrad([command, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^natgrad [\w-]+/);
    expect(stdout).toContain("Examples:");
  });
});
