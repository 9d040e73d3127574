import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { curvesFigure, profilesFigure } from "../../../scripts/commands/compare/figures.ts";
import { figureToSvg } from "../../../scripts/figures/index.ts";
import { createDocument } from "../../../scripts/figures/render.ts";
import { emptyFolder, natgrad } from "../cli.ts";
import { compare, curve, writeRun } from "./runs.ts";

/** Methods trpo kl=1, 2, …, of three seeds each, on the tasks. */
function sweep(methods: number, tasks: readonly string[], values = [1, 2, 4]): string {
  const folder = emptyFolder();
  for (const task of tasks) {
    for (let kl = 1; kl <= methods; kl++) {
      for (const seed of [1, 2, 3]) {
        writeRun(folder, `${task}/${kl}/${seed}`, {
          seed,
          environment: { name: task },
          agent: { options: { kl } },
          rows: curve(values.map((value) => kl * value * (1 + seed / 10))),
        });
      }
    }
  }
  return folder;
}

describe("natgrad compare", () => {
  it("prints tables, and writes figures, a page and every number", async () => {
    const folder = sweep(2, ["lqr"]);
    const out = path.join(folder, "comparison");
    const { code, stdout, stderr } = await natgrad([
      ...["compare", folder, "--threshold", "4", "--out", out],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^meanReturn of 2 methods on 1 task, 6 runs\n/);
    expect(stdout).toMatch(/trpo kl=1 +3 +4\.800 +\[4\.400, 5\.200\]/);
    expect(stdout).toMatch(/trpo kl=1 +3 of 3 +300 +\[300, 300\]/);
    expect(stdout).toMatch(/trpo kl=1 over trpo kl=2 +0 +\[0, 0\] +3 +-4\.800/);
    expect(fs.readdirSync(out).sort()).toEqual([
      ...["compare.html", "compare.json", "curves.png", "curves.svg"],
      ...["profiles.png", "profiles.svg"],
    ]);
    const page = fs.readFileSync(path.join(out, "compare.html"), "utf8");
    expect(page.match(/<figure>/g)).toHaveLength(2);
    expect(page).not.toMatch(/<(script|link)|src="http/);
    expect(page).toMatch(/Time to 4 on lqr/);
    const json = JSON.parse(fs.readFileSync(path.join(out, "compare.json"), "utf8")) as object;
    const again = await natgrad(["compare", folder, "--threshold=4", "--json"]);
    expect(json).toMatchObject(JSON.parse(again.stdout) as object);
  });

  it("compares all folders that are named, the first as well", async () => {
    const folder = sweep(1, ["lqr"]);
    const runs = [1, 2, 3].map((seed) => path.join(folder, "lqr/1", String(seed)));
    const { code, stdout } = await natgrad(["compare", ...runs]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^meanReturn of 1 method on 1 task, 3 runs\n/);
  });

  it("exits 2 with one message where there is nothing to compare", async () => {
    const { code, stdout, stderr } = await natgrad(["compare"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      "natgrad: compare needs folders of runs, got none; give those of natgrad train --out, as in natgrad compare runs/*\n",
    );
  });
});

describe("the figures of a comparison", async () => {
  const document = await createDocument();
  const draw = (comparison: ReturnType<typeof compare>): string[] =>
    [curvesFigure, profilesFigure].map((figure) => figureToSvg(figure(document, comparison)));

  it.each([
    ["one task", sweepOf(2, ["lqr"]), {}],
    ["several tasks", sweepOf(1, ["lqr", "cartpole", "acrobot"]), { threshold: "3" }],
    ["a common scale", sweepOf(2, ["lqr", "cartpole"]), { scale: "0:20", range: "0:10" }],
    ["values that are all the same", sweepOf(2, ["lqr"], [0, 0, 0]), {}],
    ["values that are not finite", sweepOf(2, ["lqr"], [-1, -Infinity, -2]), {}],
    ["one record", sweepOf(1, ["lqr"], [1]), {}],
    ["a gap", sweepOf(2, ["lqr"]), { "lower-is-better": true }],
    ["a gap that is 0 at last", sweepOf(2, ["lqr"], [2, 1, 0]), { "lower-is-better": true }],
  ])("are finite for %s", (_, folder, options) => {
    for (const svg of draw(compare([folder()], options))) {
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it("show as many methods as are told apart, and say how many are left out", () => {
    const [curves, profiles] = draw(compare([sweep(9, ["lqr"])]));
    for (const svg of [curves, profiles]) {
      expect(svg).toContain("trpo kl=7<");
      expect(svg).not.toContain("trpo kl=8<");
      expect(svg).toContain("2 more methods are in the tables: a figure shows at most 7.");
    }
  });
});

function sweepOf(...args: Parameters<typeof sweep>): () => string {
  return () => sweep(...args);
}
