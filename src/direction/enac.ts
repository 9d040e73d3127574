import { power } from "../math/elementary.ts";
import { createStepScores, type StepScores } from "../gradient/step-scores.ts";
import { requireUnitInterval } from "../math/scalar.ts";
import { addScaled, type Vector } from "../math/vector.ts";
import type { Batch, Episode } from "../rollout/batch.ts";
import { discountedReturn, requireWholeEpisodes } from "../rollout/whole-episodes.ts";
import type { DirectionSource } from "./direction.ts";
import {
  addOuter,
  addSquares,
  clearRegression,
  createRegression,
  solveRegression,
  tooFewEpisodes,
} from "./regression.ts";
import type { ValueFeatures } from "./value-features.ts";

export interface EpisodicOptions {
  /** γ of the returns. */
  readonly discount: number;
  /**
   * Whether the score of step t is weighted by γᵗ (the default), as in eqs. 12 and 44, which follow
   * from the definitions; tables 5 and 6 print scores without weights. The same for γ = 1.
   */
  readonly discountScores?: boolean;
}

export interface EnacOptions extends EpisodicOptions {
  /** φ of V(o₀) ≈ vᵀφ(o₀); where left out the constant of the papers, V(o₀) ≈ b. */
  readonly features?: ValueFeatures;
}

/**
 * The episodic natural actor-critic with a constant baseline: w and b by least squares over M whole
 * episodes, R ≈ Ψᵀw + b, with Ψ = Σₜ γᵗ∇log π(aₜ | oₜ; θ) and R = Σₜ γᵗrₜ.
 *
 * It sums Â = wᵀ∇log π along an episode: Σₜ γᵗÂₜ = R − V(o₀) + γᵀV(o_T), with V(o₀) ≈ b and the end
 * left out. The normal equations are F w + φb = g, φᵀw + Mb = r̄ with the **sums** F = Σ ΨΨᵀ, φ = Σ Ψ,
 * g = Σ ΨR, r̄ = Σ R over the episodes. Eliminating w gives b = Q(r̄ − φᵀF⁻¹g) with
 * Q = (M − φᵀF⁻¹φ)⁻¹ = M⁻¹(1 + φᵀ(MF − φφᵀ)⁻¹φ), the Q of table 5: it holds for sums. For averages it
 * is 1 + φᵀ(F − φφᵀ)⁻¹φ, without the M.
 *
 * λ is added to F per step, F/Σγ²ᵗ. Fewer episodes than unknowns, P + 1, are `not-positive-definite`
 * whatever λ is.
 *
 * With `features`, V(o₀) ≈ vᵀφ(o₀), and an episode that was truncated goes on with its value,
 * R ≈ Ψᵀw + vᵀ(φ(o₀) − γᵀφ(o_T)): the spread of starts then is no noise, and parts of episodes will do
 * for whole ones. This is not in the papers; it is exact where Â and V are linear in ∇log π and φ and
 * no transition is random.
 *
 * Source: Peters & Schaal 2008, Neurocomputing 71:1180-1190, eq. 12 and table 2; Neural Networks
 * 21:682-697, eqs. 44-47 and table 5.
 *
 * @throws RangeError for γ outside [0, 1], and without features for a batch of episodes in parts.
 */
export function enac({ discount, discountScores = true, features }: EnacOptions): DirectionSource {
  requireUnitInterval("enac", "discount", discount);
  const decay = discountScores ? discount : 1;
  const scoresOf = createStepScores();
  let regression = createRegression(0);
  /** (Ψ, φ) of an episode. */
  let x = new Float64Array(0);

  return {
    discount,
    at: (batch, surrogate) => {
      if (features === undefined) requireWholeEpisodes("enac", batch);
      const parameters = surrogate.point.parameterCount;
      const unknowns = parameters + (features?.size(batch.observations.width) ?? 1);
      if (x.length !== unknowns) {
        x = new Float64Array(unknowns);
        regression = createRegression(unknowns);
      }
      clearRegression(regression);
      const scores = scoresOf(batch, surrogate);
      batch.episodes.forEach((episode, e) => {
        regression.steps += sumScores(scores, episode, decay, x);
        if (features === undefined) x[parameters] = 1;
        else writeStart(batch, e, { discount, features }, x.subarray(parameters));
        addOuter(x, x, regression.matrix);
        addScaled(discountedReturn(batch, episode, discount), x, regression.right);
        addSquares(x, regression.squares);
      });
      const episodes = batch.episodes.length;
      return {
        find: (_, damping, w) =>
          tooFewEpisodes("eNAC", { episodes, unknowns }, w) ??
          solveRegression("eNAC", regression, damping, w),
      };
    },
  };
}

/** x ← Σₜ decayᵗ∇log π(aₜ | oₜ; θ), by Horner's rule; returns Σₜ decay²ᵗ. */
function sumScores(scores: StepScores, { start, end }: Episode, decay: number, x: Vector): number {
  x.fill(0);
  let steps = 0;
  for (let i = end - 1; i >= start; i--) {
    for (let j = 0; j < x.length; j++) x[j] *= decay;
    scores.add(i, x, 0);
    steps = 1 + decay * decay * steps;
  }
  return steps;
}

/** out ← φ(o₀) − γᵀφ(o_T) of episode e, without the end where it terminated. */
function writeStart(
  { observations, lastObservations, episodes }: Batch,
  e: number,
  { discount, features }: Required<Pick<EnacOptions, "discount" | "features">>,
  out: Vector,
): void {
  const { start, end, ending } = episodes[e];
  features.write(observations, start, out, 0);
  if (ending === "terminated") return;
  const last = new Float64Array(out.length);
  features.write(lastObservations, e, last, 0);
  addScaled(-power(discount, end - start), last, out);
}
