import type { Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { type Saved, savedPart, savedRandom, savedVector } from "../math/resumable.ts";
import type { Vector } from "../math/vector.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch, Fault } from "../rollout/batch.ts";
import { createCollector } from "../rollout/collect.ts";
import { FAULT_SIZE, type Memory, rowsAt, type Shape, STREAM_SIZE } from "./memory.ts";

/** What a shard of a roll-out is made of. */
export interface RolloutParts {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly random: Random;
}

/** What a shard of a roll-out does; its results and its state go through memory. */
export interface RolloutShard {
  collect(): void;
  /** memory ← where its environments and streams are. */
  save(): void;
  /** Its environments and streams ← where memory says. */
  restore(): void;
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
): RolloutShard {
  const { start, end } = rollout[index];
  const span = { start: start * stepsPerEnvironment, end: end * stepsPerEnvironment };
  const random = rollout.length === 1 ? parts.random : parts.random.split(`shard-${index}`);
  const collector = createCollector({
    ...parts,
    random,
    environments: end - start,
    stepsPerEnvironment,
    into: {
      observations: rowsAt(memory.observations, span),
      actions: rowsAt(memory.actions, span),
      rewards: memory.rewards.subarray(span.start, span.end),
    },
  });
  const lanes = rowsAt(memory.lanes, { start, end }).data;
  const fault = rowsAt(memory.faults, { start: index, end: index + 1 }).data;
  const streams = rowsAt(memory.streams, { start: index, end: index + 1 }).data;
  return {
    collect: () => {
      const batch = collector.collect();
      record(batch, memory, index, span.start);
      fault.fill(0);
      if (batch.fault !== undefined) writeFault(batch.fault, start, fault);
    },
    save: () => {
      const saved = collector.state.save();
      lanes.set(savedVector(saved, "lanes"));
      const kept = savedPart(saved, "streams");
      streamNames.forEach((name, k) => {
        const { c, s0, s1, s2 } = savedRandom(kept, name).save().alea;
        streams.set([c, s0, s1, s2], k * STREAM_SIZE);
      });
    },
    restore: () => {
      const entries = streamNames.map((name, k): [string, Saved] => {
        const [c, s0, s1, s2] = streams.subarray(k * STREAM_SIZE, (k + 1) * STREAM_SIZE);
        return [name, { seed: random.split(name).save().seed, c, s0, s1, s2 }];
      });
      collector.state.restore({ streams: Object.fromEntries(entries), lanes: lanes.slice() });
    },
  };
}

/** The streams of a collector, in the order in which memory has them. */
const streamNames = ["environment", "action"] as const;

/** row ← a fault of a shard whose first copy of the environment is `first`. */
function writeFault(fault: Fault, first: number, row: Vector): void {
  const { environment, episode, step, reward, state } = fault;
  row.set([1, first + environment, episode, step, reward]);
  row.set(state, FAULT_SIZE);
}

/** The fault of the first shard that has one. */
export function readFault({ faults }: Memory): Fault | undefined {
  const { count, width, data } = faults;
  for (let s = 0; s < count; s++) {
    const row = data.subarray(s * width, (s + 1) * width);
    const [any, environment, episode, step, reward] = row;
    if (any === 1) return { environment, episode, step, reward, state: row.slice(FAULT_SIZE) };
  }
  return undefined;
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
