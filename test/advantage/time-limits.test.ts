import { describe, expect, test } from "vitest";
import {
  type AdvantageEstimator,
  type Baseline,
  createCollector,
  createRandom,
  type Environment,
  gae,
  policyFor,
  rewardsToGo,
} from "../../src/index.ts";

const DISCOUNT = 0.9;
const STEPS = 5;

/** Counts its steps: the reward of step t is t + 1, and the observation after it is t + 1. */
function counter(ending: "horizon" | "terminal"): Environment {
  return {
    name: "counter",
    stateSize: 1,
    observationSize: 1,
    actionSpace: { kind: "box", low: [-1], high: [1] },
    horizon: ending === "horizon" ? STEPS : 1000,
    reset: (s) => void s.fill(0),
    step: (s) => ++s[0],
    observe: (s, o) => {
      o.set(s);
    },
    isTerminal: (s) => ending === "terminal" && s[0] >= STEPS,
  };
}

/** The value of counting on for ever: V(t) = Σ γᵏ (t + 1 + k) = (t + 1)/(1 − γ) + γ/(1 − γ)². */
const valueAt = (t: number): number => (t + 1) / (1 - DISCOUNT) + DISCOUNT / (1 - DISCOUNT) ** 2;
const forEver: Baseline = {
  predict: ({ count, data }, out) => {
    for (let i = 0; i < count; i++) out[i] = valueAt(data[i]);
  },
  fit: () => undefined,
};

/** Â and the returns of a batch of `steps` steps. */
function estimate(environment: Environment, estimator: AdvantageEstimator, steps: number) {
  const policy = policyFor(environment, createRandom(0));
  const random = createRandom(1);
  const options = { environment, policy, random, environments: 1, stepsPerEnvironment: steps };
  const batch = createCollector(options).collect();
  const [advantages, returns] = [new Float64Array(steps), new Float64Array(steps)];
  estimator.estimate(batch, forEver, advantages, returns);
  return { batch, advantages, returns };
}

const expectEach = (values: Float64Array, expected: (i: number) => number) => {
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected(i), 9);
  });
};

describe.each([
  ["gae, λ = 0.7", gae({ discount: DISCOUNT, lambda: 0.7 }), 0.7],
  ["gae, λ = 1", gae({ discount: DISCOUNT, lambda: 1 }), 1],
  ["rewards to go", rewardsToGo({ discount: DISCOUNT }), 1],
])("%s", (_, estimator, lambda) => {
  test("truncation by the horizon bootstraps from the last observation: with the true V, Â = 0", () => {
    const { batch, advantages, returns } = estimate(counter("horizon"), estimator, 3 * STEPS);
    expect(batch.episodes.map((episode) => episode.ending)).toEqual(Array(3).fill("truncated"));
    expect(Array.from(batch.lastObservations.data.slice(0, 3))).toEqual(Array(3).fill(STEPS));
    expectEach(advantages, () => 0);
    expectEach(returns, (i) => valueAt(i % STEPS));
  });

  test("the end of the batch bootstraps as the horizon does", () => {
    const { batch, advantages } = estimate(counter("terminal"), estimator, 3);
    expect(batch.episodes).toHaveLength(1);
    expect(batch.lastObservations.data[0]).toBe(3);
    expectEach(advantages, () => 0);
  });

  test("termination does not bootstrap: the last δ is short of V by γV, and decays as (γλ)ᵏ", () => {
    const { batch, advantages } = estimate(counter("terminal"), estimator, 2 * STEPS);
    expect(batch.episodes.map((episode) => episode.ending)).toEqual(["terminated", "terminated"]);
    const lost = DISCOUNT * valueAt(STEPS);
    expectEach(advantages, (i) => -lost * (DISCOUNT * lambda) ** (STEPS - 1 - (i % STEPS)));
  });
});

test("the returns of a terminated episode are its own discounted rewards", () => {
  const { returns } = estimate(counter("terminal"), rewardsToGo({ discount: DISCOUNT }), STEPS);
  expectEach(returns, (t) => {
    let sum = 0;
    for (let k = t; k < STEPS; k++) sum += DISCOUNT ** (k - t) * (k + 1);
    return sum;
  });
});
