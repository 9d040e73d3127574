import {
  bootstrapInterval,
  createRandom,
  evaluate,
  type EvaluatedEpisode,
  interquartileMean,
  mean,
  type Random,
  standardDeviation,
} from "../../../src/index.ts";
import type { Summary } from "../train/evaluation.ts";
import type { EvaluationSettings } from "./settings.ts";

/** Statistics of the episodes under one way of acting. */
export interface Performance {
  /** Σ rₜ. */
  readonly undiscountedReturn: Summary;
  /** Σ γᵗ rₜ of the same episodes. */
  readonly discountedReturn: Summary;
  /** Steps. */
  readonly length: Summary;
}

/** The policy of a run, acting by its mode and by draws. */
export interface RunEvaluation {
  readonly run: string;
  readonly environment: string;
  readonly agent: string;
  readonly update: number;
  readonly steps: number;
  readonly episodes: number;
  readonly seed: number;
  readonly discount: number;
  readonly mode: Performance;
  readonly stochastic: Performance;
}

/** Plays the episodes; both ways of acting meet the same starts, those of `natgrad train`. */
export function evaluateRun(settings: EvaluationSettings): RunEvaluation {
  const { folder, environment, policy, agentName, discount } = settings;
  const { update, steps, episodes, seed } = settings;
  const random = createRandom(seed).split("evaluation");
  const perform = (deterministic: boolean): Performance =>
    summarise(evaluate(environment, policy, { random, episodes, discount, deterministic }), random);
  return {
    ...{ run: folder, environment: environment.name, agent: agentName },
    ...{ update, steps, episodes, seed, discount },
    mode: perform(true),
    stochastic: perform(false),
  };
}

function summarise(finished: readonly EvaluatedEpisode[], random: Random): Performance {
  const of = (value: (episode: EvaluatedEpisode) => number): Summary =>
    summaryOf(finished.map(value), random);
  return {
    undiscountedReturn: of((episode) => episode.undiscountedReturn),
    discountedReturn: of((episode) => episode.return),
    length: of((episode) => episode.length),
  };
}

function summaryOf(values: readonly number[], random: Random): Summary {
  const interval = (statistic: (values: Float64Array) => number): Summary["meanInterval"] =>
    bootstrapInterval([values], statistic, { random: random.split("bootstrap") });
  return {
    mean: mean(values),
    standardDeviation: standardDeviation(values),
    meanInterval: interval(mean),
    interquartileMean: interquartileMean(values),
    interquartileMeanInterval: interval(interquartileMean),
  };
}
