import { createRows } from "../math/rows.ts";
import { requireUnitInterval } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";
import { discountedLength, requireWholeEpisodes } from "../rollout/whole-episodes.ts";
import { type LikelihoodRatioOptions, noBaseline, optimalBaseline } from "./component-baseline.ts";
import type { GradientEstimator } from "./gradient-estimator.ts";
import { createStepScores } from "./step-scores.ts";

/**
 * G(PO)MDP: gₕ = ⟨Σₜ zₜₕ (γᵗrₜ − bₜₕ)⟩ / D over whole episodes, zₜ = Σ_{k≤t} ∇log π(aₖ | oₖ; θ), with
 * a baseline for each component and time, bₜₕ = ⟨zₜₕ²γᵗrₜ⟩ / ⟨zₜₕ²⟩.
 *
 * A reward is credited to the actions before it alone. An episode that terminated goes on with r = 0
 * and its last z up to the length of the longest, since the time of its end depends on θ too. Takes
 * neither the advantages nor the weights of the batch. Without a baseline, or with
 * `leaveOneOutBaseline`, g·D is unbiased for ∇J.
 *
 * Source: Baxter & Bartlett 2001, of whose average-reward estimate this is the episodic form; the
 * baseline is that of Peters & Schaal 2008, Neural Networks 21:682-697, table 4.
 *
 * @throws RangeError for γ outside [0, 1]; in `estimate` for episodes in parts, or a single one with a
 *   baseline.
 */
export function gpomdp({
  discount,
  baseline = optimalBaseline,
}: LikelihoodRatioOptions): GradientEstimator {
  requireUnitInterval("gpomdp", "discount", discount);
  const scoresOf = createStepScores();
  let traces = createRows(0, 0);
  let rewards = new Float64Array(0);

  return {
    discount,
    estimate: (batch, surrogate, g) => {
      requireWholeEpisodes("gpomdp", batch, baseline === noBaseline ? 1 : 2);
      const { episodes } = batch;
      const [count, width] = [episodes.length, g.length];
      if (traces.count !== count || traces.width !== width) {
        traces = createRows(count, width);
        rewards = new Float64Array(count);
      }
      traces.data.fill(0);
      g.fill(0);
      const scores = scoresOf(batch, surrogate);
      let weight = 1;
      for (let t = 0; t < longest(batch); t++) {
        episodes.forEach(({ start, end }, e) => {
          const alive = start + t < end;
          rewards[e] = alive ? weight * batch.rewards[start + t] : 0;
          if (alive) scores.add(start + t, traces.data, e * width);
        });
        for (let h = 0; h < width; h++) g[h] += componentSum(h);
        weight *= discount;
      }
      scaleBy(1 / (count * discountedLength(batch, discount)), g);
    },
  };

  /** Σₑ zₑₕ (γᵗrₑ − bₑₕ) at one time. */
  function componentSum(h: number): number {
    const { count, width, data } = traces;
    let [product, square] = [0, 0];
    for (let e = 0; e < count; e++) {
      const z = data[e * width + h];
      product += z * z * rewards[e];
      square += z * z;
    }
    let sum = 0;
    for (let e = 0; e < count; e++) {
      const z = data[e * width + h];
      sum += z * (rewards[e] - baseline(product, square, z * z, rewards[e]));
    }
    return sum;
  }
}

function longest({ episodes }: Batch): number {
  return episodes.reduce((length, { start, end }) => Math.max(length, end - start), 0);
}

function scaleBy(factor: number, x: Vector): void {
  for (let j = 0; j < x.length; j++) x[j] *= factor;
}
