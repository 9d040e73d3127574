import { createRows } from "../math/rows.ts";
import { requireUnitInterval } from "../math/scalar.ts";
import {
  discountedLength,
  discountedReturn,
  requireWholeEpisodes,
} from "../rollout/whole-episodes.ts";
import { type LikelihoodRatioOptions, noBaseline, optimalBaseline } from "./component-baseline.ts";
import type { GradientEstimator } from "./gradient-estimator.ts";
import { createStepScores } from "./step-scores.ts";

/**
 * Episodic REINFORCE: gₕ = ⟨Sₕ (R − bₕ)⟩ / D over whole episodes, S = Σₜ ∇log π(aₜ | oₜ; θ),
 * R = Σₜ γᵗ rₜ, with a baseline for each component, bₕ = ⟨Sₕ²R⟩ / ⟨Sₕ²⟩.
 *
 * Every reward is credited to every action, so the variance grows with the length of episodes. Takes
 * neither the advantages nor the weights of the batch. Without a baseline, or with
 * `leaveOneOutBaseline`, g·D is unbiased for ∇J.
 *
 * Source: Williams 1992; the baseline is that of Peters & Schaal 2008, Neural Networks 21:682-697,
 * table 3.
 *
 * @throws RangeError for γ outside [0, 1]; in `estimate` for episodes in parts, or a single one with a
 *   baseline.
 */
export function reinforce({
  discount,
  baseline = optimalBaseline,
}: LikelihoodRatioOptions): GradientEstimator {
  requireUnitInterval("reinforce", "discount", discount);
  const scoresOf = createStepScores();
  let sums = createRows(0, 0);
  let returns = new Float64Array(0);

  return {
    discount,
    estimate: (batch, surrogate, g) => {
      requireWholeEpisodes("reinforce", batch, baseline === noBaseline ? 1 : 2);
      const { episodes } = batch;
      const [count, width] = [episodes.length, g.length];
      if (sums.count !== count || sums.width !== width) {
        sums = createRows(count, width);
        returns = new Float64Array(count);
      }
      sums.data.fill(0);
      const scores = scoresOf(batch, surrogate);
      episodes.forEach((episode, e) => {
        returns[e] = discountedReturn(batch, episode, discount);
        for (let i = episode.start; i < episode.end; i++) scores.add(i, sums.data, e * width);
      });
      const scale = 1 / (count * discountedLength(batch, discount));
      for (let h = 0; h < width; h++) g[h] = scale * componentSum(h);
    },
  };

  /** Σₑ Sₑₕ (Rₑ − bₑₕ). */
  function componentSum(h: number): number {
    const { count, width, data } = sums;
    let [product, square] = [0, 0];
    for (let e = 0; e < count; e++) {
      const s = data[e * width + h];
      product += s * s * returns[e];
      square += s * s;
    }
    let sum = 0;
    for (let e = 0; e < count; e++) {
      const s = data[e * width + h];
      sum += s * (returns[e] - baseline(product, square, s * s, returns[e]));
    }
    return sum;
  }
}
