import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { emptyFolder, ended, natgrad, start } from "../cli.ts";

const read = (...parts: string[]): string => fs.readFileSync(path.join(...parts), "latin1");
const checkpoints = (run: string): string[] =>
  fs.existsSync(path.join(run, "checkpoints"))
    ? fs.readdirSync(path.join(run, "checkpoints")).sort()
    : [];

/** All of a run that does not tell the time: its updates, its policy, its last checkpoint. */
function contents(run: string): Record<string, string> {
  const kept = ["progress.csv", "progress.jsonl", "policy.json", "evaluation.json"];
  const files = [...kept, ...checkpoints(run).map((file) => `checkpoints/${file}`)];
  return Object.fromEntries(files.map((file) => [file, read(run, file)]));
}

/** Kills a run as soon as it has written the checkpoint of an update. */
async function killedAfter(update: number, args: readonly string[], cwd: string): Promise<void> {
  const child = start(args, cwd);
  const run = path.join(cwd, args[args.indexOf("--out") + 1]);
  const last = `update-${String(update).padStart(6, "0")}.json`;
  const done = ended(child);
  while (
    child.exitCode === null &&
    !checkpoints(run).some((file) => file.endsWith(".json") && file >= last)
  ) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  child.kill("SIGKILL");
  expect((await done).code).toBeNull();
}

const trpo = [
  ...["train", "cartpole-continuous", "--agent", "trpo", "--hidden", "16,16", "--baseline"],
  ...["network", "--environments", "8", "--steps-per-update", "4000", "--episodes", "2"],
];

describe(
  "a run that was killed and resumed has the files of one without a break",
  { timeout: 120_000 },
  () => {
    it.each([
      ["by another number of threads", [...trpo, "--steps", "32000"], ["--workers", "2"]],
      [
        "with a checkpoint every third update",
        [...trpo, "--steps", "36000", "--checkpoint-every", "3"],
        [],
      ],
      [
        "nac on the regulator",
        [
          "train",
          "lqr",
          "--agent",
          "nac",
          "--forgetting",
          "0.5",
          "--steps",
          "3e4",
          "--episodes",
          "5",
        ],
        [],
      ],
    ])("%s", async (_, args, change) => {
      const folder = emptyFolder();
      const [, whole] = await Promise.all([
        killedAfter(3, [...args, "--out", "killed"], folder),
        natgrad([...args, "--out", "whole"], folder),
      ]);
      const resumed = await natgrad(["resume", "killed", ...change], folder);
      expect([whole.code, resumed.code, resumed.stderr]).toStrictEqual([0, 0, ""]);
      expect(contents(`${folder}/killed`)).toStrictEqual(contents(`${folder}/whole`));
      expect(resumed.stdout.split("\n").length).toBeLessThan(whole.stdout.split("\n").length);
    });

    const lqr = ["train", "lqr", "--steps", "12000", "--episodes", "5"];

    it("and so has one that was extended, also after an interruption", async () => {
      const folder = emptyFolder();
      await natgrad([...lqr, "--steps-per-update", "1000", "--out", "whole"], folder);
      const long = [
        "train",
        "lqr",
        "--steps",
        "1e9",
        "--episodes",
        "5",
        "--steps-per-update",
        "1000",
      ];
      const child = start([...long, "--json", "--out", "run"], folder);
      child.stdout?.once("data", () => child.kill("SIGINT"));
      const { stdout, stderr, code } = await ended(child);
      expect({ code, stderr }).toMatchObject({
        code: 130,
        stderr: expect.stringContaining("natgrad resume run goes on") as string,
      });
      const steps = 1000 * Math.max(12, stdout.trimEnd().split("\n").length + 1);
      await natgrad(
        [
          ...lqr.slice(0, 2),
          "--steps",
          String(steps),
          "--episodes",
          "5",
          "--steps-per-update",
          "1000",
          "--out",
          "long",
        ],
        folder,
      );
      expect((await natgrad(["resume", "run", "--steps", String(steps)], folder)).code).toBe(0);
      expect(contents(`${folder}/run`)).toStrictEqual(contents(`${folder}/long`));
    });

    it("also where the last checkpoint is damaged, which is passed over", async () => {
      const folder = emptyFolder();
      await natgrad([...lqr, "--out", "whole"], folder);
      await natgrad(["train", "lqr", "--steps", "8000", "--episodes", "5", "--out", "run"], folder);
      const file = path.join(folder, "run/checkpoints/update-000004.safetensors");
      const bytes = fs.readFileSync(file);
      bytes[bytes.length - 1] ^= 1;
      fs.writeFileSync(file, bytes);
      const { code, stderr } = await natgrad(["resume", "run", "--steps", "12000"], folder);
      expect(code).toBe(0);
      expect(stderr).toMatch(
        /^natgrad: passed over a checkpoint: update-000004\.safetensors is not the file/,
      );
      expect(contents(`${folder}/run`)).toStrictEqual(contents(`${folder}/whole`));
    });

    it("also where the disk took no more, of which it says so", async () => {
      const folder = emptyFolder();
      await natgrad([...lqr, "--steps-per-update", "500", "--out", "whole"], folder);
      const entry = path.join(import.meta.dirname, "../../../scripts/natgrad.ts");
      const limited = spawn(
        "bash",
        [
          "-c",
          `ulimit -f 8 && exec "$@"`,
          "-",
          process.execPath,
          entry,
          ...lqr,
          "--steps-per-update",
          "500",
          "--out",
          "run",
        ],
        { cwd: folder },
      );
      const { code, stderr } = await ended(limited);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^natgrad: a file grew beyond what the system allows, .*; what was saved before is intact\n$/,
      );
      expect((await natgrad(["resume", "run"], folder)).code).toBe(0);
      expect(contents(`${folder}/run`)).toStrictEqual(contents(`${folder}/whole`));
    });
  },
);

