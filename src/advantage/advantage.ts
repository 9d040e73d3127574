import type { Baseline } from "../baseline/baseline.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";

/** Estimates Â(s, a), by how much an action beats the policy's average, for every step of a batch. */
export interface AdvantageEstimator {
  /** γ of the returns. */
  readonly discount: number;
  /** Writes Â, and the returns that the baseline is to be fitted to. */
  estimate(batch: Batch, baseline: Baseline, advantages: Vector, returns: Vector): void;
}

/** Buffers of V at every step and after every episode, made anew only when a batch grows. */
export interface Values {
  /** V(oₜ). */
  readonly at: Vector;
  /** V(o) after the last step of each episode, 0 where it terminated. */
  readonly after: Vector;
}

/** Evaluates the baseline where an estimator needs it; truncated episodes bootstrap, terminated ones do not. */
export function createValues(): (batch: Batch, baseline: Baseline) => Values {
  let values: Values = { at: new Float64Array(0), after: new Float64Array(0) };
  return (batch, baseline) => {
    const { observations, lastObservations, episodes } = batch;
    if (values.at.length !== observations.count || values.after.length < episodes.length) {
      values = {
        at: new Float64Array(observations.count),
        after: new Float64Array(2 * episodes.length),
      };
    }
    baseline.predict(observations, values.at);
    baseline.predict(lastObservations, values.after);
    episodes.forEach(({ ending }, e) => {
      if (ending === "terminated") values.after[e] = 0;
    });
    return values;
  };
}
