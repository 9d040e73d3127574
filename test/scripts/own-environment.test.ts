import * as fs from "node:fs";
import * as path from "node:path";
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { environments } from "../../envs/index.ts";
import { emptyFolder, natgrad } from "./cli.ts";

const root = path.join(import.meta.dirname, "../..");

/** A folder with the environment that `natgrad new` writes. */
async function written(): Promise<string> {
  const folder = emptyFolder();
  const { code, stderr } = await natgrad(["new", "environment", "pumped-tank"], folder);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return folder;
}

describe("natgrad new environment", () => {
  it("writes an environment that passes its own test, the types and natgrad check", async () => {
    const folder = await written();
    const inside = fs.mkdtempSync(path.join(root, "test/scripts/.new-"));
    try {
      for (const file of ["pumped-tank.ts", "pumped-tank.test.ts"]) {
        const text = fs.readFileSync(path.join(folder, file), "utf8");
        fs.writeFileSync(
          path.join(inside, file),
          text.replaceAll('"natgrad"', '"../../../src/index.ts"'),
        );
      }
      const tool = (name: string, ...args: string[]): string =>
        execFileSync(process.execPath, [path.join(root, "node_modules", name), ...args], {
          cwd: root,
          encoding: "utf8",
          stdio: "pipe",
        });
      tool("vitest/vitest.mjs", "run", inside);
      fs.writeFileSync(
        path.join(inside, "tsconfig.json"),
        JSON.stringify({
          extends: path.join(root, "tsconfig.json"),
          include: ["*.ts", path.join(root, "src/math/alea.d.ts")],
        }),
      );
      tool("typescript/bin/tsc", "--noEmit", "-p", inside);
    } finally {
      fs.rmSync(inside, { recursive: true });
    }
    const { code, stdout } = await natgrad(["check", "./pumped-tank.ts"], folder);
    expect(stdout).toContain("./pumped-tank.ts keeps the contract.");
    expect(stdout).not.toContain("warning");
    expect(code).toBe(0);
  }, 60_000);

  it.each([
    [["new"], /new writes an environment, got nothing/],
    [["new", "agent", "x"], /new writes an environment, got agent/],
    [["new", "environment"], /a name must be lower-case words joined by dashes, got none/],
    [["new", "environment", "Tank"], /got Tank; give one such as pumped-tank/],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await natgrad(args, emptyFolder());
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it("does not overwrite a file, unless --force", async () => {
    const folder = await written();
    const file = path.join(folder, "pumped-tank.ts");
    fs.writeFileSync(file, "mine");
    const refused = await natgrad(["new", "environment", "pumped-tank"], folder);
    expect(refused.code).toBe(2);
    expect(fs.readFileSync(file, "utf8")).toBe("mine");
    await natgrad(["new", "environment", "pumped-tank", "--force"], folder);
    expect(fs.readFileSync(file, "utf8")).toContain("pumpedTank");
  });
});

describe("an environment from a file", () => {
  const size = ["--steps", "8000", "--steps-per-update", "4000", "--environments", "4"];
  const train = ["train", "./pumped-tank.ts", ...size];

  it("trains to the same bits on one thread and on two, with its options", async () => {
    const folder = await written();
    const theta = async (out: string, ...more: string[]): Promise<number[]> => {
      const { code, stderr } = await natgrad([...train, "--out", out, ...more], folder);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      const text = fs.readFileSync(path.join(folder, out, "policy.json"), "utf8");
      return (JSON.parse(text) as { theta: number[] }).theta;
    };
    const one = await theta("one", "--env.setpoint", "2");
    expect(await theta("two", "--env.setpoint", "2", "--workers", "2")).toEqual(one);
    expect(await theta("other")).not.toEqual(one);
    const config = fs.readFileSync(path.join(folder, "one/config.json"), "utf8");
    expect(JSON.parse(config)).toMatchObject({
      environment: { options: { setpoint: 2, noise: 0.05 } },
    });
    const compared = await natgrad(["compare-fisher", "./one", "--repeats", "1"], folder);
    expect(compared.stdout).toContain("pumped-tank");
  }, 30_000);

  it("shows its options in --help", async () => {
    const { stdout } = await natgrad(["train", "./pumped-tank.ts", "--help"], await written());
    expect(stdout).toMatch(/--env\.setpoint +level to hold, m +\[default: 1\]/);
  });

  const broken: [string, string, RegExp][] = [
    [
      "export const x = 1;",
      "e.ts",
      /must export a function that returns an environment, and no other, got no function/,
    ],
    [
      "export function a() {}\nexport function b() {}",
      "e.ts",
      /got a, b; pick one, as in \.\/e\.ts#a/,
    ],
    [
      "export function a() { return {}; }",
      "e.ts",
      /a of \.\/e\.ts must return an environment, got no step/,
    ],
    ["export const = 1;", "e.ts", /\.\/e\.ts must load as a module, got: /],
    [
      "export const options = 3;\nexport function a() {}",
      "e.ts",
      /options of \.\/e\.ts must be a zod object/,
    ],
    ["throw new Error('no sensor');", "e.js", /\.\/e\.js must load as a module, got: no sensor/],
  ];
  it.each(broken)("refuses %j", async (text, file, message) => {
    const folder = emptyFolder();
    fs.writeFileSync(path.join(folder, file), text);
    const { code, stderr } = await natgrad(["train", `./${file}`], folder);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it("is refused before any work where it breaks the contract, and natgrad check says all", async () => {
    const folder = await written();
    const file = path.join(folder, "pumped-tank.ts");
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace("observation[1] = state[0];", "observation[1] = 1 / 0;"));
    const { code, stderr } = await natgrad([...train, "--out", "run"], folder);
    expect(stderr).toMatch(
      /breaks the rule that every observation is finite, got Infinity at step 0/,
    );
    expect(code).toBe(2);
    expect(fs.existsSync(path.join(folder, "run"))).toBe(false);
    const checked = await natgrad(["check", "./pumped-tank.ts", "--json"], folder);
    expect(checked.code).toBe(1);
    const { findings } = JSON.parse(checked.stdout) as { findings: { rule: string }[] };
    expect(findings.map(({ rule }) => rule)).toEqual(["every observation is finite"]);
  });

  it.each([
    [["train", "./none.ts"], /an environment's file must exist, got \.\/none\.ts/],
    [["train", "pumped-tank"], /no environment is named pumped-tank; .*\.\/pumped-tank\.ts/],
    [["train", "pendulum", "--env.gravty", "3"], /did you mean --env\.gravity\?/],
    [["train", "pendulum", "--env.gravity", "low"], /--env\.gravity must be a number, got low/],
    [["train", "lqr", "--env.gravity", "1"], /no option is named --env\.gravity/],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await natgrad(args, emptyFolder());
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("natgrad check", () => {
  it.each(Object.keys(environments))(
    "finds nothing wrong with %s, and no allocation",
    async (name) => {
      const { code, stdout } = await natgrad(["check", name, "--json"]);
      expect(code).toBe(0);
      const { findings, cost } = JSON.parse(stdout) as {
        findings: unknown[];
        cost: { bytesPerStep: number };
      };
      expect(findings).toEqual([]);
      expect(cost.bytesPerStep).toBeLessThan(600);
    },
  );
});
