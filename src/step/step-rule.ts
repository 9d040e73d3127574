/** What a step of a given size would change on the batch. */
export interface Trial {
  /** Rise of the surrogate. */
  readonly gain: number;
  /** Mean divergence in nats: KL(old ‖ new) unless the agent measures another. */
  readonly kl: number;
}

/** What a step rule may look at to choose α in θ ← θ + α w. */
export interface Proposal {
  /** gᵀw: predicted gain is α·slope. */
  readonly slope: number;
  /** wᵀFw of the exact, undamped F: predicted KL is ½α²·curvature. */
  readonly curvature: number;
  /** wᵀ(F + λI)w with the λ of the solve that gave w. */
  readonly dampedCurvature: number;
  /** Measures a step on the batch; the policy is not touched. */
  trial(alpha: number): Trial;
}

/** Returns α; 0 rejects the update. */
export type StepRule = (proposal: Proposal) => number;
