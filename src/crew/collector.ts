import { savedVector } from "../math/resumable.ts";
import type { Policy } from "../policy/policy.ts";
import type { Episode, EpisodeSummary } from "../rollout/batch.ts";
import type { Collector } from "../rollout/collect.ts";
import type { Crew } from "./crew.ts";
import { COMMANDS } from "./protocol.ts";
import { readFault } from "./rollout-shard.ts";

/**
 * A collector whose environments are spread over the threads of a crew, by shards with a stream each:
 * the same bits for any number of threads. Episodes come in the order of the shards and, within one,
 * in the order in which they ended. One environment is one shard, and gives the very batches of
 * `createCollector`.
 *
 * @throws RangeError where the policy has another number of parameters than that of the recipe.
 */
export function createShardedCollector(crew: Crew, policy: Policy): Collector {
  requireSameShape(crew, policy);
  const { memory, shape } = crew;
  const { width } = memory.observations;
  let last = new Float64Array(0);

  return {
    state: {
      save: () => {
        crew.perform(COMMANDS.save);
        return { lanes: memory.lanes.data.slice(), streams: memory.streams.data.slice() };
      },
      restore: (saved) => {
        const { lanes, streams } = memory;
        lanes.data.set(savedVector(saved, "lanes", lanes.data.length));
        streams.data.set(savedVector(saved, "streams", streams.data.length));
        crew.perform(COMMANDS.restore);
      },
    },
    collect: () => {
      memory.theta.set(policy.theta);
      setStatistics(crew, policy);
      crew.perform(COMMANDS.collect);
      const episodes: Episode[] = [];
      const finished: EpisodeSummary[] = [];
      if (last.length < width * countEpisodes(crew)) {
        last = new Float64Array(2 * width * countEpisodes(crew));
      }
      shape.rollout.forEach(({ start }, shard) => {
        const first = start * shape.stepsPerEnvironment;
        const [count, whole] = memory.counts.data.subarray(2 * shard, 2 * shard + 2);
        const ends = memory.lastObservations.data.subarray(first * width, (first + count) * width);
        last.set(ends, episodes.length * width);
        for (let k = first; k < first + count; k++) episodes.push(episodeAt(crew, k));
        for (let k = first; k < first + whole; k++) {
          const [sum, length] = memory.finished.data.subarray(2 * k, 2 * k + 2);
          finished.push({ return: sum, length });
        }
      });
      const { observations, actions, rewards } = memory;
      const lastObservations = { count: episodes.length, width, data: last };
      const environments = observations.count / shape.stepsPerEnvironment;
      const fault = readFault(memory);
      return {
        ...{ observations, actions, rewards, environments, episodes, finished, lastObservations },
        ...(fault && { fault }),
      };
    },
  };
}

function countEpisodes({ memory, shape }: Crew): number {
  return shape.rollout.reduce((sum, _, shard) => sum + memory.counts.data[2 * shard], 0);
}

function episodeAt({ memory }: Crew, k: number): Episode {
  const [start, end, elapsed, terminated] = memory.episodes.data.subarray(4 * k, 4 * k + 4);
  return { start, end, elapsed, ending: terminated === 1 ? "terminated" : "truncated" };
}

/** The statistics of the observations in memory ← those of the policy, where it normalises them. */
export function setStatistics({ memory }: Crew, { normaliser }: Policy): void {
  if (normaliser !== undefined) memory.statistics.set(normaliser.statistics);
}

/** @throws RangeError where the crew was made for a policy of another size or normalisation. */
export function requireSameShape({ shape, parts }: Crew, policy: Policy): void {
  if ((policy.normaliser === undefined) !== (parts.policy.normaliser === undefined)) {
    const of = (normalises: boolean): string => (normalises ? "normalised" : "raw");
    throw new RangeError(
      `crew: the policy must see ${of(parts.policy.normaliser !== undefined)} observations as that of its recipe, got ${of(policy.normaliser !== undefined)} ones`,
    );
  }
  if (policy.theta.length === shape.parameterCount) return;
  throw new RangeError(
    `crew: the policy must have the ${shape.parameterCount} parameters of its recipe, got ${policy.theta.length}`,
  );
}
