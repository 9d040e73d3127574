import * as fs from "node:fs";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../scripts/commands/train/settings.ts";
import { emptyFolder, natgrad } from "./cli.ts";

describe("natgrad train in wrappers", () => {
  it("says in config.json what wrapped the environment, and trains alike on two threads", async () => {
    const folder = emptyFolder();
    const run = (workers: number) =>
      natgrad(
        `train pendulum --hidden none --squash --sticky 0.2 --reward-scale 0.1 --time-limit 40 --normalise-observations --environments 8 --steps 6000 --episodes 2 --json --out ${workers} --workers ${workers}`.split(" "), // prettier-ignore
        folder,
      );
    const [one, two] = [await run(1), await run(2)];
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(two.stdout).toBe(one.stdout);
    const read = (name: string): unknown =>
      JSON.parse(fs.readFileSync(`${folder}/1/${name}`, "utf8"));
    expect(read("config.json")).toMatchObject({
      environment: {
        wrappers: { squash: true, sticky: 0.2, rewardScale: 0.1, timeLimit: 40 },
        horizon: 40,
      },
    });
    expect(read("policy.json")).toMatchObject({ observations: { count: 6000 } });
    const first = JSON.parse(one.stdout.split("\n")[0]) as Record<string, unknown>;
    expect(first).toMatchObject({ meanLength: 40 });
    expect(first.outcome).toMatch(/^postponed/);
    expect(first).not.toHaveProperty("clippedActions");
  }, 30_000);

  it("sets no exact solution beside a process that it is not of", async () => {
    const { stdout } = await natgrad(["train", "lqr", "--sticky", "0.5", "--steps", "2000", "--json"]); // prettier-ignore
    expect(stdout).toContain('"update":1');
    expect(stdout).not.toContain("exactReturn");
  });

  it.each([
    [{ env: "lqr", squash: true }, "squashed: the box of lqr must have finite bounds"],
    [
      { env: "tetris", sticky: "0.1" },
      "stickyActions: the observation of tetris must not describe",
    ],
    [{ env: "lqr", sticky: "2" }, "--sticky must lie in [0, 1], got 2"],
    [{ env: "lqr", "time-limit": "0" }, "--time-limit must be a positive integer, got 0"],
    [{ env: "lqr", "reward-scale": "-1" }, "--reward-scale must be a positive number, got -1"],
    [{ env: "tetris", "normalise-observations": true }, "cannot be normalised"],
  ])("refuses %j", async (argv, message) => {
    await expect(readSettings(argv, [])).rejects.toThrow(message);
  });
});
