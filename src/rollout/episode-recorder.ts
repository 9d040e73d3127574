import { actionSize, type Environment, isCutOff } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { createRows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { predictorOf } from "../network/predictor.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch } from "./batch.ts";
import { createGrowingBatch } from "./growing-batch.ts";

/** The streams that an episode draws from. */
export interface EpisodeStreams {
  readonly environment: Random;
  readonly action: Random;
}

/** Plays whole episodes, one after the other, and keeps their steps. */
export interface EpisodeRecorder {
  /** Forgets all episodes. */
  clear(): void;
  /** Takes in the θ of the episodes to come. */
  at(theta: Vector): void;
  /** Plays one episode to its end. */
  play(streams: EpisodeStreams): void;
  /** All episodes since `clear`. Valid until the next `play`. */
  batch(): Batch;
}

/** A recorder of episodes of the policy, at whatever θ. */
export function createEpisodeRecorder(environment: Environment, policy: Policy): EpisodeRecorder {
  const { network, distribution } = policy;
  const predictor = predictorOf(network, 1);
  const state = new Float64Array(environment.stateSize);
  const seen = createRows(1, environment.observationSize);
  const chosen = createRows(1, actionSize(environment.actionSpace));
  const kept = createGrowingBatch(environment);

  return {
    clear: () => kept.clear(),
    at: (theta) => predictor.at(theta),
    play: (streams) => {
      environment.reset(state, streams.environment);
      environment.observe(state, seen.data);
      let terminated: boolean;
      let length = 0;
      do {
        predictor.predict(seen);
        distribution.sample(predictor.outputs, streams.action, chosen);
        const reward = environment.step(state, chosen.data, streams.environment);
        kept.add(seen.data, chosen.data, reward);
        environment.observe(state, seen.data);
        terminated = environment.isTerminal(state);
        length++;
      } while (!terminated && !isCutOff(environment, state, length));
      kept.close(seen.data, terminated);
    },
    batch: () => kept.batch(),
  };
}
