import { describe, expect, it } from "vitest";
import {
  type Batch,
  categorical,
  createCollector,
  createPolicy,
  createRandom,
  type Environment,
  linear,
  lstdQ,
  rowsFrom,
  type ValueFeatures,
} from "../../src/index.ts";
import { find } from "../support/directions.ts";

const GAMMA = 0.9;
/** P(s′ = 1 | s, a). */
const toOne = [
  [2 / 3, 1 / 3],
  [1 / 3, 2 / 3],
];

/**
 * Two states, a reward of 1 in the second: from either state, an action goes to the one or the other
 * with probability ⅔. Source: Bartlett's example in the library of Peters & Schaal, γ = 0.9.
 */
const environment: Environment = {
  ...{ name: "bartlett", stateSize: 1, observationSize: 2, horizon: 1e6 },
  actionSpace: { kind: "discrete", count: 2 },
  reset: (s) => void (s[0] = 0),
  step: (s, a, random) => {
    const reward = s[0];
    s[0] = random.uniform(0, 1) < toOne[s[0]][a[0]] ? 1 : 0;
    return reward;
  },
  observe: (s, o) => {
    o[0] = 1 - s[0];
    o[1] = s[0];
  },
  isTerminal: () => false,
};

/** φ = 2 in the first state and 1 in the second: whatever its sign, V is ordered the wrong way. */
const misleading: ValueFeatures = {
  size: () => 1,
  write: ({ data }, i, out, at) => void (out[at] = 2 * data[2 * i] + data[2 * i + 1]),
};

const policy = createPolicy(linear(2, 2, { bias: false }), categorical(2), createRandom(0));

/** A(s, 1) − A(s, 0) as w has it, for both states; the logits are redundant, so λ = 1e-9. */
function preferences(lambda: number, batch: Batch): number[] {
  const { w } = find(lstdQ({ discount: GAMMA, features: misleading, lambda }), policy, batch, 1e-9);
  return [w[2] - w[0], w[3] - w[1]];
}

describe("Bartlett's counter-example, a V that is not linear in φ, under the uniform policy", () => {
  // Action 1 is the worse in the first state, by γ(V₁ − V₀)/3, and the better in the second.
  const truth = [-0.3, 0.3];
  const batch = createCollector({
    ...{ environment, policy, random: createRandom("bartlett") },
    ...{ environments: 1, stepsPerEnvironment: 200_000 },
  }).collect();

  it("leaves w unaffected for λ = 1", () => {
    preferences(1, batch).forEach((value, s) => expect(value).toBeCloseTo(truth[s], 1));
  });

  it("affects w for 0 < λ < 1: too small at 0.9, lost near ⅔", () => {
    preferences(0.9, batch).forEach((value, s) => {
      expect(value * truth[s]).toBeGreaterThan(0);
      expect(Math.abs(value)).toBeLessThan(0.25);
    });
    preferences(2 / 3, batch).forEach((value) => expect(Math.abs(value)).toBeLessThan(0.05));
  });

  it("flips w for λ = 0: the policy is led away from what it should do", () => {
    // In expectation, 6/19: solved from the stationary distribution, ½ in each state.
    const every = [0, 1].flatMap((s) =>
      [0, 1].flatMap((a) =>
        [0, 1, 2].map((third) => ({ s, a, next: third / 3 < toOne[s][a] ? 1 : 0 })),
      ),
    );
    const seen = (s: number): number[] => [1 - s, s];
    const exact: Batch = {
      observations: rowsFrom(every.map(({ s }) => seen(s))),
      actions: rowsFrom(every.map(({ a }) => [a])),
      rewards: Float64Array.from(every, ({ s }) => s),
      episodes: every.map((_, i) => ({ start: i, end: i + 1, elapsed: 0, ending: "truncated" })),
      lastObservations: rowsFrom(every.map(({ next }) => seen(next))),
      finished: [],
    };
    const [first, second] = preferences(0, exact);
    expect(first).toBeCloseTo(6 / 19, 6);
    expect(second).toBeCloseTo(-6 / 19, 6);
    preferences(0, batch).forEach((value, s) => expect(value * truth[s]).toBeLessThan(0));
  });
});
