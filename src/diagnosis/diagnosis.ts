import type { Baseline } from "../baseline/baseline.ts";
import type { Surrogate } from "../gradient/surrogate.ts";
import { createRows, type Rows } from "../math/rows.ts";
import { mean } from "../math/statistics.ts";
import type { Vector } from "../math/vector.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch } from "../rollout/batch.ts";
import { explainedVariance } from "./explained-variance.ts";
import { createHalves } from "./halves.ts";
import { type PolicySpread, spreadOf } from "./spread.ts";

/** What a batch and the step over it tell of how learning goes. Nothing is learnt from it. */
export interface Diagnosis {
  /** 1 − Var(R − V) / Var(R), of the V that made the advantages; NaN where all R are equal. */
  readonly explainedVariance: number;
  /** Mean entropy of π before the step, in nats, over at most 256 steps at equal distances. */
  readonly entropy: number;
  /** σ before the step, where π has one. */
  readonly spread?: PolicySpread;
  /** Kish's effective sample size under the policy after the step, as a share of N; 1 without a step. */
  readonly effectiveShare: number;
  /** cos∠(∇L over one half of the batch, ∇L over the other); NaN where one of them is 0. */
  readonly halvesCosine: number;
}

/** Examines the batches of an agent. */
export interface Examiner {
  /** The same baseline, whose V at the steps of a batch is noted as it is asked for. */
  watch(baseline: Baseline, batch: Batch): Baseline;
  /**
   * The diagnosis of the batch that was watched, before its step. The surrogate is at the batch; `g` is
   * its gradient where that is known already.
   */
  examine(
    batch: Batch,
    surrogate: Surrogate,
    returns: Vector,
    g?: Vector,
  ): Omit<Diagnosis, "effectiveShare">;
}

/** Steps that the entropy is a mean over: that of a squashed Gaussian is an integral for each. */
const ENTROPY_STEPS = 256;

/** An examiner with buffers made anew only when the number of steps changes. */
export function createExaminer({ distribution, theta }: Policy): Examiner {
  const halves = createHalves(theta.length);
  const evenly = createSelection(ENTROPY_STEPS);
  const entropies = new Float64Array(ENTROPY_STEPS);
  let values = new Float64Array(0);
  let deviations = createRows(0, distribution.actionSize);

  return {
    watch: (baseline, { observations }) => {
      const { count } = observations;
      if (values.length !== count) {
        values = new Float64Array(count);
        deviations = createRows(count, distribution.actionSize);
      }
      values.fill(0);
      return {
        ...baseline,
        predict: (seen, out) => {
          baseline.predict(seen, out);
          if (seen === observations) values.set(out.subarray(0, count));
        },
      };
    },
    examine: (batch, surrogate, returns, g) => {
      const { outputs } = surrogate.point;
      const some = evenly(outputs);
      distribution.entropy(some, entropies);
      distribution.standardDeviation?.(outputs, deviations);
      return {
        explainedVariance: explainedVariance(values, returns),
        entropy: mean(entropies.subarray(0, some.count)),
        ...(distribution.standardDeviation && { spread: spreadOf(deviations) }),
        halvesCosine: halves.cosine(batch, surrogate, g),
      };
    },
  };
}

/** Takes at most so many rows at equal distances. */
function createSelection(most: number): (rows: Rows) => Rows {
  let own = createRows(0, 0);
  return ({ count, width, data }) => {
    if (count <= most) return { count, width, data };
    if (own.width !== width) own = createRows(most, width);
    for (let i = 0; i < most; i++) {
      const from = Math.floor((i * count) / most) * width;
      for (let k = 0; k < width; k++) own.data[i * width + k] = data[from + k];
    }
    return own;
  };
}
