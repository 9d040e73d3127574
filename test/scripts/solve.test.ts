import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { natgrad } from "./cli.ts";

type Case = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly expected: Readonly<Record<string, unknown>>;
};
const fixture = path.join(import.meta.dirname, "../fixtures/lqr.json");
const { cases } = JSON.parse(fs.readFileSync(fixture, "utf8")) as { cases: Case[] };
const scalar = { A: [[1]], B: [[1]], Q: [[1]], R: [[1]], K: [[0.5]], sigma: [0.3] };
const command = ["solve", "lqr", "--problem", "-"];

async function solveJson(problem: object): Promise<Record<string, unknown>> {
  const { stdout } = await natgrad([...command, "--json"], "/", JSON.stringify(problem));
  return JSON.parse(stdout) as Record<string, unknown>;
}

function flat(value: unknown): number[] {
  return [value].flat(3) as number[];
}

describe("natgrad solve lqr", () => {
  it.each(cases.map((each) => [each.name, each] as const))(
    "%s agrees with numpy",
    async (_, each) => {
      const solved = await solveJson(each);
      for (const [key, expected] of Object.entries(each.expected)) {
        const values = flat(solved[key]);
        const wanted = flat(expected);
        expect(values, key).toHaveLength(wanted.length);
        const size = Math.max(1, ...wanted.map(Math.abs));
        values.forEach((value, i) => {
          expect(Math.abs(value - wanted[i]), key).toBeLessThan(1e-9 * size);
        });
      }
    },
  );

  it("says that an unstable closed loop has J = −∞ and no derivatives", async () => {
    expect(await solveJson({ ...scalar, gamma: 0.9 })).toMatchObject({
      ...{ return: "-Infinity", stable: false, gradient: null, fisher: null },
      ...{ naturalGradient: null, stateSecondMoment: null, averageReward: null },
    });
    const { stdout } = await natgrad(command, "/", JSON.stringify({ ...scalar, gamma: 0.9 }));
    expect(stdout).toContain("J       = −∞ (unstable: √γ·ρ(A+BK) = 1.42302)");
  });

  it("finds the optimum where an unstable mode costs nothing, or says that it found none", async () => {
    const free = { ...scalar, A: [[1.2]], Q: [[0]], K: [[-0.5]], gamma: 1 };
    const solved = await solveJson(free);
    expect(solved.optimalReturn).toBeGreaterThan(solved.return as number);
    const { stdout } = await natgrad(command, "/", JSON.stringify({ ...free, B: [[0]] }));
    expect(stdout).toContain("J* = none found (no gain that stabilises the system was found)");
  });

  it("takes γ = 1 for the average reward", async () => {
    const solved = await solveJson({ ...scalar, K: [[-0.5]], gamma: 1 });
    expect(solved).toMatchObject({ criterion: "average reward", horizon: null });
    // With K = −½ and σ: E[s²] = σ²/(1 − ¼), J = −E[s²](1 + ¼) − σ².
    expect(solved.return).toBeCloseTo((-0.09 / 0.75) * 1.25 - 0.09, 12);
  });

  it("prints matrices with their decimal points below each other", async () => {
    const two = cases.find(({ name }) => name === "two-by-one");
    const { stdout } = await natgrad(command, "/", JSON.stringify(two));
    const rows = stdout.split("\n").filter((line) => /\[.*\]$/.test(line));
    const moment = rows.findIndex((line) => line.includes("E[s sᵀ]"));
    expect(rows[moment].slice(10).indexOf(".")).toBe(rows[moment + 1].slice(10).indexOf("."));
  });
});
