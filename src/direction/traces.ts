import {
  type Resumable,
  type Saved,
  savedEntries,
  savedNumber,
  savedVector,
} from "../math/resumable.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch, Episode } from "../rollout/batch.ts";

/** The eligibility traces of episodes that go on from one batch to the next. */
export interface Traces {
  /** z ← the trace of the steps before the episode's part in this batch, or 0 where none is kept. */
  resume(batch: Batch, episode: Episode, z: Vector): void;
  /** Keeps z after the episode's part in this batch, should the next batch go on with it. */
  keep(batch: Batch, episode: Episode, z: Vector): void;
  /** All traces ← β times themselves. */
  scale(beta: number): void;
  /** Forgets all traces. */
  clear(): void;
  readonly state: Resumable;
}

interface Kept {
  readonly z: Vector;
  /** Steps of the episode that it holds; −1 for none. */
  elapsed: number;
}

/**
 * One trace for each copy of the environment. An episode resumes the trace of its copy where that is
 * of as many steps as the episode had taken before, and so of itself.
 */
export function createTraces(): Traces {
  const kept: Kept[] = [];
  /** The copy that an episode is of. */
  const copyOf = ({ rewards, environments = 1 }: Batch, { start }: Episode): number =>
    Math.floor((start * environments) / rewards.length);
  return {
    resume: (batch, episode, z) => {
      const trace = kept.at(copyOf(batch, episode));
      if (episode.elapsed > 0 && trace?.elapsed === episode.elapsed) z.set(trace.z);
      else z.fill(0);
    },
    keep: (batch, episode, z) => {
      const copy = copyOf(batch, episode);
      const trace = (kept[copy] ??= { z: z.slice(), elapsed: -1 });
      trace.z.set(z);
      const over = episode.ending === "terminated";
      trace.elapsed = over ? -1 : episode.elapsed + episode.end - episode.start;
    },
    scale: (beta) => {
      if (beta === 0) kept.length = 0;
      for (const { z } of kept) for (let i = 0; i < z.length; i++) z[i] *= beta;
    },
    clear: () => void (kept.length = 0),
    state: {
      save: () => {
        const entries = kept.map(({ z, elapsed }, copy) => [copy, { z: z.slice(), elapsed }]);
        return Object.fromEntries(entries) as Saved;
      },
      restore: (saved) => {
        kept.length = 0;
        for (const [copy, trace] of savedEntries(saved)) {
          const elapsed = savedNumber(trace, "elapsed");
          kept[Number(copy)] = { z: savedVector(trace, "z"), elapsed };
        }
      },
    },
  };
}
