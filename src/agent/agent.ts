import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { Refusal } from "../direction/direction.ts";
import type { Resumable } from "../math/resumable.ts";
import type { Vector } from "../math/vector.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch } from "../rollout/batch.ts";
import type { SolveReport } from "../solver/solver.ts";

/**
 * Accepted at full length; accepted after shortening or more damping; rejected, and why; or, by a
 * source of directions that waits for more batches or by statistics without observations yet,
 * postponed, and why.
 */
export type Outcome = "accepted" | "shrunk" | Refusal;

/** What an update did, and why. Where no step was taken, the step size, KL and gain are 0. */
export interface UpdateReport {
  readonly outcome: Outcome;
  /** ‖g‖. */
  readonly gradientNorm: number;
  /** gᵀw. */
  readonly slope: number;
  /** The last solve. */
  readonly solve: SolveReport;
  /** λ of the last solve. */
  readonly damping: number;
  /** Solves, one more for each time that λ was raised. */
  readonly solves: number;
  /** wᵀFw of the exact, undamped F. */
  readonly curvature: number;
  /** α. */
  readonly stepSize: number;
  /** By how many trials the step rule shortened the step, taken in the end or not. */
  readonly backtracks: number;
  /** ½α²·wᵀFw, in nats. */
  readonly predictedKl: number;
  /** Mean KL(old ‖ new) over the batch, or of the divergence that the agent measures, in nats. */
  readonly kl: number;
  /**
   * The same between the policies that collect this batch and the next, where statistics of the
   * observations moved besides θ; left out for a policy that does not normalise them.
   */
  readonly movedKl?: number;
  /** α·gᵀw. */
  readonly predictedGain: number;
  /** Rise of the surrogate over the batch. */
  readonly gain: number;
  /** What the batch and the step tell of how learning goes, where that was asked for. */
  readonly diagnosis?: Diagnosis;
  /** g, an estimate of ∇J. Valid until the next update. */
  readonly gradient: Vector;
  /** w, solved from g or regressed from the batch. Valid until the next update. */
  readonly direction: Vector;
}

export interface UpdateOptions {
  /**
   * Whether to add a diagnosis: one more Jᵀu and passes over the batch, which change no bit of what is
   * learnt.
   */
  readonly diagnose?: boolean;
}

/** A policy that learns from batches. */
export interface Agent {
  readonly policy: Policy;
  /** γ of the returns that it maximises. */
  readonly discount: number;
  /** One step of learning. Bad numbers reject the update and leave θ bit for bit as it was. */
  update(batch: Batch, options?: UpdateOptions): UpdateReport;
  /** θ and all that the parts remember; what a checkpoint holds. */
  readonly state: Resumable;
}
