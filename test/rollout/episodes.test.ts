import { describe, expect, it } from "vitest";
import { cartpole, lqr } from "../../envs/index.ts";
import {
  createCollector,
  createEpisodeCollector,
  createRandom,
  type Environment,
  type Policy,
  policyFor,
} from "../../src/index.ts";
import { typedArraysMade } from "../support/allocations.ts";
import { counting } from "../support/environments.ts";
import { plane } from "../support/lqr.ts";

const policyOf = (environment: Environment): Policy =>
  policyFor(environment, createRandom("policy"));

function collectorOf(environment: Environment, episodes: number) {
  const policy = policyOf(environment);
  return createEpisodeCollector({ environment, policy, random: createRandom("run"), episodes });
}

describe("a collector of whole episodes", () => {
  it("gives the very batches of createCollector where no episode ends early", () => {
    const environment = lqr({ ...plane, horizon: 7 });
    const other = createCollector({
      environment,
      policy: policyOf(environment),
      random: createRandom("run"),
      environments: 1,
      stepsPerEnvironment: 21,
    });
    const collector = collectorOf(environment, 3);
    for (let k = 0; k < 3; k++) {
      const { environments, lastObservations, ...expected } = other.collect();
      const batch = collector.collect();
      expect(environments).toBe(1);
      expect(batch).toMatchObject(expected);
      expect([...batch.lastObservations.data]).toEqual([...lastObservations.data.slice(0, 6)]);
    }
  });

  it("ends an episode at a bound of the environment", () => {
    const { episodes, finished } = collectorOf(counting(9, 9, 3), 2).collect();
    expect(episodes.map(({ end, ending }) => [end, ending])).toEqual([
      [3, "truncated"],
      [6, "truncated"],
    ]);
    expect(finished.map(({ length }) => length)).toEqual([3, 3]);
  });

  it("gives as many as asked for, each from its first to its last step, of whatever length", () => {
    const collector = collectorOf(cartpole(), 30);
    for (let k = 0; k < 2; k++) {
      const { episodes, finished, rewards, observations, actions } = collector.collect();
      expect(episodes).toHaveLength(30);
      expect(episodes[0].start).toBe(0);
      episodes.forEach(({ start, end, elapsed, ending }, e) => {
        expect({ elapsed, ending }).toEqual({ elapsed: 0, ending: "terminated" });
        expect(finished[e]).toEqual({ length: end - start, return: end - start });
        if (e > 0) expect(start).toBe(episodes[e - 1].end);
        for (let k = 0; k < 4; k++)
          expect(Math.abs(observations.data[4 * start + k])).toBeLessThan(0.05);
      });
      const steps = episodes[29].end;
      expect([rewards.length, observations.count, actions.count]).toEqual([steps, steps, steps]);
      expect(observations.data).toHaveLength(4 * steps);
      expect(new Set(finished.map(({ length }) => length)).size).toBeGreaterThan(5);
    }
  });

  it("says which episodes ended by themselves and which by the horizon", () => {
    const endings = collectorOf({ ...cartpole(), horizon: 15 }, 40).collect().episodes;
    for (const { start, end, ending } of endings) {
      if (end - start < 15) expect(ending).toBe("terminated");
    }
    expect(endings.filter(({ ending }) => ending === "truncated").length).toBeGreaterThan(5);
  });

  it("makes no buffer when warm, only views of what it has", () => {
    const collector = collectorOf(lqr({ ...plane, horizon: 7 }), 3);
    collector.collect();
    expect(typedArraysMade(() => collector.collect())).toBe(4);
  });

  it.each([0, 1.5, -2])("refuses %d episodes", (episodes) => {
    expect(() => collectorOf(cartpole(), episodes)).toThrow(
      `createEpisodeCollector: episodes must be a positive integer, got ${episodes}`,
    );
  });
});
