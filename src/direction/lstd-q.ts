import { cos } from "../math/elementary.ts";
import { type Resumable, savedPart, savedVector } from "../math/resumable.ts";
import { requireUnitInterval } from "../math/scalar.ts";
import { cosine, firstNonFinite, type Vector } from "../math/vector.ts";
import type { DirectionReport, DirectionSource, Refusal } from "./direction.ts";
import { createLstdSums } from "./lstd-sums.ts";
import {
  addRegression,
  createRegression,
  type Regression,
  restoreRegression,
  saveRegression,
  scaleRegression,
  solveRegression,
} from "./regression.ts";
import { createTraces } from "./traces.ts";
import type { ValueFeatures } from "./value-features.ts";

export interface LstdQOptions {
  /** γ of the returns. */
  readonly discount: number;
  /** φ of V(o) ≈ vᵀφ(o). */
  readonly features: ValueFeatures;
  /** λ of the traces, in [0, 1]; 1 where left out. */
  readonly lambda?: number;
  /** β in [0, 1], the share of what was seen that outlives a change of θ; 0 where left out. */
  readonly forgetting?: number;
  /**
   * ε in radians, the largest angle between the w of two batches at the same θ for a step to be taken;
   * π, so that every batch gives a step, where left out.
   */
  readonly angle?: number;
}

/**
 * The natural actor-critic: w of LSTD-Q(λ), which solves r ≈ φ̂ᵀ(v, w) − γφ̃ᵀ(v, w) for the parameters of
 * V(o) ≈ vᵀφ(o) and Â(o, a) ≈ wᵀ∇log π(a | o; θ) at once.
 *
 * At each step φ̂ = (φ(oₜ), ∇log π), φ̃ = (φ(oₜ₊₁), 0), z ← γλz + φ̂, A ← A + z(φ̂ − γφ̃)ᵀ, b ← b + zr; then
 * (v, w) = A⁻¹b. After a termination φ̃ = 0; a truncated episode goes on with the value of its last
 * observation; z starts at 0 in each episode, and goes on where the end of a batch cut one in two, so
 * that at one θ a result does not depend on the length of batches.
 *
 * Once θ has moved, z, A, b ← β(z, A, b). w is F⁻¹(1 − γ)∇J, per step, over states as visited; λ of the
 * solve, the damping, is added to the Fisher matrix of one step, A_ww/N. Sums over fewer steps than
 * unknowns, and a w that has turned by more than ε since the batch before, are postponed.
 *
 * Exact where V and Â are linear in the features and no transition is random; then for every λ. With a
 * V that is not linear in φ, w is unbiased for λ = 1 alone, and may point downhill for λ = 0.
 *
 * Differs from the source, which prints z ← λz + φ̂: by that, λ = 1 is unaffected by a wrong V for γ = 1
 * only; its λ is our γλ. Its angle is between estimates of successive steps, ours of batches.
 *
 * Source: Peters & Schaal 2008, Neurocomputing 71:1180-1190, table 1; Boyan 1999 for LSTD(λ).
 *
 * @throws RangeError for γ, λ or β outside [0, 1], or an ε outside (0, π].
 */
export function lstdQ(options: LstdQOptions): DirectionSource {
  const { discount, features, lambda = 1, forgetting = 0, angle = Math.PI } = options;
  requireOptions({ discount, lambda, forgetting, angle });
  const sumsOf = createLstdSums({ features, discount, decay: discount * lambda });
  const traces = createTraces();
  let sums = createRegression(0);
  let theta = new Float64Array(0);
  /** w of the last batch at this θ, and of this one. */
  let [before, now]: (Vector | undefined)[] = [];

  /** Starts anew for another size, and forgets where θ has moved. */
  const moveTo = (at: Vector, unknowns: number): void => {
    if (sums.right.length !== unknowns) {
      sums = createRegression(unknowns);
      traces.clear();
      theta = at.slice();
    } else if (at.some((value, j) => value !== theta[j])) {
      scaleRegression(sums, forgetting);
      traces.scale(forgetting);
      theta.set(at);
    } else return;
    now = undefined;
  };

  const state: Resumable = {
    save: () => ({
      sums: saveRegression(sums),
      traces: traces.state.save(),
      theta: theta.slice(),
      direction: now?.slice() ?? null,
    }),
    restore: (saved) => {
      sums = restoreRegression(savedPart(saved, "sums"));
      traces.state.restore(savedPart(saved, "traces"));
      theta = savedVector(saved, "theta").slice();
      now = savedPart(saved, "direction") === null ? undefined : savedVector(saved, "direction");
    },
  };

  return {
    discount,
    state,
    at: (batch, surrogate) => {
      const parameters = surrogate.point.parameterCount;
      const unknowns = parameters + features.size(batch.observations.width);
      moveTo(surrogate.policy.theta, unknowns);
      before = now;
      now = undefined;
      const own = sumsOf(batch, surrogate, traces);
      const sound = firstNonFinite(own.matrix.data) < 0 && firstNonFinite(own.right) < 0;
      if (sound) addRegression(own, sums);
      else traces.clear();
      return {
        find: (_, damping, w): DirectionReport => {
          const report = solveRegression("LSTD-Q", sums, damping, w);
          now = report.status === "converged" ? w.slice() : undefined;
          const refusal =
            unready(sound, sums, unknowns) ?? report.refusal ?? unsettled(before, w, angle);
          return { ...report, ...(refusal && { refusal }) };
        },
      };
    },
  };
}

/** Why the sums cannot be solved yet. */
function unready(sound: boolean, { steps }: Regression, unknowns: number): Refusal | undefined {
  if (!sound) return "rejected: the sums of LSTD-Q over the batch overflow";
  if (steps >= unknowns) return undefined;
  return `postponed: LSTD-Q needs ${unknowns} steps for as many unknowns, got ${steps}`;
}

/** Why w has not settled: how far it has turned since the batch before. */
function unsettled(before: Vector | undefined, w: Vector, angle: number): Refusal | undefined {
  if (angle >= Math.PI) return undefined;
  if (before === undefined) return "postponed: the first w at this θ, with none to compare it to";
  const settled = cos(angle);
  const reached = cosine(before, w);
  if (reached >= settled) return undefined;
  return `postponed: w has a cosine of ${reached.toFixed(5)} with the one before, below ${settled.toFixed(5)}`;
}

function requireOptions({
  discount,
  lambda,
  forgetting,
  angle,
}: Required<Omit<LstdQOptions, "features">>): void {
  for (const [name, value] of Object.entries({ discount, lambda, forgetting })) {
    requireUnitInterval("lstdQ", name, value);
  }
  if (angle > 0 && angle <= Math.PI) return;
  throw new RangeError(`lstdQ: angle must lie in (0, π] radians, got ${angle}`);
}
