import {
  type Batch,
  type Collector,
  conjugateGradient,
  createEpisodeCollector,
  createPerturbedCollector,
  createRandom,
  createSurrogate,
  discountedStates,
  exactFisher,
  type Surrogate,
  type Vector,
} from "../../src/index.ts";
import { discountedLength } from "../../src/rollout/whole-episodes.ts";
import type { Estimator, Problem } from "./estimators.ts";

/** How estimates are sampled. */
export interface Sampling {
  readonly seed: number | string;
  /** M, roll-outs of each estimate. */
  readonly rollouts: number;
  /** Which repetitions: each has a stream of its own, so that no number depends on how they are cut. */
  readonly from: number;
  readonly to: number;
  /** Standard deviation of the perturbations of θ. */
  readonly scale: number;
}

/** The estimates of one estimator, a row each repetition. */
export interface Samples {
  readonly key: string;
  /** ĝ·D, of ∇J itself; NaN where an estimator gave none. */
  readonly gradients: readonly Vector[];
  /** w·D, F̂ w = ĝ with the F̂ of the same batch. */
  readonly directions: readonly Vector[];
}

/**
 * Estimates by every estimator that applies, all from the same batches but for those under perturbed
 * θ, which have as many roll-outs.
 */
export function sampleEstimates(
  problem: Problem,
  estimators: readonly Estimator[],
  sampling: Sampling,
): Samples[] {
  const able = estimators.filter((one) => refusalOf(one, problem, sampling.rollouts) === undefined);
  const samples = able.map(({ key }) => {
    const [gradients, directions]: [Vector[], Vector[]] = [[], []];
    return { key, gradients, directions };
  });
  const prepare = createPreparation(problem);
  for (let repetition = sampling.from; repetition < sampling.to; repetition++) {
    const collect = batchesOf(problem, sampling, repetition);
    able.forEach((estimator, k) => {
      const batch = collect(estimator.perturbed === true);
      const { gradient, direction } = estimateFrom(problem, estimator, batch, prepare(batch));
      samples[k].gradients.push(gradient);
      samples[k].directions.push(direction);
    });
  }
  return samples;
}

/** Why an estimator cannot be used with that many roll-outs, if it cannot. */
export function refusalOf(
  estimator: Estimator,
  problem: Problem,
  rollouts: number,
): string | undefined {
  if (estimator.make(problem) === undefined) return `needs ${estimator.needs ?? "another problem"}`;
  const least = estimator.perturbed === true ? 2 * problem.policy.theta.length : 2;
  return rollouts < least ? `needs ${least} roll-outs` : undefined;
}

/** The batch of whole episodes and that under perturbed θ of one repetition, collected when asked for. */
function batchesOf(
  { environment, policy }: Problem,
  { seed, rollouts, scale }: Sampling,
  repetition: number,
): (perturbed: boolean) => Batch {
  const random = createRandom(seed).split(`rollouts-${rollouts}`).split(String(repetition));
  const make = (perturbed: boolean): Collector => {
    if (!perturbed) {
      return createEpisodeCollector({ environment, policy, random, episodes: rollouts });
    }
    const scenarios = Math.floor(rollouts / (2 * policy.theta.length));
    const pairs = Math.floor(rollouts / (2 * scenarios));
    return createPerturbedCollector({ environment, policy, random, pairs, scale, scenarios });
  };
  const kept = new Map<boolean, Batch>();
  return (perturbed) => {
    const batch = kept.get(perturbed) ?? make(perturbed).collect();
    kept.set(perturbed, batch);
    return batch;
  };
}

/** Moves a surrogate of the right size to a batch. */
function createPreparation({ policy, discount }: Problem): (batch: Batch) => Surrogate {
  const surrogates = new Map<number, Surrogate>();
  const weighting = discountedStates(discount);
  return (batch) => {
    const count = batch.rewards.length;
    const surrogate = surrogates.get(count) ?? createSurrogate(policy, count);
    surrogates.set(count, surrogate);
    surrogate.at(batch);
    weighting(batch, surrogate.weights);
    return surrogate;
  };
}

function estimateFrom(
  problem: Problem,
  { key, make }: Estimator,
  batch: Batch,
  surrogate: Surrogate,
): { readonly gradient: Vector; readonly direction: Vector } {
  const { policy, discount } = problem;
  const estimation = make(problem);
  if (estimation === undefined) throw new Error(`${key} was asked for where it cannot be used`);
  const gradient = new Float64Array(policy.theta.length);
  const direction = new Float64Array(policy.theta.length);
  const { point, weights } = surrogate;
  const fisher = exactFisher().at(point, policy.distribution, batch.actions, weights);
  if ("gradient" in estimation) {
    estimation.gradient(batch, surrogate, gradient);
    // From zero, so that of many solutions it finds that of least norm.
    const solver = conjugateGradient({ iterations: 10 * gradient.length, tolerance: 1e-10 });
    solver.solve(fisher, 0, gradient, direction);
  } else {
    const report = estimation.direction.at(batch, surrogate).find(gradient, 0, direction);
    if (report.refusal !== undefined) direction.fill(NaN);
    fisher.apply(direction, gradient);
  }
  const length = discountedLength(batch, discount);
  return { gradient: scaled(length, gradient), direction: scaled(length, direction) };
}

function scaled(factor: number, x: Vector): Vector {
  return x.map((value) => factor * value);
}
