import { mean } from "../statistics.ts";
import type { Vector } from "../vector.ts";

/** The scores of a method: for each task those of its runs, which may differ in number. */
export type RunScores = readonly ArrayLike<number>[];

/**
 * The probability that a run of one method scores higher than a run of another on a task drawn at random:
 * (1/M) Σₘ P(Xₘ > Yₘ), with P(Xₘ > Yₘ) = (1/NK) Σᵢ Σⱼ [xᵢ > yⱼ] + ½[xᵢ = yⱼ].
 *
 * The sum is the Mann-Whitney U; ties count half, so that P(X > Y) + P(Y > X) = 1. It depends on the order
 * of the scores of a task alone, and so needs no common scale of the tasks. NaN where a score is.
 * Source: Agarwal et al. 2021, arXiv 2108.13264, section 4.3.
 *
 * @throws RangeError where the methods have different numbers of tasks, or none.
 */
export function probabilityOfImprovement(x: RunScores, y: RunScores): number {
  if (x.length !== y.length || x.length === 0) {
    throw new RangeError(
      `probabilityOfImprovement: both methods must have scores of the same tasks, got ${x.length} and ${y.length} tasks`,
    );
  }
  return mean(x.map((runs, m) => superiority(runs, y[m])));
}

function superiority(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) {
      // The last case is that of a NaN.
      if (x[i] === y[j]) sum += 0.5;
      else if (!(x[i] < y[j])) sum += x[i] > y[j] ? 1 : NaN;
    }
  }
  return sum / (x.length * y.length);
}

/**
 * Writes the share of runs that score higher than each threshold: out[k] ← (1/M) Σₘ (1/N) Σᵢ [xᵢ > τₖ],
 * the run-score distribution, whose area above 0 is the mean score where no score is below 0.
 *
 * Scores of several tasks need a common scale. Source: Agarwal et al. 2021, arXiv 2108.13264, section 4.2.
 */
export function performanceProfile(
  scores: RunScores,
  thresholds: ArrayLike<number>,
  out: Vector,
): void {
  out.fill(0);
  for (const runs of scores) {
    const share = 1 / (runs.length * scores.length);
    for (let k = 0; k < thresholds.length; k++) {
      let above = 0;
      for (let i = 0; i < runs.length; i++) if (runs[i] > thresholds[k]) above++;
      out[k] += above * share;
    }
  }
}

/**
 * By how much runs fall short of a target: γ − (1/M) Σₘ (1/N) Σᵢ min(xᵢ, γ).
 *
 * What exceeds the target does not make up for what falls short. Smaller is better, and 0 says that every
 * run reached γ. Source: Agarwal et al. 2021, arXiv 2108.13264, section 4.3.
 */
export function optimalityGap(scores: RunScores, target = 1): number {
  const capped = (runs: ArrayLike<number>): number =>
    mean(Float64Array.from(runs, (score) => Math.min(score, target)));
  return target - mean(scores.map(capped));
}
