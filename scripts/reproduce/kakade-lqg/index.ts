import { formatNumber } from "../../figures/index.ts";
import { decided } from "../comparison.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { checksOf, speedUp } from "./checks.ts";
import { allFlows } from "./flows.ts";
import { costsSection, stated, timesSection } from "./sections.ts";

/** Kakade's linear-quadratic problem: exact gradient flows under three scalings of the features. */
export const kakadeLqgReproduction: Reproduction = {
  name: "kakade-lqg",
  summary: "vanilla against natural gradient flow on a linear-quadratic problem in three scalings",
  source: "Kakade 2002, A Natural Policy Gradient, NIPS 14, section 4 and figure 1A",
  run,
};

async function run({ quick }: ReproductionContext): Promise<ReproductionResult> {
  const flows = allFlows();
  const comparisons = [...checksOf(flows).map(decided), speedUp(flows)];
  return Promise.resolve({
    title: "Vanilla and natural gradient under three scalings of the features",
    lead:
      "A scalar linear-quadratic problem of 20 steps, and a policy whose features u² and xu are multiplied by s₁ and s₂. " +
      "Costs, gradients and Fisher matrices are exact, and the flows are followed in continuous time, as in the paper.",
    claim:
      "The natural gradient reaches a cost of about 22 some three orders of magnitude faster, whatever the scaling of the features.",
    comparisons,
    sections: [costsSection(flows), timesSection(flows)],
    settings: { ...stated, quick },
    numbers: { flows },
    summary: comparisons.map(
      ({ quantity, derived, ours, verdict }) =>
        `${quantity.padEnd(54)} ${cell(derived)} ${cell(ours)}   ${verdict}`,
    ),
  });
}

function cell(value: string | number | undefined): string {
  return (typeof value === "number" ? formatNumber(value, 5) : (value ?? "–")).padStart(11);
}
