import { comparisonLines, decided } from "../comparison.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { checks } from "./checks.ts";
import { gradientSteps, meanFieldPlan, plansFor, runPlan, sampledSteps } from "./experiment.ts";
import { createModel, settings } from "./problem.ts";
import { divergenceSection, ellipsesSection, sampledSection, shownOf } from "./sections.ts";

/** Natural-gradient variational inference on a conjugate model, where one step is exact. */
export const variationalReproduction: Reproduction = {
  name: "variational",
  summary: "natural-gradient variational inference: one step to a conjugate posterior",
  source:
    "Hoffman, Blei, Wang & Paisley 2013, JMLR 14:1303-1347; Khan & Lin 2017, arXiv 1703.04265; Grosse, CSC2541 lecture 5",
  run: (context) => Promise.resolve(run(context)),
};

/** Updates of gradient ascent. */
const BUDGET = { full: 4000, quick: 1000 } as const;

function run({ quick }: ReproductionContext): ReproductionResult {
  const budget = quick ? BUDGET.quick : BUDGET.full;
  const model = createModel();
  const runs = plansFor(budget).map((plan) => runPlan(model, plan));
  const meanField = runPlan(model, meanFieldPlan);
  const sampled = sampledSteps(model);
  const compared = checks({ model, runs, meanField, sampled }).map(decided);
  const shown = shownOf(runs);
  const { seed, rows, sigma, tau } = settings;
  return {
    title: "Variational inference by natural gradients",
    lead:
      "Bayesian linear regression with known noise, whose posterior is known, and a Gaussian q of any covariance, which can be that posterior. " +
      "The agent is the natural policy gradient of the toolkit: the action is a weight vector drawn from q, the reward log p(y, w) − log q(w).",
    claim:
      "In a conjugate exponential family the natural gradient of the ELBO in natural parameters is the difference between the coordinate-ascent update and the present parameters, so that a step of size 1 is exact.",
    comparisons: compared,
    sections: [
      divergenceSection(shown),
      ellipsesSection(model, shown),
      sampledSection(model, sampled),
    ],
    settings: {
      model: `y ~ N(w₀ + w₁x, ${sigma}²), w ~ N(0, ${tau}²I), N = ${rows}, x uniform on [1, 4), w = (1, −0.5), np.random.seed(${seed})`,
      gradient: "exact, by three-point Gauss-Hermite quadrature in each direction, nine rows",
      "gradient ascent": `steps ${gradientSteps.join(", ")}; ${budget} updates`,
      "chosen here": "the model and its data; the sources treat all conjugate models",
    },
    numbers: {
      runs: runs.map(({ etas, divergences, ...plan }) => ({
        ...{ ...plan, end: etas[etas.length - 1], divergences },
      })),
      meanField: meanField.divergences,
      sampled,
    },
    summary: comparisonLines(compared),
  };
}
