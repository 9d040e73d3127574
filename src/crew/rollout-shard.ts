import type { Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch } from "../rollout/batch.ts";
import { createCollector } from "../rollout/collect.ts";
import { type Memory, rowsAt, type Shape } from "./memory.ts";

/** What a shard of a roll-out is made of. */
export interface RolloutParts {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly random: Random;
}

/**
 * Collects the environments of shard `index` straight into memory, with streams of their own; those
 * of the only shard are the streams of `createCollector`.
 */
export function createRolloutShard(
  parts: RolloutParts,
  { rollout, stepsPerEnvironment }: Shape,
  memory: Memory,
  index: number,
): () => void {
  const { start, end } = rollout[index];
  const span = { start: start * stepsPerEnvironment, end: end * stepsPerEnvironment };
  const collector = createCollector({
    ...parts,
    random: rollout.length === 1 ? parts.random : parts.random.split(`shard-${index}`),
    environments: end - start,
    stepsPerEnvironment,
    into: {
      observations: rowsAt(memory.observations, span),
      actions: rowsAt(memory.actions, span),
      rewards: memory.rewards.subarray(span.start, span.end),
    },
  });
  return () => record(collector.collect(), memory, index, span.start);
}

/** memory ← the episodes of a shard whose rows begin at `first`. */
function record(batch: Batch, memory: Memory, index: number, first: number): void {
  const { episodes, finished, counts, lastObservations: last } = memory;
  batch.episodes.forEach(({ start, end, elapsed, ending }, k) => {
    const at = 4 * (first + k);
    episodes.data[at] = first + start;
    episodes.data[at + 1] = first + end;
    episodes.data[at + 2] = elapsed;
    episodes.data[at + 3] = ending === "terminated" ? 1 : 0;
  });
  batch.finished.forEach((episode, k) => {
    finished.data[2 * (first + k)] = episode.return;
    finished.data[2 * (first + k) + 1] = episode.length;
  });
  const numbers = batch.episodes.length * last.width;
  last.data.set(batch.lastObservations.data.subarray(0, numbers), first * last.width);
  counts.data[2 * index] = batch.episodes.length;
  counts.data[2 * index + 1] = batch.finished.length;
}
