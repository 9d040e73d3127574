import type { Random } from "../math/random.ts";
import type { Vector } from "../math/vector.ts";

/** One of `count` choices. */
export interface DiscreteSpace {
  readonly kind: "discrete";
  readonly count: number;
  /**
   * How many numbers describe a choice, where the observation is a row of them for each choice: the
   * last is 1 where the choice is possible in the state, and 0 where it is not. Only a terminal state
   * may leave no choice. Where left out, every choice is always possible.
   */
  readonly features?: number;
}

/** Several choices at once, independent of each other: component k is one of `counts[k]`. */
export interface MultiDiscreteSpace {
  readonly kind: "multi-discrete";
  readonly counts: readonly number[];
}

/** One number for each bound, which may be ±Infinity. */
export interface BoxSpace {
  readonly kind: "box";
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Where the environment squashes an action by tanh: the bounds of what it then takes. */
  readonly squashedTo?: { readonly low: readonly number[]; readonly high: readonly number[] };
}

/** Which actions an environment takes. */
export type ActionSpace = DiscreteSpace | MultiDiscreteSpace | BoxSpace;

/**
 * A Markov decision process. It holds no state: the caller owns `state`, so copies, snapshots and
 * many environments at once need nothing more.
 *
 * A box clips inside the environment; log π is of the action that was sampled. Source: the
 * functional form of Gymnasium (`gymnasium/experimental/functional.py`).
 */
export interface Environment {
  readonly name: string;
  /** Length of `state`. */
  readonly stateSize: number;
  /** Length of `observation`. */
  readonly observationSize: number;
  readonly actionSpace: ActionSpace;
  /** Steps before an episode is truncated; finite, since evaluation waits for the end of an episode. */
  readonly horizon: number;
  /** s ~ ρ₀. */
  reset(state: Vector, random: Random): void;
  /** s ← s′; returns r(s, a, s′). */
  step(state: Vector, action: Vector, random: Random): number;
  /** o ← O(s); leaves `state` alone. */
  observe(state: Vector, observation: Vector): void;
  /** Whether the process ends in `state`, as opposed to being cut off. */
  isTerminal(state: Vector): boolean;
  /**
   * Whether an episode is cut off in `state`, where the experiment has a bound that the process has
   * not: the value goes on behind it. Never, where left out; the horizon cuts off in any case.
   */
  isTruncated?(state: Vector): boolean;
}

/** Numbers in an action: the index of each choice, or those of a box. */
export function actionSize(space: ActionSpace): number {
  switch (space.kind) {
    case "discrete":
      return 1;
    case "multi-discrete":
      return space.counts.length;
    case "box":
      return space.low.length;
  }
}

/** The number of choices of each component; none for a box. */
export function choiceCounts(space: ActionSpace): readonly number[] {
  switch (space.kind) {
    case "discrete":
      return [space.count];
    case "multi-discrete":
      return space.counts;
    case "box":
      return [];
  }
}

/** Whether a choice is possible in the state with this observation. */
export function isPossible(
  { features }: DiscreteSpace,
  observation: Vector,
  choice: number,
): boolean {
  return features === undefined || observation[choice * features + features - 1] !== 0;
}

/** Whether an episode is cut off in `state` after `length` steps, by the horizon or by a bound. */
export function isCutOff(environment: Environment, state: Vector, length: number): boolean {
  return length >= environment.horizon || environment.isTruncated?.(state) === true;
}
