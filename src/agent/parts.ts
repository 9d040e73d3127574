import type { AdvantageEstimator } from "../advantage/advantage.ts";
import type { Baseline } from "../baseline/baseline.ts";
import type { DirectionSource } from "../direction/direction.ts";
import { solved } from "../direction/solved.ts";
import type { FisherModel } from "../fisher/fisher.ts";
import type { Divergence } from "../gradient/divergence.ts";
import type { GradientEstimator } from "../gradient/gradient-estimator.ts";
import type { StateWeighting } from "../gradient/state-weighting.ts";
import type { SurrogateMaker } from "../gradient/surrogate.ts";
import type { LinearOperator } from "../linear/operator.ts";
import type { Policy } from "../policy/policy.ts";
import type { Solver } from "../solver/solver.ts";
import type { StepRule } from "../step/step-rule.ts";

/** All parts of an agent but the source of its directions. */
export interface LearningParts {
  readonly policy: Policy;
  readonly baseline: Baseline;
  readonly advantage: AdvantageEstimator;
  /** Which state distribution g and F are averaged over; as visited by default. */
  readonly weighting?: StateWeighting;
  /** Where g comes from; the gradient of the surrogate by default. */
  readonly gradient?: GradientEstimator;
  /** λ of the first solve. */
  readonly damping: number;
  readonly step: StepRule;
  /** What the step rule and the report measure a step by; KL(old ‖ new) by default. */
  readonly divergence?: Divergence;
  /** How the batch is computed on: in one piece by default, or spread over threads. */
  readonly surrogate?: SurrogateMaker;
  /** How often λ is raised tenfold after a failed solve or step before the update is rejected. */
  readonly retries?: number;
}

/** The sentence that makes an agent: gradient × fisher × solver × damping × step. */
export interface NaturalGradientParts<A extends LinearOperator> extends LearningParts {
  readonly fisher: FisherModel<A>;
  readonly solver: Solver<A>;
  readonly direction?: never;
}

/** The sentence with a direction of any source: gradient × direction × damping × step. */
export interface DirectedParts extends LearningParts {
  readonly direction: DirectionSource;
  readonly fisher?: never;
  readonly solver?: never;
}

/** Where w comes from: as given, or `solved(fisher, solver)`. */
export function directionOf<A extends LinearOperator>(
  parts: NaturalGradientParts<A> | DirectedParts,
): DirectionSource {
  return parts.direction ?? solved(parts.fisher, parts.solver);
}

/** @throws RangeError for a negative damping or number of retries, or two discounts. */
export function requireParts(parts: LearningParts, direction: DirectionSource): void {
  const { damping, retries = 0, gradient, advantage } = parts;
  if (!(damping >= 0 && damping < Infinity)) {
    throw new RangeError(`naturalGradient: damping must be a number of at least 0, got ${damping}`);
  }
  if (!Number.isInteger(retries) || retries < 0) {
    throw new RangeError(
      `naturalGradient: retries must be an integer of at least 0, got ${retries}`,
    );
  }
  for (const [name, part] of Object.entries({ gradient, direction })) {
    const discount = part?.discount ?? advantage.discount;
    if (discount === advantage.discount) continue;
    throw new RangeError(
      `naturalGradient: the ${name} must have the discount ${advantage.discount} of the advantages, got ${discount}`,
    );
  }
}
