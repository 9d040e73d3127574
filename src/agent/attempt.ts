import { effectiveShare } from "../diagnosis/effective-share.ts";
import type { Refusal } from "../direction/direction.ts";
import type { Measurement, Surrogate } from "../gradient/surrogate.ts";
import { dot, firstNonFinite, sumScaled, type Vector } from "../math/vector.ts";
import type { SolveReport } from "../solver/solver.ts";
import type { StepRule } from "../step/step-rule.ts";
import type { UpdateReport } from "./agent.ts";

/** What a step is tried from: g and w at θ, wᵀFw of the exact Fisher matrix, and room for θ + αw. */
export interface StepContext {
  readonly surrogate: Surrogate;
  readonly curvature: number;
  readonly g: Vector;
  readonly w: Vector;
  /** Why the source of w would take no step along it. */
  readonly refusal: Refusal | undefined;
  readonly theta: Vector;
  /** Holds θ + αw, projected where the policy says so, after an attempt with α > 0. */
  readonly candidate: Vector;
}

/** The solve that gave w. */
export interface SolveContext {
  readonly solve: SolveReport;
  readonly damping: number;
  readonly solves: number;
}

/** A report less the vectors, and what the step leaves of the batch as a sample. */
export interface Attempt extends Omit<
  UpdateReport,
  "gradientNorm" | "gradient" | "direction" | "diagnosis"
> {
  readonly effectiveShare: number;
}

/** Lets the step rule choose α along w and measures it; θ is not touched. */
export function attemptStep(context: StepContext, rule: StepRule, solved: SolveContext): Attempt {
  const { w, curvature } = context;
  const slope = dot(context.g, w);
  const refuse = (reason: string): Attempt =>
    refused(solved, { slope, curvature }, `rejected: ${reason}`);

  if (context.refusal !== undefined) return refused(solved, { slope, curvature }, context.refusal);
  if (solved.solve.status === "not-positive-definite") {
    return refuse(`the damped Fisher matrix is not positive definite at λ = ${solved.damping}`);
  }
  if (firstNonFinite(w) >= 0) return refuse("the solver returned numbers that are not finite");
  if (!(slope > 0)) return refuse(`the direction does not ascend, gᵀw = ${slope}`);
  if (!(curvature > 0 && curvature < Infinity)) {
    return refuse(`the curvature wᵀFw must be positive, got ${curvature}`);
  }

  const dampedCurvature = curvature + solved.damping * dot(w, w);
  const trials = createTrials(context);
  const stepSize = rule({ slope, curvature, dampedCurvature, trial: trials.measure });
  if (!(stepSize > 0 && stepSize < Infinity)) {
    return { ...refuse(trials.refusal(stepSize)), backtracks: Math.max(trials.count - 1, 0) };
  }
  const trial = trials.last?.alpha === stepSize ? trials.last : trials.measure(stepSize);
  const { gain, kl, ratios, squaredRatios } = trial;
  if (!Number.isFinite(gain) || !Number.isFinite(kl) || firstNonFinite(context.candidate) >= 0) {
    return refuse(`the step α = ${stepSize} has gain ${gain} and KL ${kl}`);
  }
  const backtracks = Math.max(trials.count - 1, 0);
  return {
    ...solved,
    outcome: backtracks > 0 || solved.solves > 1 ? "shrunk" : "accepted",
    slope,
    curvature,
    stepSize,
    backtracks,
    predictedKl: 0.5 * stepSize * stepSize * curvature,
    kl,
    predictedGain: stepSize * slope,
    gain,
    effectiveShare: effectiveShare(ratios, squaredRatios, context.surrogate.weights.length),
  };
}

interface MeasuredTrial extends Measurement {
  readonly alpha: number;
}

/** Counts the trials of a step rule and keeps the last. */
function createTrials({ surrogate, w, theta, candidate }: StepContext): {
  readonly count: number;
  readonly last: MeasuredTrial | undefined;
  readonly measure: (alpha: number) => MeasuredTrial;
  readonly refusal: (alpha: number) => string;
} {
  let count = 0;
  let last: MeasuredTrial | undefined;
  return {
    get count() {
      return count;
    },
    get last() {
      return last;
    },
    measure: (alpha) => {
      sumScaled(theta, alpha, w, candidate);
      surrogate.policy.project?.(candidate);
      count++;
      last = { alpha, ...surrogate.measure(candidate) };
      return last;
    },
    refusal: (alpha) =>
      alpha === 0 && last !== undefined
        ? `no step accepted in ${count} trials, the last α = ${last.alpha} with gain ${last.gain} and KL ${last.kl}`
        : `the step rule returned α = ${alpha}`,
  };
}

/** A report of an attempt that takes no step. */
function refused(
  solved: SolveContext,
  { slope, curvature }: { slope: number; curvature: number },
  outcome: Refusal,
): Attempt {
  return {
    ...solved,
    outcome,
    slope,
    curvature,
    stepSize: 0,
    backtracks: 0,
    predictedKl: 0,
    kl: 0,
    predictedGain: 0,
    gain: 0,
    effectiveShare: 1,
  };
}