describe("natgrad resume refuses", () => {
  it("what it cannot go on with, naming what and why, and leaves it alone", async () => {
    const folder = emptyFolder();
    await natgrad(["train", "lqr", "--steps", "4000", "--episodes", "5", "--out", "run"], folder);
    const before = contents(`${folder}/run`);
    const copy = (name: string, change: (config: string) => string): void => {
      fs.cpSync(`${folder}/run`, `${folder}/${name}`, { recursive: true });
      const config = `${folder}/${name}/config.json`;
      fs.writeFileSync(config, change(fs.readFileSync(config, "utf8")));
    };
    copy("negative", (config) =>
      config.replace('"stepsPerUpdate": 2000', '"stepsPerUpdate": -2000'),
    );
    copy("unknown", (config) => config.replace('"kl":', '"kll":'));
    copy("foreign", (config) => config);
    const foreign = `${folder}/foreign/checkpoints/update-000002.json`;
    const written = JSON.parse(fs.readFileSync(foreign, "utf8")) as Record<string, unknown>;
    const rest = { ...written, natgrad: "9.9.9", checksum: undefined };
    const checksum = createHash("sha256").update(JSON.stringify(rest)).digest("hex");
    fs.writeFileSync(foreign, JSON.stringify({ ...rest, checksum }));
    copy("misfit", (config) => config.replace('"bias": true', '"bias": false'));
    const cases: [string[], RegExp][] = [
      [[], /natgrad resume needs the folder of a run, got none/],
      [["nowhere"], /must hold the config\.json .* which does not exist/],
      [["."], /must hold the config\.json/],
      [["run"], /needs a run with steps to go, got run, which took 4000 of 4000; give --steps/],
      [
        ["negative"],
        /config\.json: training\.stepsPerUpdate must be an integer from 1 to 1000000, got -2000/,
      ],
      [["unknown"], /config\.json: no key of agent\.options is named "kll"; did you mean kl\?/],
      [
        ["foreign", "--steps", "1e5"],
        /needs the version of natgrad that foreign began with, 9\.9\.9, got .*; go back to that, or add --any-version/,
      ],
      [
        ["misfit", "--steps", "1e5"],
        /restore: theta must be a vector of 2 numbers, got a vector of 3 numbers/,
      ],
    ];
    for (const [args, message] of cases) {
      const { code, stderr, stdout } = await natgrad(["resume", ...args], folder);
      expect({ args, code, stdout }).toStrictEqual({ args, code: 2, stdout: "" });
      expect(stderr).toMatch(message);
    }
    expect(contents(`${folder}/run`)).toStrictEqual(before);
    const any = ["resume", "foreign", "--steps", "6000", "--any-version"];
    expect((await natgrad(any, folder)).code).toBe(0);
  }, 60_000);

  it("an environment's file that changed since", async () => {
    const folder = emptyFolder();
    await natgrad(["new", "environment", "slider"], folder);
    const file = fs
      .readdirSync(folder)
      .find((name) => name.endsWith(".ts") && !name.includes("test"));
    const source = path.join(folder, String(file));
    await natgrad(["train", source, "--steps", "4000", "--episodes", "2", "--out", "run"], folder);
    fs.appendFileSync(source, "\n");
    const { code, stderr } = await natgrad(["resume", "run", "--steps", "8000"], folder);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        "needs the environment's file (SHA-256) that run began with",
      ) as string,
    });
  }, 60_000);
});

describe("natgrad train with an environment that returns NaN", () => {
  it("stops with episode, step and state, and leaves the run as it was before", async () => {
    const folder = emptyFolder();
    fs.writeFileSync(
      `${folder}/cracked.ts`,
      `let steps = 0;
       export const cracked = () => ({
         name: "cracked", stateSize: 1, observationSize: 1, horizon: 50,
         actionSpace: { kind: "box", low: [-1], high: [1] },
         reset(s, random) { s[0] = random.uniform(-1, 1); },
         step(s, a) { s[0] *= 0.9; return ++steps > 4321 ? NaN : -s[0] * s[0]; },
         observe(s, o) { o[0] = s[0]; },
         isTerminal: () => false,
       });`,
    );
    const { code, stderr } = await natgrad(["train", "./cracked.ts", "--out", "run"], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^natgrad: cracked must return finite numbers, got a reward of NaN in episode \d+, step \d+ of copy 0, in the state \[[-\d.e]+\]; .*\n$/,
    );
    expect(checkpoints(`${folder}/run`).length).toBeGreaterThan(0);
    expect(read(folder, "run/progress.csv")).toMatch(/^update,/);
  }, 30_000);
});
