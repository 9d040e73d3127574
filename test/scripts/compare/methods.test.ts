import { describe, expect, it } from "vitest";
import { emptyFolder } from "../cli.ts";
import { compare, type WrittenRun, writeRun } from "./runs.ts";

/** The methods of runs, by name, in the order of the tables. */
function methodsOf(runs: readonly WrittenRun[]): readonly string[] {
  return compared(runs).methods;
}

function compared(runs: readonly WrittenRun[]) {
  const folder = emptyFolder();
  return compare(runs.map((run, i) => writeRun(folder, `run-${i}`, { seed: i, ...run })));
}

const agent = (name: string, options: object): WrittenRun => ({ agent: { name, options } });

describe("the name of a method", () => {
  it("is that of its agent where runs differ in the seed alone", () => {
    expect(methodsOf([{}, { training: { steps: 5 } }])).toEqual(["trpo"]);
  });

  it("tells the options in which methods of the agent differ, numbers by size", () => {
    const runs = [0.1, 0.01, 1, 0.05].map((kl) => agent("trpo", { kl, damping: 1 }));
    expect(methodsOf([...runs, agent("natural", { kl: 0.1, damping: 2 })])).toEqual([
      "trpo kl=0.01",
      "trpo kl=0.05",
      "trpo kl=0.1",
      "trpo kl=1",
      "natural",
    ]);
  });

  it("names options as the command line does, those of the training too", () => {
    const networks = [{ hidden: [] }, { hidden: [64, 64] }];
    expect(methodsOf(networks.map((options) => agent("trpo", options)))).toEqual([
      "trpo hidden=64,64",
      "trpo hidden=none",
    ]);
    const sizes = [{}, { training: { stepsPerUpdate: 50 } }];
    expect(methodsOf(sizes)).toEqual(["trpo steps-per-update=50", "trpo steps-per-update=100"]);
  });

  it("does not tell what differs between tasks, where a task suggests it", () => {
    const { methods, tasks, settings } = compared([
      agent("trpo", { kl: 0.1 }),
      { ...agent("trpo", { kl: 0.01 }), environment: { name: "cartpole" } },
      agent("natural", { kl: 0.2 }),
    ]);
    expect(methods).toEqual(["trpo", "natural"]);
    expect(tasks.map(({ task }) => task)).toEqual(["lqr", "cartpole"]);
    expect(settings).toEqual([
      { task: "lqr", method: "trpo", options: { kl: 0.1 } },
      { task: "cartpole", method: "trpo", options: {} },
      { task: "lqr", method: "natural", options: { kl: 0.2 } },
    ]);
  });
});

describe("the name of a task", () => {
  const names = (environments: readonly object[]): readonly string[] =>
    compared(environments.map((environment) => ({ environment }))).tasks.map(({ task }) => task);

  it("tells the options in which tasks of the environment differ", () => {
    const gravities = [9.8, 3.7].map((gravity) => ({
      name: "pendulum",
      options: { gravity, horizon: 200 },
    }));
    expect(names([...gravities, { name: "acrobot", options: {} }])).toEqual([
      "pendulum gravity=9.8",
      "pendulum gravity=3.7",
      "acrobot",
    ]);
  });

  it("tells what is put around the environment, and versions of its file", () => {
    const mine = { name: "/a/mine.ts", sha256: "0123456789" };
    const others = [{ wrappers: { frames: 4 } }, { sha256: "9876543210" }];
    expect(names([mine, ...others.map((other) => ({ ...mine, ...other }))])).toEqual([
      "mine.ts version=01234567 frames=unset",
      "mine.ts version=01234567 frames=4",
      "mine.ts version=98765432 frames=unset",
    ]);
  });

  it("is that of a file without its folders, unless two are of one name", () => {
    expect(names([{ name: "/a/mine.ts" }, { name: "/b/other.ts" }])).toEqual([
      "mine.ts",
      "other.ts",
    ]);
    expect(names([{ name: "/a/mine.ts" }, { name: "/b/mine.ts" }])).toEqual([
      "/a/mine.ts",
      "/b/mine.ts",
    ]);
  });
});

describe("runs beside each other", () => {
  it("must have seeds of their own", () => {
    expect(() => compared([{ seed: 3 }, { seed: 3 }])).toThrow(
      /must have different seeds, got seed 3 in .*run-0 and .*run-1 \(trpo on lqr\); leave one out/,
    );
  });

  it("are noted where they are of different versions", () => {
    const { notes } = compared([{ natgrad: "0.1.0" }, { natgrad: "0.2.0" }, {}]);
    expect(notes).toContainEqual("The runs are of different versions of natgrad: 0.1.0 and 0.2.0.");
  });

  it("are not paired where a seed has no counterpart", () => {
    const { pairs, notes } = compared([
      ...[1, 2].map((seed) => ({ seed })),
      ...[1, 3].map((seed) => ({ seed, agent: { name: "natural" } })),
    ]);
    expect(pairs[0].paired).toBeUndefined();
    expect(notes.join()).not.toMatch(/same seeds/);
  });
});
