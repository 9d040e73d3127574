import type { Agent, UpdateReport } from "../agent/agent.ts";
import type { Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { requireCount } from "../math/scalar.ts";
import { mean } from "../math/statistics.ts";
import { cosine } from "../math/vector.ts";
import type { EpisodeSummary } from "../rollout/batch.ts";
import { clippedShare } from "../rollout/clipped.ts";
import { type Collector, createCollector } from "../rollout/collect.ts";
import type { Comparison, GroundTruth, Reference } from "./reference.ts";

export interface TrainOptions {
  readonly environment: Environment;
  readonly agent: Agent;
  readonly random: Random;
  /** Environment steps in all, rounded up to whole updates. */
  readonly steps: number;
  /** Environment steps of one update, N; 2000, or whatever the batches of a collector hold. */
  readonly stepsPerUpdate?: number;
  /** Copies of the environment that step side by side; must divide `stepsPerUpdate`. */
  readonly environments?: number;
  /** Where batches come from; by default environments that this thread steps. */
  readonly collector?: Collector;
  /** Ground truth to set beside every update. */
  readonly reference?: Reference;
}

/** One update of a run. */
export interface TrainingRecord {
  /** 1, 2, … */
  readonly update: number;
  /** Environment steps taken so far. */
  readonly steps: number;
  /** Episodes that ended in this batch. */
  readonly episodes: number;
  /** Their mean undiscounted return; NaN for none. */
  readonly meanReturn: number;
  /** Their mean length in steps; NaN for none. */
  readonly meanLength: number;
  /** Share of the batch's action components outside the box; left out where nothing is bounded. */
  readonly clippedActions?: number;
  readonly report: UpdateReport;
  readonly comparison?: Comparison;
}

/**
 * Alternates collecting and updating, and yields a record per update; stop by leaving the loop.
 *
 * `comparison` is of the policy that collected the batch, before the update.
 *
 * @throws RangeError for counts that are not positive integers or do not divide.
 */
export function* train(options: TrainOptions): Generator<TrainingRecord, void, undefined> {
  const { environment, agent, random, reference } = options;
  const { steps, stepsPerUpdate = 2000, environments = 1 } = options;
  requireCount("train", "steps", steps);
  requireCount("train", "stepsPerUpdate", stepsPerUpdate);
  requireCount("train", "environments", environments);
  if (stepsPerUpdate % environments !== 0) {
    throw new RangeError(
      `train: stepsPerUpdate must be a multiple of environments, got ${stepsPerUpdate} and ${environments}`,
    );
  }
  const collector =
    options.collector ??
    createCollector({
      environment,
      policy: agent.policy,
      random,
      environments,
      stepsPerEnvironment: stepsPerUpdate / environments,
    });
  let taken = 0;
  for (let update = 1; taken < steps; update++) {
    const batch = collector.collect();
    requireSteps(batch.rewards.length, options.stepsPerUpdate);
    taken += batch.rewards.length;
    const clippedActions = clippedShare(environment.actionSpace, batch.actions);
    const truth = reference?.(agent.policy, agent.discount);
    const report = agent.update(batch);
    yield {
      update,
      steps: taken,
      ...summarise(batch.finished),
      ...(clippedActions !== undefined && { clippedActions }),
      report,
      ...(truth && { comparison: compare(report, truth) }),
    };
  }
}

function summarise(
  finished: readonly EpisodeSummary[],
): Pick<TrainingRecord, "episodes" | "meanReturn" | "meanLength"> {
  return {
    episodes: finished.length,
    meanReturn: mean(finished.map((episode) => episode.return)),
    meanLength: mean(finished.map((episode) => episode.length)),
  };
}

/** Sets an update's estimates beside the truth. */
export function compare(report: UpdateReport, truth: GroundTruth): Comparison {
  const gap = truth.optimalReturn - truth.return;
  return {
    exactReturn: truth.return,
    gap,
    relativeGap: gap / Math.abs(truth.optimalReturn),
    gradientCosine: cosine(report.gradient, truth.gradient),
    naturalCosine: cosine(report.direction, truth.naturalGradient),
  };
}

function requireSteps(count: number, expected = count): void {
  if (count === expected) return;
  throw new RangeError(
    `train: the collector must give batches of stepsPerUpdate = ${expected} steps, got ${count}`,
  );
}
