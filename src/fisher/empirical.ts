import type { LinearOperator } from "../linear/operator.ts";
import { createScratch, type FisherModel } from "./fisher.ts";

/**
 * F̂ = Σᵢ ρᵢ sᵢ sᵢᵀ with sᵢ = ∇log π(aᵢ | oᵢ; θ) at the actions of the batch.
 *
 * Where the policy drew the actions, this is a Monte-Carlo estimate of the exact F and tends to it as
 * 1/√N. Where they are the labels of a data set, it is the "empirical Fisher" that Kunstner et al.
 * 2019 (arXiv 1905.12558) warn of, which tends to F only if the model is true and θ its optimum:
 * `natgrad reproduce empirical-fisher` shows both. Its rank is at most N.
 */
export function empiricalFisher(): FisherModel<LinearOperator> {
  const scoresLike = createScratch();
  const rowsLike = createScratch();
  return {
    at: (point, distribution, actions, weights) => {
      const scores = scoresLike(point.outputs);
      const rows = rowsLike(point.outputs);
      distribution.score(point.outputs, actions, scores);
      const { count, width } = scores;
      return {
        size: point.parameterCount,
        apply: (v, out) => {
          point.jvp(v, rows);
          for (let i = 0; i < count; i++) {
            let along = 0;
            for (let k = 0; k < width; k++) {
              along += scores.data[i * width + k] * rows.data[i * width + k];
            }
            for (let k = 0; k < width; k++) {
              rows.data[i * width + k] = weights[i] * along * scores.data[i * width + k];
            }
          }
          point.vjp(rows, out);
        },
      };
    },
  };
}
