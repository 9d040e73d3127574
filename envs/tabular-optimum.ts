import {
  chainUnder,
  chainValues,
  type ChainValues,
  expectation,
  expectedRewards,
} from "./tabular-chain.ts";
import { requireGamma, requireTabularProblem, type TabularProblem } from "./tabular-problem.ts";

/** A best policy; some deterministic one always is. */
export interface TabularOptimum {
  /** The action in each state. */
  readonly actions: readonly number[];
  /** J* = E Σ γᵗ rₜ, and the largest average reward from the start for γ = 1. */
  readonly return: number;
}

/** A gain or value counts as better from this share of the largest reward, gain or relative value on. */
const ROUNDING = 1e-12;

/**
 * The best policy and its J by policy iteration: an action changes where another has a larger expected
 * gain Σ p g, or where none has, among those of equal gain, a larger r − g + γ Σ p h.
 *
 * For γ < 1 all gains are equal, and this is Howard's iteration; for γ = 1 it allows for chains of
 * several closed classes. Source: Puterman 1994, Markov Decision Processes, section 9.2.1.
 *
 * @throws RangeError for a problem that is none, or γ outside [0, 1].
 */
export function tabularOptimum(problem: TabularProblem, gamma: number): TabularOptimum {
  requireTabularProblem(problem);
  requireGamma(gamma);
  const rewards = expectedRewards(problem);
  const seen = new Set<string>();
  let actions = problem.start.map(() => 0);
  for (;;) {
    const current = evaluate(problem, actions, gamma);
    const improved = improve(problem, rewards, actions, { ...current, gamma });
    // Unchanged, or brought back by rounding: then all policies in between are as good.
    if (seen.add(actions.join()).has(improved.join())) {
      const average = expectation(problem.start, current.gains);
      return { actions, return: gamma < 1 ? average / (1 - gamma) : average };
    }
    actions = improved;
  }
}

function evaluate(problem: TabularProblem, actions: readonly number[], gamma: number): ChainValues {
  const chosen = actions.map((action) =>
    problem.transitions[0].map((_, a) => (a === action ? 1 : 0)),
  );
  return chainValues(chainUnder(problem, chosen), gamma);
}

/** The actions of larger gain where there are any, else those of larger value. */
function improve(
  { transitions }: TabularProblem,
  rewards: readonly (readonly number[])[],
  actions: readonly number[],
  { gains, relative, gamma }: ChainValues & { readonly gamma: number },
): number[] {
  const gainOf = (s: number, a: number): number => expectation(transitions[s][a], gains);
  const valueOf = (s: number, a: number): number =>
    rewards[s][a] - gains[s] + gamma * expectation(transitions[s][a], relative);
  const tolerance = ROUNDING * largest([...rewards.flat(), ...gains]);
  const byGain = actions.map((action, s) =>
    better(action, rewards[s].length, (a) => gainOf(s, a), tolerance),
  );
  if (byGain.some((action, s) => action !== actions[s])) return byGain;
  const precision = ROUNDING * largest([...rewards.flat(), ...relative]);
  return actions.map((action, s) => {
    const least = gainOf(s, action) - tolerance;
    const value = (a: number): number => (gainOf(s, a) >= least ? valueOf(s, a) : -Infinity);
    return better(action, rewards[s].length, value, precision);
  });
}

/** The choice of the largest score, or the present one where none is better by more than `tolerance`. */
function better(
  present: number,
  count: number,
  score: (choice: number) => number,
  tolerance: number,
): number {
  let best = present;
  for (let choice = 0; choice < count; choice++) {
    if (score(choice) > score(best) + tolerance) best = choice;
  }
  return best;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
