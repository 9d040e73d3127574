import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { batchOf, SIGMA, startOf } from "./learning-run.ts";
import { DT, STEPS } from "./movement.ts";
import {
  comparisonsOf,
  learningSection,
  methodNames,
  movementsSection,
  panelNames,
  panelTitles,
} from "./sections.ts";
import { createPlan, medianToNear, type MotorSummary, study, truthOf } from "./study.ts";

/** Five estimators on two movements, planned by splines and by motor primitives. */
export const motorPrimitives: Reproduction = {
  name: "motor-primitives",
  summary: "finite differences, vanilla and natural gradients on movements of one joint",
  source: "Peters & Schaal 2008, Neural Networks 21:682-697, section 5.1 and figure 4",
  run,
};

async function run(context: ReproductionContext): Promise<ReproductionResult> {
  const plan = createPlan(context.seeds, context.quick);
  const summaries = await study(plan, context.runAll);
  const truths = panelNames.map((panel) => ({ panel, ...truthOf(panel, startOf(panel)) }));
  return {
    title: "Motor primitives: five gradient estimators on two movements",
    lead:
      "A joint learns to reach a goal with little command, and to pass a point on the way, its acceleration planned by " +
      "splines or by a dynamic motor primitive with 10 parameters. The return is quadratic in them, so that each learning curve is exact.",
    claim:
      "The episodic natural actor-critic learns with up to two orders of magnitude fewer roll-outs than vanilla gradients, and finite differences get stuck.",
    comparisons: comparisonsOf(summaries),
    sections: [learningSection(summaries), movementsSection()],
    settings: {
      "H (not stated)": `${STEPS} steps of ${DT} s`,
      "σ of the exploration (not stated)": `${SIGMA} rad/s²`,
      "roll-outs an update (not stated)": Object.entries(batchOf)
        .map(([method, count]) => `${methodNames[method as keyof typeof batchOf]} ${count}`)
        .join(", "),
      "α (not stated)": `the best of a grid on seeds ${plan.tuningSeeds.join(", ")}, by the mean J of the second half of ${plan.tuningRollouts} roll-outs`,
      "start (not stated)":
        "splines on a third-order polynomial that reaches the goal a tenth late; primitives unforced",
      "constants of the primitive (not stated)": "α = 25/s, β = α/4, αₛ = α/2",
      "random numbers": "finite differences play the same scenarios in every batch (PEGASUS)",
      seeds: plan.seeds.length,
    },
    numbers: { plan, truths, summaries },
    summary: summaryOf(summaries),
  };
}

function summaryOf(summaries: readonly MotorSummary[]): string[] {
  const rows = summaries.map((summary) => {
    const { panel, method, stepSize, final } = summary;
    const ends = final.map((value) => formatNumber(value, 3)).join(" ");
    return `${panelTitles[panel].padEnd(32)} ${methodNames[method].padEnd(24)} ${formatNumber(stepSize).padStart(9)} ${formatNumber(medianToNear(summary)).padStart(10)}   ${ends}`;
  });
  return [
    `${"".padEnd(57)} ${"α".padStart(9)} ${"roll-outs".padStart(10)}   J at the end of each seed`,
    ...rows,
  ];
}
