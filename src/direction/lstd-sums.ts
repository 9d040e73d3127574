import { createStepScores } from "../gradient/step-scores.ts";
import type { Surrogate } from "../gradient/surrogate.ts";
import { addScaled } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";
import {
  addOuter,
  addSquares,
  clearRegression,
  createRegression,
  type Regression,
} from "./regression.ts";
import type { Traces } from "./traces.ts";
import type { ValueFeatures } from "./value-features.ts";

interface LstdSumOptions {
  readonly features: ValueFeatures;
  readonly discount: number;
  /** What a trace is multiplied by in a step. */
  readonly decay: number;
}

/**
 * Gives A = Σ z(φ̂ − γφ̃)ᵀ and b = Σ zr over the steps of a batch, z ← decay·z + φ̂, with the scores
 * before the features in φ̂, and leaves the traces that the next batch resumes.
 */
export function createLstdSums({
  features,
  discount,
  decay,
}: LstdSumOptions): (batch: Batch, surrogate: Surrogate, traces: Traces) => Regression {
  const scoresOf = createStepScores();
  let regression = createRegression(0);

  return (batch, surrogate, traces) => {
    const { observations, lastObservations, rewards, episodes } = batch;
    const parameters = surrogate.point.parameterCount;
    const size = parameters + features.size(observations.width);
    if (regression.right.length !== size) regression = createRegression(size);
    clearRegression(regression);
    const scores = scoresOf(batch, surrogate);
    const [x, z, change] = [0, 1, 2].map(() => new Float64Array(size));
    const next = new Float64Array(size - parameters);

    episodes.forEach((episode, e) => {
      const { start, end, ending } = episode;
      traces.resume(batch, episode, z);
      features.write(observations, start, next, 0);
      for (let t = start; t < end; t++) {
        x.fill(0, 0, parameters);
        scores.add(t, x, 0);
        x.set(next, parameters);
        if (t + 1 < end) features.write(observations, t + 1, next, 0);
        else if (ending === "truncated") features.write(lastObservations, e, next, 0);
        else next.fill(0);

        for (let i = 0; i < size; i++) z[i] = decay * z[i] + x[i];
        change.set(x);
        addScaled(-discount, next, change.subarray(parameters));
        addOuter(z, change, regression.matrix);
        addScaled(rewards[t], z, regression.right);
        addSquares(x, regression.squares);
      }
      regression.steps += end - start;
      traces.keep(batch, episode, z);
    });
    return regression;
  };
}
