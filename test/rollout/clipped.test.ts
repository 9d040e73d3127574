import { describe, expect, it } from "vitest";
import { natural } from "../../agents/index.ts";
import { cartpole, lqr, pendulum } from "../../envs/index.ts";
import { createRandom, type Environment, rowsFrom, squashed, train } from "../../src/index.ts";
import { clippedShare } from "../../src/rollout/clipped.ts";

describe("the share of clipped actions", () => {
  it("counts the components beyond their bounds, not those on them", () => {
    const actions = rowsFrom([
      [-2, 5],
      [-2.1, 0],
      [2, -1e9],
      [3, 1],
    ]);
    expect(clippedShare({ kind: "box", low: [-2, 0], high: [2, Infinity] }, actions)).toBe(3 / 8);
  });

  it("is in the record of an update: of N(0, σ²) on a box of half-width 2, P(|a| > 2)", () => {
    const environment = pendulum();
    const random = createRandom(1);
    const agent = natural(environment, random.split("agent"), { logStd: Math.log(2) });
    const options = { environment, agent, random: random.split("train"), steps: 4000 };
    const [{ clippedActions }] = train({ ...options, stepsPerUpdate: 4000 });
    // P(|z| > 1) = 0.3173…
    const deviation = Math.sqrt((0.3173 * 0.6827) / 4000);
    expect(Math.abs((clippedActions ?? NaN) - 0.3173)).toBeLessThan(5 * deviation);
  });

  it.each<[string, Environment]>([
    ["an unbounded box", lqr()],
    ["choices", cartpole()],
    ["squashed actions", squashed(pendulum())],
  ])("is left out for %s", (_, environment) => {
    const random = createRandom(1);
    const agent = natural(environment, random.split("agent"));
    const [record] = train({ environment, agent, random, steps: 200, stepsPerUpdate: 200 });
    expect("clippedActions" in record).toBe(false);
  });
});
