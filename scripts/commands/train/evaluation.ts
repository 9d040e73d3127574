import {
  bootstrapInterval,
  evaluate,
  interquartileMean,
  type Interval,
  mean,
  standardDeviation,
} from "../../../src/index.ts";
import type { Settings } from "./settings.ts";

/** Statistics over the episodes of an evaluation; intervals are 95 % percentile bootstrap. */
export interface Summary {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly meanInterval: Interval;
  readonly interquartileMean: number;
  readonly interquartileMeanInterval: Interval;
}

/** Whole episodes of the mode of the final policy. */
export interface Evaluation {
  readonly episodes: number;
  readonly discount: number;
  /** Σ rₜ. */
  readonly undiscountedReturn: Summary;
  /** Σ γᵗ rₜ of the same episodes. */
  readonly discountedReturn: Summary;
  /** Steps. */
  readonly meanLength: number;
}

export function evaluateAgent({ environment, agent, random, episodes }: Settings): Evaluation {
  const stream = random.split("evaluation");
  const { discount, policy } = agent;
  const finished = evaluate(environment, policy, { random: stream, episodes, discount });
  const summary = (returns: readonly number[]): Summary => summarise(returns, stream);
  return {
    episodes,
    discount,
    undiscountedReturn: summary(finished.map((episode) => episode.undiscountedReturn)),
    discountedReturn: summary(finished.map((episode) => episode.return)),
    meanLength: mean(finished.map((episode) => episode.length)),
  };
}

function summarise(returns: readonly number[], random: Settings["random"]): Summary {
  const interval = (statistic: (values: Float64Array) => number): Interval =>
    bootstrapInterval([returns], statistic, { random: random.split("bootstrap") });
  return {
    mean: mean(returns),
    standardDeviation: standardDeviation(returns),
    meanInterval: interval(mean),
    interquartileMean: interquartileMean(returns),
    interquartileMeanInterval: interval(interquartileMean),
  };
}
