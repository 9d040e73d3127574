import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { comparisonsOf } from "./checks.ts";
import { deviations, fit, stepSizes } from "./descent.ts";
import { figureSettings } from "./metric-figure.ts";
import { type Pair, parametrisations } from "./parametrisations.ts";
import {
  deviationsSection,
  metricSection,
  pathsSection,
  slipsSection,
  threeWaysSection,
} from "./sections.ts";
import { centralMoments, points, threeWays } from "./three-ways.ts";

/** The Fisher metric of the Gaussians on the line, and its invariance. */
export const gaussianFisher: Reproduction = {
  name: "gaussian-fisher",
  summary: "the Fisher metric of a Gaussian in three ways and in four parametrisations",
  source:
    "Jones, “Natural gradients” (blog post); Grosse 2017, CSC2541 lecture 5; Ang 2020, MA4270 project report, proposition 1 and theorem 2",
  run: (context) => Promise.resolve(run(context)),
};

const gaussianName = ([mu, sigma]: Pair): string =>
  `N(${formatNumber(mu)}, ${formatNumber(sigma)}²)`;

function run({ quick }: ReproductionContext): ReproductionResult {
  const samples = quick ? 10_000 : 100_000;
  const ways = points.map(({ mu, sigma }) => threeWays(mu, sigma, samples));
  const moments = centralMoments(samples);
  const deviated = deviations(parametrisations);
  const comparisons = comparisonsOf({ ways, moments, deviations: deviated });
  return {
    title: "The Fisher metric of a Gaussian",
    lead: "One metric on the Gaussians of the line: computed in three ways, drawn in four parametrisations, and followed by natural-gradient steps in each.",
    claim:
      "Over (μ, log σ) the Fisher matrix is diag(1/σ², 2), the covariance of the score and the negative expected Hessian of log π alike; the metric does not depend on the parametrisation, and neither do natural-gradient steps to first order.",
    comparisons,
    sections: [
      threeWaysSection(ways, samples),
      metricSection(),
      pathsSection(),
      deviationsSection(deviated),
      slipsSection(moments),
    ],
    settings: {
      "samples of a covariance": formatNumber(samples),
      "curves at": `${figureSettings.kl} nats`,
      "fit from, to": `${gaussianName(fit.start)}, ${gaussianName(fit.target)}`,
      "step sizes": `${formatNumber(stepSizes[0])} to ${formatNumber(stepSizes[stepSizes.length - 1])}`,
      "chosen here": "every number; the sources draw pictures without them",
    },
    numbers: { ways, moments, deviations: deviated, stepSizes },
    summary: comparisons.map(
      ({ quantity, ours, verdict }) =>
        `${verdict.padEnd(12)} ${quantity}: ${typeof ours === "number" ? formatNumber(ours, 3) : ours}`,
    ),
  };
}
