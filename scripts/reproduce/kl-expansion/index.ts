import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionResult } from "../reproduction.ts";
import { comparisonsOf } from "./checks.ts";
import { distances, expand, expansionCases } from "./expansion.ts";
import { pairDivergences } from "./pairs.ts";
import { expansionSection, pairsSection } from "./sections.ts";

/** Distance of parameters against KL, and KL against ½ δᵀFδ. */
export const klExpansion: Reproduction = {
  name: "kl-expansion",
  summary:
    "KL of Gaussians and categorical distributions against ½ δᵀFδ, and two pairs of Gaussians",
  source:
    "Ang 2020, MA4270 project report, figure 1 and proposition 2; Lin 2019, CMU 10-703 recitation; Grosse 2017, CSC2541 lecture 5",
  run: () => Promise.resolve(run()),
};

function run(): ReproductionResult {
  const divergences = pairDivergences();
  const expansions = expansionCases.map(expand);
  return {
    title: "KL divergence and the Fisher matrix",
    lead: "Why steps are measured by KL and not by the distance of parameters, and how far the quadratic form of the Fisher matrix stands in for KL.",
    claim:
      "N(0, 1000) and N(100, 1000) are closer than N(0, 0.1) and N(0.1, 0.1) though their parameters are farther apart, and KL ≈ ½ δᵀFδ in both directions for small δ.",
    comparisons: comparisonsOf(divergences, expansions),
    sections: [pairsSection(divergences), expansionSection(expansions)],
    settings: {
      "lengths of δ": `${distances.length} from ${formatNumber(distances[0])} to ${distances[distances.length - 1]}`,
      "chosen here": "the distributions and directions of the expansion; the sources give none",
      "slip in the recitation":
        "it bounds ½ KL by ε², but with KL ≈ ½ δᵀFδ that is ¼ δᵀFδ and not its ½ ‖δ‖²_F",
    },
    numbers: { pairs: divergences, distances, expansions },
    summary: [
      ...divergences.map(
        ({ pair, reading, kl }) =>
          `${pair.name.padEnd(30)} ${reading.padEnd(20)} KL = ${formatNumber(kl, 3)}`,
      ),
      "",
      ...expansions.flatMap(({ name, results }) =>
        results.map(
          ({ direction, slope }) =>
            `${name.padEnd(42)} ${direction.padEnd(12)} error ~ length^${formatNumber(slope, 3)}`,
        ),
      ),
    ],
  };
}
