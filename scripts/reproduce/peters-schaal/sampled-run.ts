import { createRandom, train } from "../../../src/index.ts";
import { createAgent, environmentInUnits, type Method, sampling } from "./methods.ts";
import { relativeGapOf } from "./systems.ts";

/** One training run, as plain data for a worker. */
export interface SampledTask {
  readonly method: Method;
  /** α of vanilla, δ in nats of the others. */
  readonly size: number;
  readonly seed: number;
  /** The most updates. */
  readonly updates: number;
  /** The relative gap at which the run ends. */
  readonly stopBelow: number;
}

export interface SampledResult {
  readonly task: SampledTask;
  /** (J* − J)/|J*| after 0, 1, … updates; ∞ once the closed loop is unstable, which ends the run. */
  readonly gaps: Float64Array;
  /** How long the run took. */
  readonly seconds: number;
}

/** Trains once; paired seeds draw the same starts and noise for every method and size. */
export function run(task: SampledTask): SampledResult {
  const began = performance.now();
  const environment = environmentInUnits(1);
  const random = createRandom(`peters-schaal/${task.seed}`);
  const agent = createAgent(task.method, task.size, environment, random);
  const { environments, stepsPerUpdate } = sampling;
  const records = train({
    environment,
    agent,
    random: random.split("train"),
    steps: task.updates * stepsPerUpdate,
    stepsPerUpdate,
    environments,
  });
  const gaps = new Float64Array(task.updates + 1);
  let count = 0;
  let gap: number;
  do {
    const [k, logSigma] = agent.policy.theta;
    gap = relativeGapOf(k, Math.exp(logSigma));
    gaps[count++] = gap;
  } while (gap > task.stopBelow && gap < Infinity && !records.next().done);
  const seconds = (performance.now() - began) / 1000;
  return { task, gaps: gaps.slice(0, count), seconds };
}
