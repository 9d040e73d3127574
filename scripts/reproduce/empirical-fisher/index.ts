import { formatNumber } from "../../figures/index.ts";
import { comparisonLines, decided } from "../comparison.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { checks, fieldDistortion } from "./comparisons.ts";
import { flowNames } from "./field.ts";
import { type FlowResult, type FlowTask, integration } from "./flow.ts";
import { createProblem, optimumOf, settings, starts } from "./problem.ts";
import { expectedDistance, fisherDistances } from "./sampled.ts";
import { distancesSection, fieldsSection, labelsSection } from "./sections.ts";

/** Gradient, natural and empirical-Fisher flows on the least-squares problem of the paper's figure 1. */
export const empiricalFisherReproduction: Reproduction = {
  name: "empirical-fisher",
  summary: "the empirical Fisher matrix as a preconditioner, beside the exact one",
  source: "Kunstner, Hennig & Balles 2019, arXiv 1905.12558, figure 1",
  run,
};

/** Sets of labels that the model draws at each θ. */
const DRAWS = 200;

/** Points of a path in a first look. */
const QUICK = 2001;

async function run(context: ReproductionContext): Promise<ReproductionResult> {
  const points = context.quick ? QUICK : integration.points;
  const plan = flowNames.flatMap((flow) =>
    starts.map((start): FlowTask => ({ flow, start, points })),
  );
  const runner = new URL(`./flow${import.meta.url.slice(-3)}`, import.meta.url);
  const flows = await context.runAll<FlowResult>(runner, plan);
  const problem = createProblem();
  const optimum = optimumOf(problem);
  const distortion = fieldDistortion(problem);
  const expected = expectedDistance(problem);
  const distances = [...starts, optimum].map((at) => fisherDistances(problem, at, DRAWS));
  const compared = checks({ optimum, flows, distortion, distances, expected }).map(decided);
  return {
    title: "The empirical Fisher matrix is not the Fisher matrix",
    lead:
      "Least squares with three preconditioners: none, the exact Fisher matrix, and the sum of squared scores at the labels of the data, which is often put in its place. " +
      "The data are those of the authors' code, drawn by the same generator from the same seed.",
    claim:
      "Preconditioning with the Fisher matrix corrects the curvature of the problem; the empirical Fisher matrix distorts the gradient field.",
    comparisons: compared,
    sections: [
      fieldsSection(problem, flows, distortion),
      distancesSection(flows),
      labelsSection(distances, expected, DRAWS),
    ],
    settings: {
      data: `np.random.seed(${settings.seed}), N = ${settings.rows}, log-normal x with σ = ${settings.sigmaOfLogX}, y = 2 + 2x + N(0, 1)`,
      prior: `N(0, ${settings.priorVariance}) on b and θ, in the gradient and in the exact matrix, not in the empirical one, as in the code`,
      flows: `dθ = γ(M + 10⁻⁸I)⁻¹g dt, γ = ⅓, 1, 3; Euler steps of ${integration.step}, ${formatNumber(points - 1, 6)} of them`,
      "chosen here": "the draws of labels by the model; the arrows are fewer than in the paper",
    },
    numbers: { optimum, distortion, distances, expectedDistance: expected, flows },
    summary: comparisonLines(compared),
  };
}
