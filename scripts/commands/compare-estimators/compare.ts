import { createRandom } from "../../../src/index.ts";
import { qualityOf, type Quality } from "../../estimators/quality.ts";
import { refusalOf, type Samples } from "../../estimators/sample.ts";
import { runInWorkers } from "../../support/worker-pool.ts";
import type { EstimatorSettings } from "./settings.ts";
import type { SamplingTask } from "./task.ts";

/** One estimator at one number of roll-outs; without `quality` where it does not apply. */
export interface Line {
  readonly estimator: string;
  readonly label: string;
  readonly rollouts: number;
  readonly quality?: Quality;
  readonly refusal?: string;
}

export interface EstimatorComparison {
  readonly environment: string;
  readonly theta: readonly number[];
  readonly discount: number;
  readonly horizon: number;
  readonly seed: number;
  readonly repetitions: number;
  readonly scale: number;
  /** J. */
  readonly return: number;
  readonly gradient: readonly number[];
  readonly naturalGradient: readonly number[];
  readonly lines: readonly Line[];
}

export interface Watch {
  readonly onTotal: (pieces: number) => void;
  readonly onDone: () => void;
  readonly signal: AbortSignal;
}

/** About how many roll-outs a piece of the work has. */
const PIECE = 1000;

/** Samples every estimator for every number of roll-outs, and judges the samples. */
export async function compareEstimators(
  settings: EstimatorSettings,
  { onTotal, onDone, signal }: Watch,
): Promise<EstimatorComparison> {
  const { exact, recipe, rollouts, repetitions, workers, seed, scale } = settings;
  const tasks = rollouts.flatMap((each) => tasksFor(settings, each));
  onTotal(tasks.length);
  const url = new URL(`./task${import.meta.url.slice(-3)}`, import.meta.url);
  const pieces = await runInWorkers<Samples[]>(url, tasks, { workers, signal, onDone });
  const lines = rollouts.flatMap((each) =>
    settings.estimators.map(({ key, label, ...estimator }): Line => {
      const line = { estimator: key, label, rollouts: each };
      const refusal = refusalOf({ key, label, ...estimator }, exact, each);
      if (refusal !== undefined) return { ...line, refusal };
      const own = pieces
        .filter((_, i) => tasks[i].rollouts === each)
        .flatMap((samples) => samples.filter((one) => one.key === key));
      const samples = {
        gradients: own.flatMap((one) => one.gradients),
        directions: own.flatMap((one) => one.directions),
      };
      const random = createRandom(seed).split(`bootstrap-${key}-${each}`);
      return { ...line, quality: qualityOf(samples, exact.truth, random) };
    }),
  );
  const { truth, policy } = exact;
  return {
    environment: recipe.environment,
    theta: Array.from(policy.theta),
    discount: recipe.discount,
    horizon: exact.environment.horizon,
    ...{ seed, repetitions, scale },
    return: truth.return,
    gradient: Array.from(truth.gradient),
    naturalGradient: Array.from(truth.naturalGradient),
    lines,
  };
}

function tasksFor(
  { recipe, estimators, repetitions, seed, scale }: EstimatorSettings,
  rollouts: number,
): SamplingTask[] {
  const keys = estimators.map(({ key }) => key);
  const each = Math.max(1, Math.floor(PIECE / rollouts));
  return Array.from({ length: Math.ceil(repetitions / each) }, (_, i) => {
    const range = { from: i * each, to: Math.min((i + 1) * each, repetitions) };
    return { recipe, keys, seed, rollouts, scale, ...range };
  });
}
