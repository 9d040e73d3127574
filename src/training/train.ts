import type { Agent, UpdateReport } from "../agent/agent.ts";
import type { Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { requireCount } from "../math/scalar.ts";
import { mean } from "../math/statistics.ts";
import { cosine } from "../math/vector.ts";
import type { EpisodeSummary } from "../rollout/batch.ts";
import { clippedShare } from "../rollout/clipped.ts";
import { type Collector, createCollector } from "../rollout/collect.ts";
import { EnvironmentFault } from "./environment-fault.ts";
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
  /** Whether reports hold a diagnosis of each update. */
  readonly diagnose?: boolean;
  /** Ground truth to set beside every update. */
  readonly reference?: Reference;
  /** Updates and steps of the run that the agent and the collector were restored from; none by default. */
  readonly after?: Pick<TrainingRecord, "update" | "steps">;
  /** Told of each episode that ended, after the update of its batch. */
  readonly onEpisode?: (episode: EpisodeSummary, record: TrainingRecord) => void;
  /** Told of each update, before it is yielded. */
  readonly onUpdate?: (record: TrainingRecord) => void;
  /** Ends the run after the update for which it gives true. */
  readonly stopWhen?: (record: TrainingRecord) => boolean;
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
 * @throws RangeError for counts that are not positive integers or do not divide; EnvironmentFault where
 *   the environment returns NaN, before the update.
 */
export function* train(options: TrainOptions): Generator<TrainingRecord, void, undefined> {
  const { environment, agent, reference, diagnose = false } = options;
  const { after = { update: 0, steps: 0 } } = options;
  requireCounts(options);
  const collector = options.collector ?? collectorOf(options);
  let taken = after.steps;
  for (let update = after.update + 1; taken < options.steps; update++) {
    const batch = collector.collect();
    requireSteps(batch.rewards.length, options.stepsPerUpdate);
    if (batch.fault !== undefined) throw new EnvironmentFault(environment.name, batch.fault);
    taken += batch.rewards.length;
    const clippedActions = clippedShare(environment.actionSpace, batch.actions);
    const truth = reference?.(agent.policy, agent.discount);
    const report = agent.update(batch, { diagnose });
    const record: TrainingRecord = {
      update,
      steps: taken,
      ...summarise(batch.finished),
      ...(clippedActions !== undefined && { clippedActions }),
      report,
      ...(truth && { comparison: compare(report, truth) }),
    };
    for (const episode of batch.finished) options.onEpisode?.(episode, record);
    options.onUpdate?.(record);
    yield record;
    if (options.stopWhen?.(record) === true) return;
  }
}

const DEFAULT_STEPS_PER_UPDATE = 2000;

function requireCounts({
  steps,
  stepsPerUpdate = DEFAULT_STEPS_PER_UPDATE,
  environments = 1,
}: TrainOptions): void {
  requireCount("train", "steps", steps);
  requireCount("train", "stepsPerUpdate", stepsPerUpdate);
  requireCount("train", "environments", environments);
  if (stepsPerUpdate % environments === 0) return;
  throw new RangeError(
    `train: stepsPerUpdate must be a multiple of environments, got ${stepsPerUpdate} and ${environments}`,
  );
}

function collectorOf({
  environment,
  agent: { policy },
  random,
  stepsPerUpdate = DEFAULT_STEPS_PER_UPDATE,
  environments = 1,
}: TrainOptions): Collector {
  const stepsPerEnvironment = stepsPerUpdate / environments;
  return createCollector({ environment, policy, random, environments, stepsPerEnvironment });
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
