import { restoreRandom } from "../math/random.ts";
import { createBatchShard } from "./batch-shard.ts";
import { type Memory, type Shape } from "./memory.ts";
import {
  type BatchCommand,
  type Command,
  type Perform,
  ROLLOUT_COMMANDS,
  type RolloutCommand,
} from "./protocol.ts";
import type { Parts, Recipe } from "./recipe.ts";
import { createRolloutShard } from "./rollout-shard.ts";
import { partition } from "./shards.ts";

/**
 * The part of every command that falls to thread `member` of `workers`: that on its own shards, in
 * their order. Shards of the batch are made when first needed, so a roll-out alone pays for none.
 */
export function createMember(
  recipe: Recipe,
  parts: Parts,
  shape: Shape,
  memory: Memory,
  { member, workers }: { readonly member: number; readonly workers: number },
): Perform {
  const mine = (shards: readonly unknown[]): number[] =>
    partition([...shards.keys()], workers)[member];
  const policy = { ...parts.policy, theta: memory.theta };
  const random = restoreRandom(recipe.random);
  const rollout = mine(shape.rollout).map((index) => {
    const environment = parts.makeEnvironment();
    return createRolloutShard({ environment, policy, random }, shape, memory, index);
  });
  let batch: ((command: BatchCommand) => void)[] | undefined;

  return (command) => {
    policy.normaliser?.statistics.set(memory.statistics);
    if (isForRollout(command)) {
      rollout.forEach((shard) => shard[ROLLOUT_COMMANDS[command]]());
      return;
    }
    const { divergence } = parts;
    batch ??= mine(shape.batch).map((index) =>
      createBatchShard({ policy, divergence }, shape, memory, index),
    );
    batch.forEach((perform) => perform(command));
  };
}

function isForRollout(command: Command): command is RolloutCommand {
  return command in ROLLOUT_COMMANDS;
}
