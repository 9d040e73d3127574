import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { natural } from "../../agents/index.ts";
import { checkEnvironment, createRandom, evaluate, train } from "../../src/index.ts";
import { blocksIn } from "../support/markdown.ts";
import { doubleIntegrator } from "./double-integrator.ts";

const readme = readFileSync("README.md", "utf8");

const blocks = blocksIn("README.md", "ts");

describe("the README", () => {
  it("shows the program of scripts/train-lqr.ts as it is", () => {
    expect(blocks[0]).toBe(readFileSync("scripts/train-lqr.ts", "utf8"));
  });

  it("shows the environment of double-integrator.ts as it is, imported from the package", () => {
    const source = readFileSync("test/readme/double-integrator.ts", "utf8");
    expect(blocks[1]).toBe(source.replace("../../src/index.ts", "natgrad"));
  });

  it("names only npm scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(scripts).toHaveProperty(name);
  });
});

describe("the README's environment", () => {
  it("keeps the contract", () => {
    expect(checkEnvironment(doubleIntegrator())).toEqual([]);
  });

  it("is learnt by the natural gradient: the return rises by more than half of its distance to 0", () => {
    const environment = doubleIntegrator();
    const random = createRandom(3);
    const agent = natural(environment, random.split("agent"), { kl: 0.02 });
    const score = (): number => {
      const episodes = evaluate(environment, agent.policy, {
        random: createRandom(9),
        episodes: 50,
      });
      return episodes.reduce((sum, episode) => sum + episode.return, 0) / episodes.length;
    };
    const before = score();
    const run = train({ environment, agent, random, steps: 60_000, environments: 10 });
    while (!run.next().done);
    expect(score()).toBeGreaterThan(before / 2);
  });
});
