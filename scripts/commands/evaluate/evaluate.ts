import { createRandom, evaluate, type EvaluatedEpisode, type Random } from "../../../src/index.ts";
import type { Summary } from "../../runs/summaries.ts";
import type { EvaluationSettings } from "./settings.ts";
import { summariesOf } from "../../runs/summaries.ts";

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
  const [undiscountedReturn, discountedReturn, length] = summariesOf(
    [
      finished.map((episode) => episode.undiscountedReturn),
      finished.map((episode) => episode.return),
      finished.map((episode) => episode.length),
    ],
    random,
  );
  return { undiscountedReturn, discountedReturn, length };
}
