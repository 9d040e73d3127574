import { describe, expect, it } from "vitest";
import { lqr, lqrReference } from "../../envs/index.ts";
import {
  type Agent,
  createEpisodeCollector,
  createRandom,
  naturalGradient,
  train,
  type TrainOptions,
} from "../../src/index.ts";
import { partsOf } from "../support/agent.ts";
import { bits } from "../support/close.ts";
import { plane } from "../support/lqr.ts";

const environment = lqr({ ...plane, horizon: 10 });
const agentOf = (): Agent => naturalGradient(partsOf());
const optionsOf = (given: Partial<TrainOptions> = {}): TrainOptions => ({
  environment,
  agent: agentOf(),
  random: createRandom("train"),
  steps: 300,
  stepsPerUpdate: 100,
  ...given,
});

describe("train", () => {
  it("yields a record per update, numbered, with the steps and episodes so far", () => {
    const records = Array.from(train(optionsOf()));
    expect(records.map(({ update, steps, episodes }) => [update, steps, episodes])).toEqual([
      [1, 100, 10],
      [2, 200, 10],
      [3, 300, 10],
    ]);
    for (const { meanLength, meanReturn, comparison } of records) {
      expect(meanLength).toBe(10);
      expect(meanReturn).toBeLessThan(0);
      expect(comparison).toBeUndefined();
    }
  });

  it("rounds the steps up to whole updates, and may be left early", () => {
    expect(Array.from(train(optionsOf({ steps: 101 })))).toHaveLength(2);
    const agent = agentOf();
    for (const { update } of train(optionsOf({ agent }))) if (update === 2) break;
    const two = agentOf();
    Array.from(train(optionsOf({ agent: two, steps: 200 })));
    expect(bits(agent.policy.theta)).toBe(bits(two.policy.theta));
  });

  it("takes batches of any size from a collector, and counts their steps", () => {
    const agent = agentOf();
    const collector = createEpisodeCollector({
      ...{ environment, policy: agent.policy, random: createRandom("train"), episodes: 3 },
    });
    const options = { environment, agent, collector, random: createRandom(1), steps: 61 };
    const steps = Array.from(train(options), (record) => record.steps);
    expect(steps).toEqual([30, 60, 90]);
    expect(() => train(optionsOf({ agent, collector })).next()).toThrow(
      "train: the collector must give batches of stepsPerUpdate = 100 steps, got 30",
    );
  });

  it("has no mean where no episode ended", () => {
    const [record] = train(optionsOf({ steps: 5, stepsPerUpdate: 5 }));
    expect(record.episodes).toBe(0);
    expect(record.meanReturn).toBeNaN();
  });

  it("sets beside an update the truth of the policy that collected its batch", () => {
    const agent = agentOf();
    const reference = lqrReference(plane);
    const before = reference(agent.policy, 0.9);
    const [{ comparison, report }] = train(optionsOf({ agent, reference }));
    if (before === undefined || comparison === undefined) throw new Error("no ground truth");
    expect(comparison.exactReturn).toBe(before.return);
    expect(comparison.gap).toBe(before.optimalReturn - before.return);
    expect(comparison.relativeGap).toBe(comparison.gap / Math.abs(before.optimalReturn));
    const cosine = (x: Float64Array, y: Float64Array): number =>
      x.reduce((sum, value, i) => sum + value * y[i], 0) / Math.hypot(...x) / Math.hypot(...y);
    expect(comparison.gradientCosine).toBeCloseTo(cosine(report.gradient, before.gradient), 12);
    expect(comparison.naturalCosine).toBeCloseTo(
      cosine(report.direction, before.naturalGradient),
      12,
    );
  });

  it.each<[Partial<TrainOptions>, string]>([
    [{ steps: 0 }, "train: steps must be a positive integer, got 0"],
    [{ stepsPerUpdate: 1.5 }, "train: stepsPerUpdate must be a positive integer, got 1.5"],
    [{ environments: -1 }, "train: environments must be a positive integer, got -1"],
    [
      { environments: 3 },
      "train: stepsPerUpdate must be a multiple of environments, got 100 and 3",
    ],
  ])("refuses %j", (given, message) => {
    expect(() => train(optionsOf(given)).next()).toThrow(new RangeError(message));
  });
});
