import { estimationParts } from "../../../agents/index.ts";
import {
  type Batch,
  createCollector,
  createSurrogate,
  type Policy,
  type Surrogate,
  uniformStates,
  type Vector,
} from "../../../src/index.ts";
import { problemIn } from "../../../src/agent/problem.ts";
import { UserError } from "../../support/user-error.ts";
import type { ComparisonSettings } from "./settings.ts";

/** A policy, a batch that it collected, and the gradient there: all that the methods see. */
export interface Snapshot {
  readonly policy: Policy;
  readonly batch: Batch;
  /** At the policy's θ, with advantages and weights filled in. */
  readonly surrogate: Surrogate;
  readonly gradient: Vector;
}

/** Batches that a baseline is fitted to before the policy of a finished run is compared on. */
const BASELINE_BATCHES = 3;

/**
 * Trains for the updates asked for, then collects the batch to compare on.
 *
 * @throws UserError when the batch gives no direction to compare: a number that is not finite, or a
 * gradient of zero.
 */
export function takeSnapshot(settings: ComparisonSettings): Snapshot {
  const { environment, agent, stepsPerUpdate, updates } = settings;
  const { policy } = agent;
  const collector = createCollector({
    environment,
    policy,
    random: settings.random.split("train"),
    environments: 1,
    stepsPerEnvironment: stepsPerUpdate,
  });
  // The agent keeps its baseline to itself; this one sees the same batches and so is the same.
  const {
    baseline,
    advantage,
    weighting = uniformStates(),
  } = estimationParts(environment, settings.random.split("agent"), settings.estimation);
  const surrogate = createSurrogate(policy, stepsPerUpdate);
  const returns = new Float64Array(stepsPerUpdate);
  const estimate = (batch: Batch): void =>
    advantage.estimate(batch, baseline, surrogate.advantages, returns);
  const visit = (learn: boolean): void => {
    const batch = collector.collect();
    estimate(batch);
    if (learn) agent.update(batch);
    baseline.fit(batch.observations, returns);
  };
  if (settings.run !== undefined) for (let i = 0; i < BASELINE_BATCHES; i++) visit(false);
  for (let update = 0; update < updates; update++) visit(true);
  const batch = collector.collect();
  const gradient = new Float64Array(policy.theta.length);
  surrogate.at(batch);
  weighting(batch, surrogate.weights);
  estimate(batch);
  surrogate.gradient(gradient);
  const problem = problemIn({ batch, surrogate, ...policy, g: gradient });
  if (problem !== undefined) {
    throw new UserError(
      `the batch must give a finite gradient to compare on, got none: ${problem}; change --seed, --updates or --steps-per-update`,
    );
  }
  return { policy, batch, surrogate, gradient };
}
