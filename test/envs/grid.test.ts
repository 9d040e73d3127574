import { describe, expect, it } from "vitest";
import { natural } from "../../agents/index.ts";
import { grid } from "../../envs/index.ts";
import { createRandom, evaluate, mean, simulation, train } from "../../src/index.ts";

describe("grid", () => {
  it("is crossed in max(|x|, |y|) moves of both choices", () => {
    const environment = grid({ size: 5 });
    for (let seed = 0; seed < 30; seed++) {
      const game = simulation(environment, seed);
      let [x, y] = game.reset();
      const way = 2 * Math.max(Math.abs(x), Math.abs(y));
      expect(way).toBeGreaterThan(0);
      for (let t = 1; t <= way; t++) {
        const { observation, reward, terminated } = game.step([1 - Math.sign(x), 1 - Math.sign(y)]);
        [x, y] = observation;
        expect([reward, terminated]).toEqual([-1, t === way]);
      }
    }
  });

  it("stops at its edges", () => {
    const state = Float64Array.of(-4, 4);
    grid().step(state, Float64Array.of(0, 2), createRandom(0));
    expect([...state]).toEqual([-4, 4]);
  });

  it("starts in every cell but the middle alike", () => {
    const [environment, random] = [grid({ size: 3 }), createRandom(5)];
    const state = new Float64Array(2);
    const counts = new Map<string, number>();
    for (let i = 0; i < 8000; i++) {
      environment.reset(state, random);
      const cell = state.join();
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    expect([counts.size, counts.has("0,0")]).toEqual([8, false]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * 30);
  });

  it("is learnt by a policy linear in (x, y): two softmaxes side by side", () => {
    const environment = grid({ size: 5 });
    const random = createRandom(1);
    const agent = natural(environment, random.split("agent"), { kl: 0.1 });
    const steps = 20_000;
    for (const { report } of train({ environment, agent, random: random.split("train"), steps })) {
      expect(report.outcome).not.toContain("rejected");
    }
    const options = { random: random.split("evaluation"), episodes: 200 };
    const found = mean(evaluate(environment, agent.policy, options).map((each) => each.return));
    // The best is −(8 · 1 + 16 · 2)/24.
    expect(found).toBeGreaterThan(-5 / 3 - 0.25);
  });

  it.each([1, 2, 4.5, 8])("refuses a size of %f", (size) => {
    expect(() => grid({ size })).toThrow(
      `grid: size must be an odd integer of at least 3, got ${size}`,
    );
  });
});
