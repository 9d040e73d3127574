import type { Baseline } from "../baseline/baseline.ts";
import { createExaminer, type Diagnosis } from "../diagnosis/diagnosis.ts";
import { exactFisher } from "../fisher/exact.ts";
import type { DirectionSource, Refusal } from "../direction/direction.ts";
import { policyGradientTheorem } from "../gradient/policy-gradient-theorem.ts";
import { uniformStates } from "../gradient/state-weighting.ts";
import { createSurrogate, type Surrogate } from "../gradient/surrogate.ts";
import type { LinearOperator } from "../linear/operator.ts";
import { jointly, type Resumable, vectorState } from "../math/resumable.ts";
import { dot, norm, type Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";
import type { Agent, UpdateReport } from "./agent.ts";
import { type Attempt, attemptStep } from "./attempt.ts";
import {
  type DirectedParts,
  directionOf,
  type LearningParts,
  type NaturalGradientParts,
  requireParts,
} from "./parts.ts";
import { problemIn } from "./problem.ts";

/** Why a policy that normalises observations takes no step yet. */
const FIRST = "postponed: the first batch gives the statistics of the observations";

/** λ after the first failure of an undamped solve. */
const FIRST_DAMPING = 1e-3;

/**
 * θ ← θ + α w, the only composition: Â → g → w → α → θ.
 *
 * - Â and the weights ρ: `advantage` with its `baseline`, and `weighting`. They make the surrogate, by
 *   which every step is measured, whatever g and w come from.
 * - g ≈ ∇J: `gradient`, by default the surrogate's own, Jᵀ(ρ ⊙ Â ⊙ score); F w where w is regressed
 *   with compatible features.
 * - w: `direction`; or `fisher` and `solver`, short for `solved(fisher, solver)`, w ≈ (F + λI)⁻¹ g.
 * - α: `step`, from gᵀw, wᵀFw and trials on the surrogate. Where the policy allows only some θ, a trial
 *   is of the projection of θ + αw and so is what is reported as measured; predictions are of α w.
 *
 * The curvature that a step rule sees is always that of the exact Fisher matrix, so a diagonal or
 * identity model, too, takes a step of the KL asked for. Non-positive curvature, a number that is
 * not finite or a refused step raises λ and asks for w again; after `retries` the update is rejected
 * and θ stays bit for bit as it was. So it does where the source of w postpones the step.
 *
 * Where the policy normalises observations, the first batch gives their statistics and no step; from
 * then on they are those of all batches before, for the batch as it is collected, its ratios and the
 * KL of its step, and take it in after the step. θ fixed, that moves the policy too: `movedKl` tells by
 * how much in all, and the step rule does not bound it.
 *
 * @throws RangeError for a negative damping or number of retries, or for a gradient or direction with
 *   another discount than the advantages.
 */
export function naturalGradient<A extends LinearOperator>(
  parts: NaturalGradientParts<A> | DirectedParts,
): Agent {
  const { policy, baseline, advantage, retries = 5 } = parts;
  const { weighting = uniformStates(), gradient = policyGradientTheorem() } = parts;
  const direction = directionOf(parts);
  requireParts(parts, direction);
  const [g, w, fw, candidate] = [0, 1, 2, 3].map(() => new Float64Array(policy.theta.length));
  const metric = exactFisher();
  const examiner = createExaminer(policy);
  let surrogate: Surrogate | undefined;
  let returns = new Float64Array(0);

  /** Fills Â, the weights and g; returns what is wrong with them, if anything is. */
  const prepare = (batch: Batch, at: Surrogate, critic: Baseline): string | undefined => {
    at.at(batch);
    weighting(batch, at.weights);
    advantage.estimate(batch, critic, at.advantages, returns);
    gradient.estimate(batch, at, g);
    return problemIn({ ...policy, batch, surrogate: at, g });
  };

  const search = (batch: Batch, at: Surrogate): Attempt => {
    if (policy.normaliser?.count === 0) return refusal(FIRST, parts.damping, w);
    const directions = direction.at(batch, at);
    const { distribution } = policy;
    const known = directions.metric;
    const f = known ?? metric.at(at.point, distribution, batch.actions, at.weights);
    let damping = parts.damping;
    for (let solves = 1; ; solves++) {
      const { refusal, compatible, ...solve } = directions.find(g, damping, w);
      if (compatible === true) f.apply(w, g);
      const curvature = (known && solve.curvature) ?? quadraticForm(f, w, fw);
      const context = { surrogate: at, curvature, g, w, refusal, theta: policy.theta, candidate };
      const attempt = attemptStep(context, parts.step, { solve, damping, solves });
      const settled = attempt.stepSize > 0 || attempt.outcome.startsWith("postponed");
      if (settled || solves > retries) return attempt;
      damping = Math.max(10 * damping, FIRST_DAMPING);
    }
  };

  return {
    policy,
    discount: advantage.discount,
    state: stateOf({ policy, baseline, gradient, direction }),
    update: (batch, { diagnose = false } = {}) => {
      const count = batch.observations.count;
      if (surrogate?.advantages.length !== count) {
        surrogate = (parts.surrogate ?? createSurrogate)(policy, count, parts.divergence);
        returns = new Float64Array(count);
      }
      const exam = diagnose ? examiner : undefined;
      const problem = prepare(batch, surrogate, exam?.watch(baseline, batch) ?? baseline);
      const seen = exam?.examine(batch, surrogate, returns, parts.gradient ? undefined : g);
      if (problem !== undefined) {
        return reported(rejected(problem, parts, w), seen, g, w);
      }
      const attempt = search(batch, surrogate);
      if (attempt.stepSize > 0) policy.theta.set(candidate);
      baseline.fit(batch.observations, returns);
      return reported({ ...attempt, ...moveStatistics(batch, surrogate) }, seen, g, w);
    },
  };
}

interface Remembering extends Required<Pick<LearningParts, "policy" | "baseline" | "gradient">> {
  readonly direction: DirectionSource;
}

/** θ, and what the parts remember. */
function stateOf({ policy, baseline, gradient, direction }: Remembering): Resumable {
  return jointly({
    theta: vectorState("theta", policy.theta),
    observations: policy.normaliser?.state,
    baseline: baseline.state,
    gradient: gradient.state,
    direction: direction.state,
  });
}

/**
 * Lets the policy take in the observations of the batch, after its step: θ stays, the function moves.
 * The surrogate still holds the policy that collected the batch, whose distance it then measures.
 */
function moveStatistics(
  { observations }: Batch,
  surrogate: Surrogate,
): Pick<UpdateReport, "movedKl"> {
  const { normaliser, theta } = surrogate.policy;
  if (normaliser === undefined) return {};
  normaliser.update(observations);
  return { movedKl: surrogate.measure(theta).kl };
}

/** wᵀFw; `fw` ← F w. */
function quadraticForm(f: LinearOperator, w: Vector, fw: Vector): number {
  f.apply(w, fw);
  return dot(w, fw);
}

function reported(
  { effectiveShare, ...attempt }: Attempt,
  seen: Omit<Diagnosis, "effectiveShare"> | undefined,
  gradient: Vector,
  direction: Vector,
): UpdateReport {
  const diagnosis = seen && { diagnosis: { ...seen, effectiveShare } };
  return { ...attempt, gradientNorm: norm(gradient), ...diagnosis, gradient, direction };
}

/** The report of an update whose batch has something wrong, of which nothing is learnt. */
function rejected(problem: string, { damping, policy }: LearningParts, w: Vector): Attempt {
  const still = policy.normaliser && { movedKl: 0 };
  return { ...refusal(`rejected: ${problem}`, damping, w), ...still };
}

/** The report of an update without a solve. */
function refusal(outcome: Refusal, damping: number, w: Vector): Attempt {
  w.fill(0);
  return {
    outcome,
    slope: 0,
    solve: { status: "not-tried", iterations: 0, residual: NaN },
    damping,
    solves: 0,
    curvature: 0,
    stepSize: 0,
    backtracks: 0,
    predictedKl: 0,
    kl: 0,
    predictedGain: 0,
    gain: 0,
    effectiveShare: 1,
  };
}
