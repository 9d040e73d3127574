import { comparisonLines, decided } from "../comparison.ts";
import type { Reproduction, ReproductionResult } from "../reproduction.ts";
import { checks } from "./checks.ts";
import { descend, firstSteps, methods, settings } from "./descent.ts";
import { inputs } from "./problem.ts";
import { dataSection, functionsSection, lossesSection, unitsSection } from "./sections.ts";
import { spectrumOf } from "./spectrum.ts";

/** Linear regression on years: what centring and units do to gradient descent and natural gradient. */
export const unitsReproduction: Reproduction = {
  name: "units",
  summary: "linear regression on years: invariance under centring and units",
  source: "Grosse, CSC2541 lecture 5, “Natural Gradient”, slides “Motivation: Invariances”",
  run: () => Promise.resolve(run()),
};

function run(): ReproductionResult {
  const spectra = inputs.map(spectrumOf);
  const runs = methods.flatMap((method) => inputs.map((one) => descend(method, one)));
  const steps = firstSteps();
  const compared = checks({ spectra, runs, steps }).map(decided);
  return {
    title: "Invariance under units",
    lead:
      "A lecture on natural gradients opens with a regression whose inputs are years, and asks which update one wants. " +
      "Here the question is run: gradient descent and natural gradient, with the years as given, centred, and in other units.",
    claim:
      "Gradient descent adds quantities of different units and depends on them; natural gradient is dimensionally correct, and its updates are the same in any coordinates.",
    comparisons: compared,
    sections: [
      dataSection(),
      lossesSection(spectra, runs),
      functionsSection(runs),
      unitsSection(steps),
    ],
    settings: {
      model: "t ~ N(w₁x₁ + w₂x₂ + b, 1), loss ½ mean (f − t)², from w = 0, b = 0",
      steps: `gradient descent 1/λ_max(F), natural gradient ${settings.naturalStep}, no damping, Cholesky`,
      "chosen here": "the intercept, the units, the step sizes; the lecture gives the table alone",
    },
    numbers: { spectra, runs, steps },
    summary: comparisonLines(compared),
  };
}
