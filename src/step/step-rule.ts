/** What a step of a given size would change on the batch. */
export interface Trial {
  /** Rise of the surrogate. */
  readonly gain: number;
  /** Mean KL(old ‖ new) in nats. */
  readonly kl: number;
}

/** What a step rule may look at to choose α in θ ← θ + α w. */
export interface Proposal {
  /** gᵀw: predicted gain is α·slope. */
  readonly slope: number;
  /** wᵀFw of the exact, undamped F: predicted KL is ½α²·curvature. */
  readonly curvature: number;
  /** Measures a step on the batch; the policy is not touched. */
  trial(alpha: number): Trial;
}

/** Returns α; 0 rejects the update. */
export type StepRule = (proposal: Proposal) => number;
