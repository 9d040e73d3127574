import type { Random } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";

/** A factor of M by columns: M(η) = L(η) L(η)ᵀ. */
export interface FisherFactor {
  /** The number of columns of L, at least the rank of M. */
  readonly columns: number;
  /** outᵢ ← L(ηᵢ) e_c. */
  column(eta: Rows, c: number, out: Rows): void;
}

/** Actions and weights whose weighted sums are expectations under π(·; η). */
export interface ActionQuadrature {
  /** The number of nodes. */
  readonly count: number;
  /** aᵢ ← node n of π(·; ηᵢ), with weight wᵢ; over the nodes Σ wᵢ f(aᵢ) = E[f(a)]. */
  node(eta: Rows, n: number, actions: Rows, weights: Vector): void;
}

/** A family π(a; η) of action distributions. Every method runs over all rows. */
export interface Distribution {
  /** Width of η. */
  readonly parameterSize: number;
  /** Width of a. */
  readonly actionSize: number;
  /**
   * The index of the first number of η that is no parameter of the family, or −1; where left out,
   * every finite number is one and nothing else.
   */
  firstInvalid?(eta: Rows): number;
  /** aᵢ ~ π(·; ηᵢ). */
  sample(eta: Rows, random: Random, actions: Rows): void;
  /** aᵢ ← the most probable action, or another that stands for all, for deterministic evaluation. */
  mode(eta: Rows, actions: Rows): void;
  /** outᵢ ← log π(aᵢ; ηᵢ). */
  logProb(eta: Rows, actions: Rows, out: Vector): void;
  /** outᵢ ← ∂ log π(aᵢ; ηᵢ) / ∂ηᵢ. */
  score(eta: Rows, actions: Rows, out: Rows): void;
  /** outᵢ ← M(ηᵢ) vᵢ, M = E[score scoreᵀ]; `out` may be `v`. */
  applyFisher(eta: Rows, v: Rows, out: Rows): void;
  /** L with M = LLᵀ, for models of F that back-propagate its columns; optional. */
  readonly factor?: FisherFactor;
  /**
   * Expectations over actions, for estimators that take them all; optional. Sums over choices are
   * exact; for continuous actions there are `points` nodes a component.
   */
  readonly quadrature?: (points: number) => ActionQuadrature;
  /** outᵢ ← KL(pᵢ ‖ qᵢ) in nats. */
  kl(p: Rows, q: Rows, out: Vector): void;
  /** outᵢ ← σ(ηᵢ) of each component, of families that explore by one; optional. */
  standardDeviation?(eta: Rows, out: Rows): void;
  /** outᵢ ← the entropy of π(·; ηᵢ) in nats. */
  entropy(eta: Rows, out: Vector): void;
}
