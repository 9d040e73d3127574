import type { AdvantageEstimator } from "../advantage/advantage.ts";
import type { Baseline } from "../baseline/baseline.ts";
import { exactFisher } from "../fisher/exact.ts";
import type { FisherModel } from "../fisher/fisher.ts";
import type { Divergence } from "../gradient/divergence.ts";
import { type StateWeighting, uniformStates } from "../gradient/state-weighting.ts";
import { createSurrogate, type Surrogate, type SurrogateMaker } from "../gradient/surrogate.ts";
import type { LinearOperator } from "../linear/operator.ts";
import { dot, norm, type Vector } from "../math/vector.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch } from "../rollout/batch.ts";
import type { Solver } from "../solver/solver.ts";
import type { StepRule } from "../step/step-rule.ts";
import type { Agent, UpdateReport } from "./agent.ts";
import { type Attempt, attemptStep } from "./attempt.ts";
import { problemIn } from "./problem.ts";

/** The sentence that makes an agent: fisher × solver × damping × step. */
export interface NaturalGradientParts<A extends LinearOperator> {
  readonly policy: Policy;
  readonly baseline: Baseline;
  readonly advantage: AdvantageEstimator;
  /** Which state distribution g and F are averaged over; as visited by default. */
  readonly weighting?: StateWeighting;
  readonly fisher: FisherModel<A>;
  /** λ of the first solve. */
  readonly damping: number;
  readonly solver: Solver<A>;
  readonly step: StepRule;
  /** What the step rule and the report measure a step by; KL(old ‖ new) by default. */
  readonly divergence?: Divergence;
  /** How the batch is computed on: in one piece by default, or spread over threads. */
  readonly surrogate?: SurrogateMaker;
  /** How often λ is raised tenfold after a failed solve or step before the update is rejected. */
  readonly retries?: number;
}

/** λ after the first failure of an undamped solve. */
const FIRST_DAMPING = 1e-3;

/**
 * θ ← θ + α w with w ≈ (F + λI)⁻¹ g, the only composition: Â → g → F → w → α → θ.
 *
 * The curvature that a step rule sees is always that of the exact Fisher matrix, so a diagonal or
 * identity model, too, takes a step of the KL asked for. Non-positive curvature, a number that is
 * not finite or a refused step raises λ and solves again; after `retries` the update is rejected and
 * θ stays bit for bit as it was.
 *
 * @throws RangeError for a negative damping or number of retries.
 */
export function naturalGradient<A extends LinearOperator>(parts: NaturalGradientParts<A>): Agent {
  const { policy, baseline, advantage, weighting = uniformStates() } = parts;
  requireSettings(parts.damping, parts.retries ?? 5);
  const g = new Float64Array(policy.theta.length);
  const w = new Float64Array(policy.theta.length);
  const fw = new Float64Array(policy.theta.length);
  const candidate = new Float64Array(policy.theta.length);
  const metric = exactFisher();
  let surrogate: Surrogate | undefined;
  let returns = new Float64Array(0);

  /** Fills Â, the weights and g; returns what is wrong with them, if anything is. */
  const prepare = (batch: Batch, at: Surrogate): string | undefined => {
    at.at(batch);
    weighting(batch, at.weights);
    advantage.estimate(batch, baseline, at.advantages, returns);
    at.gradient(g);
    return problemIn({ batch, surrogate: at, theta: policy.theta, g });
  };

  /** wᵀFw. */
  const curvatureAlong = (f: LinearOperator): number => {
    f.apply(w, fw);
    return dot(w, fw);
  };

  const search = (batch: Batch, at: Surrogate): Attempt => {
    const { distribution } = policy;
    const a = parts.fisher.at(at.point, distribution, batch.actions, at.weights);
    const { exact = false } = parts.fisher;
    const f = exact ? a : metric.at(at.point, distribution, batch.actions, at.weights);
    let damping = parts.damping;
    for (let solves = 1; ; solves++) {
      const solve = parts.solver.solve(a, damping, g, w);
      const curvature = (exact ? solve.curvature : undefined) ?? curvatureAlong(f);
      const context = { surrogate: at, curvature, g, w, theta: policy.theta, candidate };
      const attempt = attemptStep(context, parts.step, { solve, damping, solves });
      if (attempt.stepSize > 0 || solves > (parts.retries ?? 5)) return attempt;
      damping = Math.max(10 * damping, FIRST_DAMPING);
    }
  };

  return {
    policy,
    discount: advantage.discount,
    update: (batch) => {
      const count = batch.observations.count;
      if (surrogate?.advantages.length !== count) {
        surrogate = (parts.surrogate ?? createSurrogate)(policy, count, parts.divergence);
        returns = new Float64Array(count);
      }
      const problem = prepare(batch, surrogate);
      if (problem !== undefined) return rejection(problem, parts.damping, g, w);
      const attempt = search(batch, surrogate);
      if (attempt.stepSize > 0) policy.theta.set(candidate);
      baseline.fit(batch.observations, returns);
      return { ...attempt, gradientNorm: norm(g), gradient: g, direction: w };
    },
  };
}

function requireSettings(damping: number, retries: number): void {
  if (!(damping >= 0 && damping < Infinity)) {
    throw new RangeError(`naturalGradient: damping must be a number of at least 0, got ${damping}`);
  }
  if (!Number.isInteger(retries) || retries < 0) {
    throw new RangeError(
      `naturalGradient: retries must be an integer of at least 0, got ${retries}`,
    );
  }
}

function rejection(reason: string, damping: number, g: Vector, w: Vector): UpdateReport {
  w.fill(0);
  return {
    outcome: `rejected: ${reason}`,
    gradientNorm: norm(g),
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
    gradient: g,
    direction: w,
  };
}
