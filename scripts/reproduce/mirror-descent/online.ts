import {
  type Agent,
  bernoulli,
  constant,
  createPolicy,
  createRandom,
  createRows,
  oneStepBatch,
  type Policy,
  reparametrised,
  rowsFrom,
  type StepRule,
} from "../../../src/index.ts";
import { learner } from "../likelihood-path.ts";

/** Estimating p of a coin from one toss at a time, from p = ½ as if two tosses had been seen. */
export const online = { probability: 0.2, prior: 0.5, priorTosses: 2, tosses: 1000 } as const;

export const learners = ["mirror", "vanilla", "tuned"] as const;
export type OnlineLearner = (typeof learners)[number];

/**
 * The mean parameter m after each toss y.
 *
 * `mirror` is natural gradient descent in m, which is mirror descent in θ = log m/(1 − m) with the potential
 * A(θ) = log(1 + eᶿ); `vanilla` and `tuned` are gradient descent in θ. All climb log p(y) by steps of
 * 1/(t + t₀), but for `tuned`, whose steps are 1/(p(1 − p)) times as long, which takes knowing p.
 */
export function estimate(kind: OnlineLearner, tosses: readonly number[]): number[] {
  const policy = kind === "mirror" ? inMean() : inLogit();
  const agent = agentFor(policy, kind);
  const point = policy.network.linearisation(1);
  const none = createRows(1, 0);
  const batches = [0, 1].map((toss) => oneStepBatch(none, rowsFrom([[toss]])));
  return tosses.map((toss) => {
    agent.update(batches[toss]);
    point.at(policy.theta, none);
    return 1 / (1 + Math.exp(-point.outputs.data[0]));
  });
}

const logit = (m: number): number => Math.log(m / (1 - m));

function inMean(): Policy {
  const change = {
    apply: ([m]: ArrayLike<number> & Iterable<number>, eta: Float64Array) => eta.set([logit(m)]),
    jacobian: ([m]: Float64Array, { data }: { readonly data: Float64Array }) =>
      data.set([1 / (m * (1 - m))]),
  };
  const network = reparametrised(constant([0]), change, [online.prior]);
  return createPolicy(network, bernoulli(1), createRandom(0));
}

const inLogit = (): Policy =>
  createPolicy(constant([logit(online.prior)]), bernoulli(1), createRandom(0));

function agentFor(policy: Policy, kind: OnlineLearner): Agent {
  let seen = online.priorTosses;
  const { probability: p } = online;
  const length = kind === "tuned" ? 1 / (p * (1 - p)) : 1;
  const step: StepRule = () => length / ++seen;
  return learner(policy, kind === "mirror" ? "natural" : "vanilla", step);
}

/** Tosses of a run. */
export function tossesOf(seed: number, count: number = online.tosses): number[] {
  const random = createRandom(`mirror-descent/${seed}`);
  return Array.from({ length: count }, () => (random.uniform(0, 1) < online.probability ? 1 : 0));
}

/** (t₀ ½ + Σ y)/(t₀ + t), which the mirror estimate must be. */
export function runningMean(tosses: readonly number[]): number[] {
  let sum = online.priorTosses * online.prior;
  return tosses.map((toss, t) => (sum += toss) / (online.priorTosses + t + 1));
}

/** Numbers of tosses at which errors are looked at: four a decade. */
export const checkpoints: readonly number[] = [10, 18, 32, 56, 100, 178, 316, 562, 1000];

/** Mean squared error of m over the bound p(1 − p)/t of Cramér and Rao, with its standard error. */
export interface Efficiency {
  readonly kind: OnlineLearner;
  readonly ratios: readonly number[];
  readonly standardErrors: readonly number[];
}

/** Errors of the estimates of one run at the checkpoints. */
export interface OnlineRun {
  readonly kind: OnlineLearner;
  readonly errors: readonly number[];
}

/** A run of all learners on the same tosses. */
export function runOnline(seed: number): OnlineRun[] {
  const tosses = tossesOf(seed);
  return learners.map((kind) => {
    const m = estimate(kind, tosses);
    return { kind, errors: checkpoints.map((t) => m[t - 1] - online.probability) };
  });
}

/** E(m_t − p)² over the bound, for the mirror estimate: t (t₀²(½ − p)² + t p(1 − p)) / ((t₀ + t)² p(1 − p)). */
export function expectedRatio(t: number): number {
  const { probability: p, prior, priorTosses: n } = online;
  const variance = p * (1 - p);
  return (t * (n ** 2 * (prior - p) ** 2 + t * variance)) / ((n + t) ** 2 * variance);
}

/** Over all runs. */
export function efficiencyOf(kind: OnlineLearner, runs: readonly OnlineRun[]): Efficiency {
  const { probability: p } = online;
  const own = runs.filter((run) => run.kind === kind);
  const at = checkpoints.map((t, i) => {
    const squares = own.map(({ errors }) => (errors[i] ** 2 * t) / (p * (1 - p)));
    const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
    const variance =
      squares.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (squares.length - 1);
    return { ratio: mean, error: Math.sqrt(variance / squares.length) };
  });
  return {
    kind,
    ratios: at.map(({ ratio }) => ratio),
    standardErrors: at.map(({ error }) => error),
  };
}
