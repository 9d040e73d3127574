import type { AdvantageEstimator } from "../advantage/advantage.ts";
import type { Baseline } from "../baseline/baseline.ts";
import { createRows } from "../math/rows.ts";
import { mean, standardDeviation } from "../math/statistics.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch, Episode } from "../rollout/batch.ts";
import { type Check, createChecklist, type Measured, shown } from "./verify.ts";

/** Steps of an episode in which the reward of step t is t + 1 and the observation before it is t. */
const STEPS = 5;

/** Â and the returns of a batch. */
interface Estimate {
  readonly advantages: Vector;
  readonly returns: Vector;
}

/**
 * Holds an advantage estimator against a process whose values are known: rewards 1, 2, 3, … for ever,
 * V(t) = (t + 1)/(1 − γ) + γ/(1 − γ)². With that V as the baseline every Â is 0, so what an estimator
 * does at the end of an episode is all that is left.
 *
 * Estimators that standardise Â are held by their returns alone.
 */
export function verifyAdvantage(estimator: AdvantageEstimator): Check[] {
  const list = createChecklist();
  const { discount } = estimator;
  const rule = "the discount is a number in [0, 1)";
  list.hold(rule, "declare γ; a process for ever has no value at γ = 1", () => {
    const inside = discount >= 0 && discount < 1;
    return { measured: inside ? 0 : 1, tolerance: 0, seen: `discount is ${discount}` };
  });
  const value = (t: number): number =>
    (t + 1) / (1 - discount) + discount / ((1 - discount) * (1 - discount));
  const estimate = (endings: readonly Episode["ending"][]): Estimate =>
    estimateOf(estimator, batchOf(endings), value);
  const scale = value(STEPS);
  const cut = "after a truncated episode bootstrap from the observation that follows its last step";
  list.hold("a time limit bootstraps from V of the observation after the last step", cut, () => {
    const { advantages, returns } = estimate(["truncated", "truncated"]);
    const errors = Array.from(returns, (x, i) => x - value(i % STEPS));
    const found = { ...diagnosed(errors[STEPS - 1] / discount, value), tolerance: 1e-9 };
    const off = errors.concat(isStandardised(estimator, value) ? [] : Array.from(advantages));
    return { ...found, measured: largest(off) / scale };
  });
  const ended = "V after a terminated episode is 0: multiply the bootstrap by (1 − terminated)";
  list.hold("a terminated episode does not bootstrap", ended, () => {
    const { advantages, returns } = estimate(["terminated", "truncated"]);
    const [last, lost] = [STEPS - 1, discount * value(STEPS)];
    const errors = [returns[last] - STEPS];
    if (!isStandardised(estimator, value)) errors.push(advantages[last] + lost);
    const seen = `the return of the last step, whose reward is ${STEPS}, is ${shown(returns[last])}`;
    return { measured: largest(errors) / scale, tolerance: 1e-9, seen };
  });
  list.hold("episodes do not leak into each other", "start anew at the end of each episode", () => {
    const [both, alone] = [estimate(["truncated", "terminated"]), estimate(["truncated"])];
    const errors = Array.from(alone.returns, (x, i) => x - both.returns[i]);
    return { measured: largest(errors) / scale, tolerance: 1e-12 };
  });
  return [...list.checks];
}

const largest = (values: readonly number[]): number =>
  values.reduce((most, x) => (Number.isNaN(x) ? NaN : Math.max(most, Math.abs(x))), 0);

/** What was bootstrapped, from the error of the last return over γ. */
function diagnosed(error: number, value: (t: number) => number): Pick<Measured, "seen" | "remedy"> {
  const used = value(STEPS) + error;
  const is = (x: number): boolean => Math.abs(used - x) <= 1e-9 * value(STEPS);
  if (is(value(STEPS - 1))) {
    return {
      seen: "the last return holds V(sₜ), of the observation before the step, and not V(sₜ₊₁)",
      remedy: "bootstrap from lastObservations, not from the last row of observations",
    };
  }
  if (is(0)) {
    return {
      seen: "a time limit is taken for a termination: nothing is bootstrapped",
      remedy: "bootstrap where ending is truncated: the process goes on behind the limit",
    };
  }
  return { seen: `V after the last step is taken for ${shown(used)}, is ${shown(value(STEPS))}` };
}

/** Whether Â of a batch with rewards of all sizes has mean 0 and standard deviation 1. */
function isStandardised(estimator: AdvantageEstimator, value: (t: number) => number): boolean {
  const { advantages } = estimateOf(
    estimator,
    batchOf(["terminated", "truncated"]),
    (t) => value(t) * (1 + (t % 2)),
  );
  const off = Math.abs(mean(advantages)) + Math.abs(standardDeviation(advantages) - 1);
  return off < 1e-9;
}

function estimateOf(
  estimator: AdvantageEstimator,
  batch: Batch,
  value: (t: number) => number,
): Estimate {
  const baseline: Baseline = {
    predict: ({ count, data }, out) => {
      for (let i = 0; i < count; i++) out[i] = value(data[i]);
    },
    fit: () => undefined,
  };
  const size = batch.rewards.length;
  const [advantages, returns] = [new Float64Array(size), new Float64Array(size)];
  estimator.estimate(batch, baseline, advantages, returns);
  return { advantages, returns };
}

function batchOf(endings: readonly Episode["ending"][]): Batch {
  const size = endings.length * STEPS;
  const time = Float64Array.from({ length: size }, (_, i) => i % STEPS);
  return {
    observations: { count: size, width: 1, data: time },
    actions: createRows(size, 1),
    rewards: time.map((t) => t + 1),
    episodes: endings.map((ending, e) => ({
      ...{ start: e * STEPS, end: (e + 1) * STEPS, ending, elapsed: 0 },
    })),
    lastObservations: {
      ...{ count: endings.length, width: 1 },
      data: new Float64Array(endings.length).fill(STEPS),
    },
    finished: [],
  };
}
