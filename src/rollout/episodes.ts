import type { Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { streamsState } from "../math/resumable.ts";
import { requireCount } from "../math/scalar.ts";
import type { Policy } from "../policy/policy.ts";
import type { Collector } from "./collect.ts";
import { createEpisodeRecorder } from "./episode-recorder.ts";

export interface EpisodeCollectorOptions {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly random: Random;
  /** Episodes of a batch, M. */
  readonly episodes: number;
}

/**
 * A collector of M whole episodes a batch, one after the other, whatever their length: for estimators
 * that need whole episodes. Draws from two streams, `environment` and `action`.
 *
 * With one environment that never ends an episode early, it gives the very batches of
 * `createCollector` for M horizons.
 *
 * @throws RangeError for a number of episodes that is not a positive integer.
 */
export function createEpisodeCollector(options: EpisodeCollectorOptions): Collector {
  const { environment, policy, random, episodes } = options;
  requireCount("createEpisodeCollector", "episodes", episodes);
  const streams = { environment: random.split("environment"), action: random.split("action") };
  const recorder = createEpisodeRecorder(environment, policy);
  return {
    state: streamsState(streams),
    collect: () => {
      recorder.clear();
      recorder.at(policy.theta);
      for (let e = 0; e < episodes; e++) recorder.play(streams);
      return recorder.batch();
    },
  };
}
