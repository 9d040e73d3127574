import { formatNumber } from "../../figures/index.ts";
import { decided } from "../comparison.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { pointChecks, runChecks, stepChecks } from "./checks.ts";
import { runSettings } from "./runs.ts";
import { fieldsSection, runsSection } from "./sections.ts";
import { systems } from "./systems.ts";

/** The problems of two states in Peters' policy gradient library: exact fields and runs. */
export const twoStateBartlett: Reproduction = {
  name: "two-state-bartlett",
  summary: "exact vanilla and natural gradients over the policies of three problems of two states",
  source: "Peters' policy gradient library, TwoState_DF.m, TwoState_AF.m and Bartlett.m",
  run,
};

async function run({ quick }: ReproductionContext): Promise<ReproductionResult> {
  const runs = runChecks();
  const comparisons = [...pointChecks(), ...stepChecks(runs)].map(decided);
  return Promise.resolve({
    title: "Vanilla and natural gradients over all policies of two states",
    lead:
      "A policy of two states and two actions is a point of the unit square, so that both gradients can be seen everywhere " +
      "at once: exact arrows over the levels of the return, and the runs of the library.",
    claim:
      "The natural gradient holds the weights of the compatible advantage function, here A(x, 1)θ(x), whatever the state distribution; the vanilla gradient weighs each state by d(x)/(θ(x)(1 − θ(x))) besides.",
    comparisons,
    sections: [
      ...systems.map((system) =>
        fieldsSection(
          system,
          runs.filter((each) => each.system === system),
        ),
      ),
      runsSection(runs),
    ],
    settings: {
      policy: "θ(x) = π(u = 1 | x), a decision border",
      starts: runSettings.starts.map((start) => `(${start.join(", ")})`).join(" and "),
      step: runSettings.step,
      return: "normalised by 1 − γ",
      quick,
    },
    numbers: {
      runs: runs.map(({ system, run: { method, start, path } }) => ({
        ...{ system: system.id, method, start, path },
      })),
    },
    summary: comparisons.map(
      ({ quantity, derived, ours, verdict }) =>
        `${quantity.padEnd(50)} ${cell(derived)} ${cell(ours)}   ${verdict}`,
    ),
  });
}

function cell(value: string | number | undefined): string {
  return (typeof value === "number" ? formatNumber(value, 7) : (value ?? "–")).padStart(10);
}
