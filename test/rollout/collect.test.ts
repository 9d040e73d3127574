import { describe, expect, it } from "vitest";
import { lqr } from "../../envs/index.ts";
import {
  type Batch,
  type Collector,
  createCollector,
  createRandom,
  type Environment,
  type Policy,
  policyFor,
} from "../../src/index.ts";
import { bits } from "../support/close.ts";
import { counting } from "../support/environments.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";

const defaultPolicy = (environment: Environment): Policy =>
  policyFor(environment, createRandom("policy"));
const collectorOf = (
  environment: Environment,
  environments: number,
  stepsPerEnvironment: number,
  policy = defaultPolicy(environment),
): Collector =>
  createCollector({
    environment,
    policy,
    random: createRandom("collect"),
    environments,
    stepsPerEnvironment,
  });

/** Column k of rows. */
const column = ({ observations: { data, width } }: Batch, k: number): number[] =>
  Array.from({ length: data.length / width }, (_, i) => data[i * width + k]);
const shapes = ({ episodes }: Batch): unknown[] =>
  [...episodes]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, ending, elapsed }) => [start, end, ending, elapsed]);

describe("collect", () => {
  it("tiles the rows by episodes: each row belongs to one, for one copy and for several", () => {
    for (const environments of [1, 3]) {
      const collector = collectorOf(counting(4, 9), environments, 10);
      for (let k = 0; k < 3; k++) {
        const { episodes, rewards } = collector.collect();
        const owners = new Array<number>(rewards.length).fill(0);
        for (const { start, end } of episodes) for (let t = start; t < end; t++) owners[t]++;
        expect(rewards).toHaveLength(10 * environments);
        expect(owners.every((count) => count === 1)).toBe(true);
      }
    }
  });

  it("terminates where the process ends, truncates at the horizon and at the end of the batch", () => {
    expect(shapes(collectorOf(counting(3, 9), 1, 8).collect())).toEqual([
      [0, 3, "terminated", 0],
      [3, 6, "terminated", 0],
      [6, 8, "truncated", 0],
    ]);
    expect(shapes(collectorOf(counting(9, 3), 1, 8).collect())).toEqual([
      [0, 3, "truncated", 0],
      [3, 6, "truncated", 0],
      [6, 8, "truncated", 0],
    ]);
    expect(shapes(collectorOf(counting(4, 4), 1, 4).collect())).toEqual([[0, 4, "terminated", 0]]);
  });

  it("truncates at a bound of the environment, unless the process ends there too", () => {
    const bounded = collectorOf(counting(9, 9, 3), 1, 8).collect();
    expect(shapes(bounded)).toEqual([
      [0, 3, "truncated", 0],
      [3, 6, "truncated", 0],
      [6, 8, "truncated", 0],
    ]);
    expect(bounded.finished.map(({ length }) => length)).toEqual([3, 3]);
    expect(shapes(collectorOf(counting(4, 9, 4), 1, 4).collect())).toEqual([
      [0, 4, "terminated", 0],
    ]);
  });

  it("goes on with a cut episode in the next batch, and says how long it had lasted", () => {
    const collector = collectorOf(counting(5, 9), 1, 4);
    const first = collector.collect();
    expect(shapes(first)).toEqual([[0, 4, "truncated", 0]]);
    const mark = column(first, 1)[0];
    const second = collector.collect();
    expect(shapes(second)).toEqual([
      [0, 1, "terminated", 4],
      [1, 4, "truncated", 0],
    ]);
    expect(column(second, 0)).toEqual([4, 0, 1, 2]);
    expect(column(second, 1)[0]).toBe(mark);
    expect(column(second, 1)[1]).not.toBe(mark);
  });

  it("begins a batch afresh when an episode ended with the last, without an empty episode", () => {
    const collector = collectorOf(counting(4, 9), 2, 4);
    for (let k = 0; k < 2; k++) {
      expect(shapes(collector.collect())).toEqual([
        [0, 4, "terminated", 0],
        [4, 8, "terminated", 0],
      ]);
    }
  });

  it("keeps the horizon across batches", () => {
    const collector = collectorOf(counting(99, 7), 1, 5);
    const seen = [0, 1, 2].flatMap(() => shapes(collector.collect()));
    expect(seen).toEqual([
      [0, 5, "truncated", 0],
      [0, 2, "truncated", 5],
      [2, 5, "truncated", 0],
      [0, 4, "truncated", 3],
      [4, 5, "truncated", 0],
    ]);
  });

  it("gives the observation after the last step of each episode, in the order of the episodes", () => {
    const batch = collectorOf(counting(3, 9), 2, 5).collect();
    expect(batch.lastObservations.count).toBe(batch.episodes.length);
    batch.episodes.forEach(({ start, end }, e) => {
      const { data, width } = batch.lastObservations;
      expect(data[e * width]).toBe(end - start);
      expect(data[e * width + 1]).toBe(column(batch, 1)[start]);
    });
  });

  it("has room for any number of episodes", () => {
    const batch = collectorOf(counting(1, 9), 1, 500).collect();
    expect(batch.episodes).toHaveLength(500);
    expect(batch.lastObservations.count).toBe(500);
    batch.episodes.forEach(({ start }, e) => {
      expect(batch.lastObservations.data[2 * e]).toBe(1);
      expect(batch.lastObservations.data[2 * e + 1]).toBe(column(batch, 1)[start]);
    });
  });

  it("sums the rewards of whole episodes, whichever batches they lay in", () => {
    const collector = collectorOf(counting(5, 9), 1, 4);
    const rewards: number[] = [];
    const finished: { return: number; length: number }[] = [];
    for (let k = 0; k < 5; k++) {
      const batch = collector.collect();
      rewards.push(...batch.rewards);
      finished.push(...batch.finished);
    }
    expect(finished.map(({ length }) => length)).toEqual([5, 5, 5, 5]);
    finished.forEach((episode, e) => {
      const expected = rewards.slice(5 * e, 5 * e + 5).reduce((sum, r) => sum + r, 0);
      expect(episode.return).toBeCloseTo(expected, 12);
    });
  });

  it("records o, a and r of the same step, with the transition that the environment makes", () => {
    const environment = lqr({
      ...plane,
      W: [
        [0, 0],
        [0, 0],
      ],
      horizon: 6,
    });
    const batch = collectorOf(environment, 2, 6, policyOf(planePolicy)).collect();
    const state = new Float64Array(2);
    const random = createRandom("unused");
    for (const { start, end } of batch.episodes) {
      for (let t = start; t < end; t++) {
        state.set(batch.observations.data.subarray(2 * t, 2 * t + 2));
        const action = batch.actions.data.slice(2 * t, 2 * t + 2);
        expect(environment.step(state, action, random)).toBe(batch.rewards[t]);
        if (t + 1 < end) {
          expect([...state]).toEqual([...batch.observations.data.slice(2 * t + 2, 2 * t + 4)]);
        }
      }
    }
  });

  it("acts by the policy's θ of the moment", () => {
    const environment = counting(4, 9);
    const policy = defaultPolicy(environment);
    const collector = collectorOf(environment, 1, 50, policy);
    policy.theta.set([0, 0, 7, -20]);
    expect([...collector.collect().rewards].every((r) => Math.abs(r - 7) < 1e-6)).toBe(true);
    policy.theta.set([1, 0, 0, -20]);
    const batch = collector.collect();
    batch.rewards.forEach((r, i) => expect(r).toBeCloseTo(column(batch, 0)[i], 6));
  });

  it("records an action as sampled, though the environment overwrites it", () => {
    const clipping: Environment = {
      ...counting(4, 9),
      step: (s, a) => {
        s[0] += 1;
        a[0] = 0;
        return 0;
      },
    };
    const { actions } = collectorOf(clipping, 1, 20).collect();
    expect(actions.data.every((a) => a !== 0)).toBe(true);
  });

  it("gives the same bits for the same seed", () => {
    const run = (): string => {
      const collector = collectorOf(lqr({ ...plane, horizon: 9 }), 3, 10, policyOf(planePolicy));
      collector.collect();
      const { observations, actions, rewards } = collector.collect();
      return [observations.data, actions.data, rewards].map(bits).join("\n");
    };
    expect(run()).toBe(run());
  });

  it("reuses its buffers: a batch is valid until the next", () => {
    const collector = collectorOf(counting(4, 9), 1, 6);
    const first = collector.collect();
    const rewards = first.rewards.slice();
    const second = collector.collect();
    expect(second.rewards).toBe(first.rewards);
    expect(second.observations.data).toBe(first.observations.data);
    expect(second.actions.data).toBe(first.actions.data);
    expect(first.rewards).not.toEqual(rewards);
  });

  it("draws for the environment and for the actions from streams of their own", () => {
    const marks = (horizon: number): number[] => {
      const batch = collectorOf(counting(2, horizon), 1, 8).collect();
      return batch.episodes.map(({ start }) => column(batch, 1)[start]);
    };
    // Twice as many actions between resets do not change the starts.
    expect(marks(2)).toEqual(marks(1).slice(0, 4));
  });
});
