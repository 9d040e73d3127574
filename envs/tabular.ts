import type { Environment, Random, Vector } from "../src/index.ts";
import { requireTabularProblem, type TabularProblem } from "./tabular-problem.ts";

export interface TabularOptions extends TabularProblem {
  readonly name?: string;
  /** Steps before an episode is truncated. */
  readonly horizon?: number;
  /** What is observed of state s: the unit vector eₛ, or the number s. */
  readonly observation?: "one-hot" | "index";
}

/** A tabular environment that knows its tables, so that its exact solution can be had. */
export interface TabularEnvironment extends Environment {
  readonly problem: TabularProblem;
}

/**
 * A finite Markov decision process given by its tables: s₀ ~ ρ₀, s′ ~ p(· | s, a).
 *
 * - **Actions** a ∈ {0 … m − 1}. `step` does not check the action; `simulation` refuses what is none.
 * - **Observations** the unit vector e_s ∈ ℝⁿ, so that a linear softmax is the tabular one, or with
 *   `observation: "index"` the number s. The state is the number s.
 * - **Reward** r(s, a) or r(s, a, s′), as given. **Start** ρ₀.
 * - **Termination** never. **Horizon** 100 steps.
 *
 * @throws RangeError for tables that do not fit, or a horizon that is not a positive integer.
 */
export function tabular({
  name = "tabular",
  horizon = 100,
  observation = "one-hot",
  ...problem
}: TabularOptions): TabularEnvironment {
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new RangeError(`tabular: horizon must be a positive integer, got ${horizon}`);
  }
  const { transitions, rewards, start } = requireTabularProblem(problem);
  const actions = transitions[0].length;
  const oneHot = observation === "one-hot";
  return {
    name,
    problem,
    stateSize: 1,
    observationSize: oneHot ? start.length : 1,
    actionSpace: { kind: "discrete", count: actions },
    horizon,
    reset: (s, random) => {
      s[0] = draw(start, random);
    },
    step: (s, a, random) => {
      const reward = rewards[s[0]][a[0]];
      const next = draw(transitions[s[0]][a[0]], random);
      s[0] = next;
      return typeof reward === "number" ? reward : reward[next];
    },
    observe: oneHot ? observeOneHot : (s, o) => void (o[0] = s[0]),
    isTerminal: () => false,
  };
}

function observeOneHot(s: Vector, o: Vector): void {
  o.fill(0);
  o[s[0]] = 1;
}

/** The first outcome whose cumulative probability exceeds u ~ U[0, 1): one draw, whatever the table. */
function draw(probabilities: readonly number[], random: Random): number {
  let left = random.uniform(0, 1);
  let outcome = 0;
  for (let k = 0; k < probabilities.length && left >= 0; k++) {
    // Rounding may leave some of u at the end: the last possible outcome takes it.
    if (probabilities[k] > 0) outcome = k;
    left -= probabilities[k];
  }
  return outcome;
}
