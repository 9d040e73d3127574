import { type Check, toNineDigits } from "../comparison.ts";
import { derived } from "./check-values.ts";
import { REPETITIONS, type Run, type SampledStep } from "./experiment.ts";
import { elboOf } from "./inference.ts";
import type { Model } from "./problem.ts";

/** What was measured. */
export interface Measured {
  readonly model: Model;
  readonly runs: readonly Run[];
  readonly meanField: Run;
  readonly sampled: readonly SampledStep[];
}

/** KL is quadratic in the error of η: this is η to ten digits, what a well-conditioned solve leaves. */
const TEN_DIGITS = 1e-20;

const entries = ["h₀", "h₁", "Λ₀₀", "Λ₁₀", "Λ₁₁"];

export function checks({ model, runs, meanField, sampled }: Measured): Check[] {
  const [unit, half] = runs;
  const unconverged = meanField.divergences[meanField.divergences.length - 1];
  return [
    toNineDigits("KL(prior ‖ posterior), nats", derived.priorKl, unit.divergences[0]),
    ...derived.posterior.map((value, k) =>
      toNineDigits(`${entries[k]} after one natural update of size 1`, value, unit.etas[1][k]),
    ),
    {
      quantity: "KL(q ‖ posterior) after it, nats",
      ...{ derived: 0, ours: unit.divergences[1], tolerance: TEN_DIGITS },
    },
    toNineDigits("ELBO there: log p(y), nats", derived.evidence, elboOf(model, unit.etas[1])),
    {
      quantity: "natural updates of size ½: largest difference from η* + 2⁻ᵏ(η₀ − η*), relative",
      ...{ derived: 0, ours: offLine(model, half), tolerance: 1e-10 },
    },
    toNineDigits("KL of the best mean-field q, nats", derived.meanFieldKl, unconverged),
    {
      quantity: `KL after one update from ${sampled[0].draws} draws, empirical F, reward less the ELBO, nats, largest of ${REPETITIONS}`,
      ...{ derived: 0, ours: Math.max(...sampled[0].divergences), tolerance: TEN_DIGITS },
      note: "rewards less the ELBO are linear in the score: compatible function approximation is exact",
    },
  ];
}

/** The largest relative distance of η after k updates from the straight line to the posterior. */
function offLine({ posterior }: Model, { etas, stepSize }: Run): number {
  const differences = etas.map((eta, k) => {
    const line = posterior.map((end, i) => end + (1 - stepSize) ** k * (etas[0][i] - end));
    return Math.hypot(...eta.map((value, i) => value - line[i])) / Math.hypot(...posterior);
  });
  return Math.max(...differences);
}
