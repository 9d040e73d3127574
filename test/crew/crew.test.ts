import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { threadId } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  createRandom,
  createShardedCollector,
  klNewToOld,
  linear,
  createPolicy,
  categorical,
  type Recipe,
  shardedSurrogate,
  startCrew,
  train,
} from "../../src/index.ts";
import { startNodeCrew } from "../../scripts/support/crew.ts";
import { trpo } from "../../agents/index.ts";
import { type FaultOptions } from "./environments.ts";
import { crewOf, faults, recipeOf } from "./crews.ts";

afterEach(() => vi.unstubAllGlobals());

describe("the number of threads", () => {
  it("is one unless more are asked for", async () => {
    const { workers, remark } = await startCrew(recipeOf());
    expect({ workers, remark }).toEqual({ workers: 1, remark: undefined });
  });

  it("is no larger than that of the shards, and says so", async () => {
    const { workers, remark } = await crewOf(recipeOf(), 9);
    expect(workers).toBe(4);
    expect(remark).toBe("4 workers: there are no more shards than that");
  });

  it("is one for a batch too small to be worth it, and says so", async () => {
    const { workers, remark } = await crewOf(recipeOf({ stepsPerEnvironment: 10 }), 2);
    expect(workers).toBe(1);
    expect(remark).toMatch("120 steps of a policy with 10 parameters take too little time");
  });

  it("is one where memory cannot be shared, says so, and gives the same numbers", async () => {
    const rewardsOf = async (): Promise<Float64Array> => {
      const crew = await crewOf(recipeOf(), 2);
      const batch = createShardedCollector(crew, crew.parts.policy).collect();
      return batch.observations.data.slice();
    };
    const shared = await rewardsOf();
    vi.stubGlobal("SharedArrayBuffer", undefined);
    const { workers, remark } = await crewOf(recipeOf(), 2);
    expect(workers).toBe(1);
    expect(remark).toMatch(/^one worker: SharedArrayBuffer is missing; .*Cross-Origin/);
    expect(await rewardsOf()).toEqual(shared);
  });

  it("is one where no way to start threads is given", async () => {
    const { workers, remark } = await startCrew(recipeOf(), { workers: 2 });
    expect(workers).toBe(1);
    expect(remark).toMatch(/pass hire/);
  });

  it.each([0, 1.5, NaN, -2])("%d is refused", async (workers) => {
    await expect(startNodeCrew(recipeOf(), workers)).rejects.toThrow(
      `startCrew: workers must be a positive integer, got ${workers}`,
    );
  });
});

describe("a recipe", () => {
  it.each<[string, Partial<Recipe>, RegExp]>([
    ["no environments", { environments: 0 }, /environments must be a positive integer, got 0/],
    ["half a step", { stepsPerEnvironment: 0.5 }, /stepsPerEnvironment must be a positive/],
    [
      "an unknown name",
      { environment: { module: faults, name: "pole" } },
      /must export a function pole or .* got exports faulty, nothing/,
    ],
    [
      "something else",
      { environment: { module: faults, name: "nothing" } },
      /nothing of .* must return an environment/,
    ],
  ])("with %s is refused", async (_, replaced, message) => {
    await expect(startNodeCrew(recipeOf(replaced), 2)).rejects.toThrow(message);
  });
});

describe("what does not fit the recipe is refused", () => {
  it("a policy of another size, another number of steps, another divergence", async () => {
    const crew = await crewOf(recipeOf(), 1);
    const { policy } = crew.parts;
    const other = createPolicy(linear(4, 2, { bias: false }), categorical(2), createRandom(1));
    expect(() => createShardedCollector(crew, other)).toThrow(/have the 10 parameters .* got 8/);
    expect(() => shardedSurrogate(crew)(policy, 7)).toThrow("must have 4800 steps, got 7");
    expect(() => shardedSurrogate(crew)(policy, 4800, klNewToOld)).toThrow(/divergence must be/);
  });

  it("batches of another size than train was told", async () => {
    const crew = await crewOf(recipeOf(), 1);
    const environment = crew.parts.makeEnvironment();
    const random = createRandom(1);
    const agent = trpo(environment, random);
    const collector = createShardedCollector(crew, agent.policy);
    const options = { environment, agent, random, collector, steps: 10, stepsPerUpdate: 10 };
    expect(() => Array.from(train(options))).toThrow(/stepsPerUpdate = 10 steps, got 4800/);
  });
});

describe("a failure", () => {
  const failing = (fault: FaultOptions["fault"], sparing = threadId): Recipe =>
    recipeOf({ environment: { module: faults, name: "faulty", options: { sparing, fault } } });

  it("at the start of a thread rejects with its message", async () => {
    await expect(startNodeCrew(failing("throws at start"), 2)).rejects.toThrow(
      "no pole was delivered",
    );
  });

  it.each([
    ["another thread", threadId],
    ["every thread", -1],
  ])("in %s throws its name and message, and closes the crew for good", async (_, sparing) => {
    const crew = await crewOf(failing("throws", sparing), 3);
    const collector = createShardedCollector(crew, crew.parts.policy);
    expect(() => collector.collect()).toThrow(
      expect.objectContaining({ name: "RangeError", message: "the pole broke after 500 steps" }),
    );
    expect(() => collector.collect()).toThrow(
      /no longer usable since the pole broke.*start another/,
    );
  });

  it("of a thread that ends is noticed", async () => {
    const crew = await crewOf(failing("exits"), 2);
    const collector = createShardedCollector(crew, crew.parts.policy);
    expect(() => collector.collect()).toThrow("crew: worker 1 of 1 ended unexpectedly");
  });

  it("is what comes of using a crew that was closed", async () => {
    const crew = await crewOf(recipeOf(), 2);
    await crew.close();
    const collector = createShardedCollector(crew, crew.parts.policy);
    expect(() => collector.collect()).toThrow(/no longer usable since it was closed/);
  });
});

it("a crew that nobody closed does not keep the process alive", async () => {
  const script = fileURLToPath(new URL("./left-open.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 15_000 });
  expect(stdout).toBe("2 4096\n");
});
