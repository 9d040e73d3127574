import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionResult } from "../reproduction.ts";
import { comparisonsOf } from "./checks.ts";
import { closedForm, descend as descendQuadratic, listing, quadratics } from "./quadratic.ts";
import { ballsSection, pathsSection, slipsSection } from "./quadratic-sections.ts";
import { descend, rosenbrock, runs, valueAt } from "./rosenbrock.ts";
import { progressSection, valleySection } from "./rosenbrock-sections.ts";

/** Steepest descent in a Mahalanobis metric against the Euclidean one. */
export const steepestDescent: Reproduction = {
  name: "steepest-descent",
  summary:
    "steepest descent in a Mahalanobis and in a pulled-back metric against the Euclidean one",
  source: "Jones, “Natural gradients” (blog post); Grosse 2017, CSC2541 lecture 5",
  run: () => Promise.resolve(run()),
};

function run(): ReproductionResult {
  const paths = runs.map(descend);
  const comparisons = comparisonsOf();
  return {
    title: "Steepest descent depends on the metric",
    lead: "The direction of steepest descent is a matter of what counts as a short step. With the metric of the problem it goes straight to the minimum.",
    claim:
      "On f(x) = xᵀAx steps along −∇f bounce across the valley, and steps along −A⁻¹∇f, steepest descent in the metric A, go straight towards the minimum.",
    comparisons,
    sections: [
      ballsSection(),
      pathsSection(),
      slipsSection(),
      valleySection(paths),
      progressSection(paths),
    ],
    settings: {
      "quadratic: start, steps": `(${listing.start.join(", ")}), ${listing.steps}; −${listing.vanilla} ∇f and −${listing.mahalanobis} A⁻¹∇f, as in the post's listing`,
      "Rosenbrock, chosen here": `a = ${rosenbrock.a}, b = ${rosenbrock.b}, start (${rosenbrock.start.map((value) => formatNumber(value)).join(", ")}), until f ≤ ${formatNumber(rosenbrock.target)}; the lecture shows the example without numbers`,
      metrics:
        "as Fisher matrices: 2A of a linear-Gaussian model with two observations, 2JᵀJ of the residuals with noise; solved by Cholesky without damping",
    },
    numbers: {
      quadratic: quadratics.map((one) => ({
        ...one,
        vanilla: descendQuadratic(one, "vanilla", listing.vanilla),
        natural: descendQuadratic(one, "natural", listing.mahalanobis),
        closedForm: [
          closedForm(one, "vanilla", listing.steps),
          closedForm(one, "natural", listing.steps),
        ],
      })),
      rosenbrock: runs.map(({ label }, i) => ({
        label,
        updates: paths[i].length - 1,
        end: paths[i][paths[i].length - 1],
      })),
    },
    summary: [
      ...comparisons.map(
        ({ quantity, ours, verdict }) =>
          `${verdict.padEnd(12)} ${quantity}: ${typeof ours === "number" ? formatNumber(ours, 6) : ours}`,
      ),
      "",
      ...runs.map(({ label }, i) => {
        const path = paths[i];
        const [x, y] = path[path.length - 1];
        return `${label.padEnd(28)} ${String(path.length - 1).padStart(6)} updates to f = ${formatNumber(valueAt(x, y), 2)}`;
      }),
    ],
  };
}
