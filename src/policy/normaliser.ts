import type { Resumable } from "../math/resumable.ts";
import type { Rows } from "../math/rows.ts";
import { createRunningMoments } from "../math/running-moments.ts";
import type { Vector } from "../math/vector.ts";

/**
 * What a policy knows of its observations: their running mean and spread, by which its network sees
 * them normalised. They belong to the policy, are frozen while a batch is collected and measured, and
 * move between updates.
 */
export interface ObservationNormaliser {
  /** Observations seen. */
  readonly count: number;
  /** Mean m of each component, then its scale s: what the network reads, (0, 1) before the first. */
  readonly statistics: Vector;
  /** Takes in the observations of a batch; from here on the same θ is another policy. */
  update(observations: Rows): void;
  readonly state: Resumable;
}

/** Beyond how many standard deviations an observation is clipped. */
export const CLIP = 10;
/** ε in s = 1/√(v + ε). */
const EPSILON = 1e-8;

/**
 * A normaliser of `size` components, with the variance v of all observations and
 * s = 1/√(v + 10⁻⁸), so that a component that never changes is 0. Units in which a component spreads
 * by less than 10⁻⁴ are too large.
 *
 * As `VecNormalize` of stable-baselines3 and `NormalizeObservation` of Gymnasium, with ε and the clipping
 * at ±10. Differs from them: they move the statistics with each step, so that a batch is of many
 * policies and neither its ratios nor its KL are of the policy that is updated.
 */
export function createNormaliser(size: number): ObservationNormaliser {
  const moments = createRunningMoments(size);
  const statistics = new Float64Array(2 * size);
  const refresh = (): void => {
    for (let k = 0; k < size; k++) {
      const variance = moments.count === 0 ? 1 : moments.squares[k] / moments.count + EPSILON;
      statistics[k] = moments.mean[k];
      statistics[size + k] = 1 / Math.sqrt(variance);
    }
  };
  refresh();
  return {
    get count() {
      return moments.count;
    },
    statistics,
    update: (observations) => {
      moments.add(observations);
      refresh();
    },
    state: {
      save: () => moments.state.save(),
      restore: (saved) => {
        moments.state.restore(saved);
        refresh();
      },
    },
  };
}
