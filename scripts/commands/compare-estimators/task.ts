import { estimators } from "../../estimators/estimators.ts";
import { type Samples, sampleEstimates, type Sampling } from "../../estimators/sample.ts";
import { exactProblem, type ProblemRecipe } from "./problem.ts";

/** Some repetitions of some estimators. */
export interface SamplingTask extends Sampling {
  readonly recipe: ProblemRecipe;
  readonly keys: readonly string[];
}

/** The work of one piece, in a thread of the pool. */
export function run({ recipe, keys, ...sampling }: SamplingTask): Samples[] {
  const chosen = estimators.filter(({ key }) => keys.includes(key));
  return sampleEstimates(exactProblem(recipe), chosen, sampling);
}
