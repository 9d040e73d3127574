import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { comparisonsOf, steps } from "./checks.ts";
import { checkpoints, efficiencyOf, learners, online, type OnlineRun } from "./online.ts";
import { problems } from "./problems.ts";
import { efficiencySection, problemSection } from "./sections.ts";

/** Mirror descent and natural gradient descent in the dual coordinates of an exponential family. */
export const mirrorDescent: Reproduction = {
  name: "mirror-descent",
  summary: "mirror descent as natural gradient descent in the dual coordinates",
  source:
    "Raskutti & Mukherjee 2015, IEEE Transactions on Information Theory 61:1451-1457; named by Ang 2020, MA4270 project report",
  run,
};

async function run({ quick, runAll }: ReproductionContext): Promise<ReproductionResult> {
  const runs = quick ? 40 : 100;
  const seeds = Array.from({ length: runs }, (_, i) => i + 1);
  const pieces = Array.from({ length: runs / 10 }, (_, i) => seeds.slice(10 * i, 10 * (i + 1)));
  const url = new URL(`./online-run${import.meta.url.slice(-3)}`, import.meta.url);
  const results = (await runAll<OnlineRun[]>(url, pieces)).flat();
  const efficiencies = learners.map((kind) => efficiencyOf(kind, results));
  const comparisons = comparisonsOf(efficiencies);
  return {
    title: "Mirror descent is natural gradient descent",
    lead: "In an exponential family, mirror descent over one pair of dual coordinates and natural gradient descent over the other go through the same distributions, step for step.",
    claim:
      "Mirror descent with the Bregman divergence of a potential is natural gradient descent on the dual Riemannian manifold; with log-likelihood as loss and steps of 1/t it reaches the Cramér-Rao bound.",
    comparisons,
    sections: [...problems.map(problemSection), efficiencySection(efficiencies, runs)],
    settings: {
      "Gaussian: steps": `${steps.gaussian.updates} of ${steps.gaussian.stepSize}`,
      "categorical: steps": `${steps.categorical.updates} of ${steps.categorical.stepSize}`,
      "coin: runs, tosses": `${runs}, ${online.tosses}`,
      "chosen here":
        "both problems, all step sizes and the coin; the paper proves its theorems without an experiment",
      "mirror descent": "gradients, potentials and their inverses written out by hand",
      "natural gradient":
        "exact Fisher × Cholesky without damping × fixed step, the expectation by quadrature",
    },
    numbers: { steps, checkpoints, efficiencies },
    summary: comparisons.map(
      ({ quantity, ours, verdict }) =>
        `${verdict.padEnd(12)} ${quantity}: ${typeof ours === "number" ? formatNumber(ours, 3) : ours}`,
    ),
  };
}
