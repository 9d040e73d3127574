import { expect, it } from "vitest";
import {
  createShardedCollector,
  createSurrogate,
  gpomdp,
  reinforce,
  shardedSurrogate,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";
import { crewOf, environments, recipeOf } from "./crews.ts";

it.each([
  ["reinforce", reinforce],
  ["gpomdp", gpomdp],
])("%s takes a batch whose rows are spread over threads", async (_, make) => {
  const crew = await crewOf(recipeOf({ environment: { module: environments, name: "lqr" } }), 2);
  const { policy } = crew.parts;
  policy.theta.set(policy.theta.map((__, j) => 0.1 * j - 0.2));
  const batch = createShardedCollector(crew, policy).collect();
  expect(batch.episodes).toHaveLength(96);
  const [sharded, whole] = [shardedSurrogate(crew), createSurrogate].map((maker) => {
    const surrogate = maker(policy, batch.rewards.length);
    surrogate.at(batch);
    const g = new Float64Array(policy.theta.length);
    make({ discount: 0.9 }).estimate(batch, surrogate, g);
    return g;
  });
  expectClose(sharded, whole, 1e-10);
});
