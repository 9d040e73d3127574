import { evaluate, mean } from "../../../src/index.ts";
import { summariesOf, type Summary } from "../../runs/summaries.ts";
import type { Settings } from "./settings.ts";

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
  const [undiscountedReturn, discountedReturn] = summariesOf(
    [
      finished.map((episode) => episode.undiscountedReturn),
      finished.map((episode) => episode.return),
    ],
    stream,
  );
  const meanLength = mean(finished.map((episode) => episode.length));
  return { episodes, discount, undiscountedReturn, discountedReturn, meanLength };
}
