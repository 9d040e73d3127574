import { comparisonLines, decided } from "../comparison.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { checks } from "./checks.ts";
import { fullLength, type Length, runExperiment } from "./experiment.ts";
import type { Run } from "./methods.ts";
import { settings } from "./problem.ts";
import { lossesSection, planeSection, separatedSection, shownIterations } from "./sections.ts";

/** Logistic regression by gradient, natural and empirical-Fisher ascent, after a lecture note's listing. */
export const logisticReproduction: Reproduction = {
  name: "logistic",
  summary: "natural gradient ascent in logistic regression, and a listing that descends",
  source: "“Natural Gradient Descent”, lecture note of the series Foundations for AI/ML, section 7",
  run: (context) => Promise.resolve(run(context)),
};

const quickLength: Length = { long: 300, separated: 150 };

function run({ quick }: ReproductionContext): ReproductionResult {
  const experiment = runExperiment(quick ? quickLength : fullLength);
  const compared = checks(experiment).map(decided);
  return {
    title: "Logistic regression by natural gradients",
    lead:
      "The numerical example of a lecture note: a hundred points of the unit square, labelled by the side of the line x₁ + x₂ = 1 that they lie on. " +
      "Its listing has the wrong sign; what it does is shown beside what it means.",
    claim:
      "Natural gradient descent adjusts the steps of logistic regression to the sensitivity of its parameters and converges faster than gradient descent.",
    comparisons: compared,
    sections: [lossesSection(experiment), planeSection(experiment), separatedSection(experiment)],
    settings: {
      data: `np.random.seed(${settings.seed}), chosen here: the listing sets no seed; N = ${settings.rows}`,
      listing: `step ${settings.stepSize}, damping ${settings.damping}, ${settings.iterations} iterations from θ = 0`,
      "chosen here": "the longer run, the runs with an intercept, their steps of size 1",
    },
    numbers: {
      ...experiment,
      printed: thinned(experiment.printed),
      runs: experiment.runs.map(thinned),
      separated: experiment.separated.map(({ separatesAt = "never", ...each }) => ({
        ...{ ...thinned(each), separatesAt },
      })),
    },
    summary: comparisonLines(compared),
  };
}

/** The run at the iterations that are shown. */
function thinned({ method, thetas, losses }: Run): Record<string, unknown> {
  const iterations = shownIterations(losses.length - 1);
  return {
    method,
    iterations,
    thetas: iterations.map((k) => thetas[k]),
    losses: iterations.map((k) => losses[k]),
  };
}
