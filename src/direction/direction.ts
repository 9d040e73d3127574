import type { Surrogate } from "../gradient/surrogate.ts";
import type { LinearOperator } from "../linear/operator.ts";
import type { Resumable } from "../math/resumable.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";
import type { SolveReport } from "../solver/solver.ts";

/**
 * Why no step is to be taken along a w. Rejected: it is of no use, and is sought again at a higher λ.
 * Postponed: nothing failed, but it has not settled; θ stays until a later batch.
 */
export type Refusal = `rejected: ${string}` | `postponed: ${string}`;

/** How w was found. */
export interface DirectionReport extends SolveReport {
  /** Left out where a step may be taken. */
  readonly refusal?: Refusal;
  /**
   * Whether w was regressed with the compatible features ∇log π(a | o), so that Â(o, a) ≈ wᵀ∇log π and
   * ∇J = F w: then this is the g of the step and the report, and not the one given to `find`.
   *
   * Source: Sutton et al. 2000, theorem 2; Kakade 2002.
   */
  readonly compatible?: boolean;
}

/** The directions of one batch. */
export interface Directions {
  /** The exact F on the batch, where w is solved with it: then the report's wᵀFw is of it, too. */
  readonly metric?: LinearOperator;
  /** w ← the direction for g at damping λ, whatever w held. */
  find(g: Vector, damping: number, w: Vector): DirectionReport;
}

/**
 * Where w comes from: solved from g with a model of the Fisher matrix, or regressed from the batch.
 *
 * A numerical failure is a status or a refusal, never an exception.
 */
export interface DirectionSource {
  /** γ of the J that w ascends, where it is fixed here and not by g. */
  readonly discount?: number;
  /**
   * Takes in a batch that the surrogate is at, its advantages and weights filled: once an update, and
   * `find` once for each λ. What it gives is valid until the surrogate moves or `at` is called again.
   *
   * @throws RangeError for a batch that it cannot use, such as one of episodes in parts.
   */
  at(batch: Batch, surrogate: Surrogate): Directions;
  /** What is remembered of earlier batches; left out where nothing is. */
  readonly state?: Resumable;
}
