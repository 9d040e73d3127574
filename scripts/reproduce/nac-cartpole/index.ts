import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { comparisonLines } from "../comparison.ts";
import { comparisonsOf } from "./comparisons.ts";
import { DAMPING } from "./exact-ascent.ts";
import { gainsSection } from "./gains-section.ts";
import { looksOf, type ShownLooks, thinned } from "./looks.ts";
import { protocol } from "./learning-run.ts";
import { methodNames, noiseName, timeText } from "./names.ts";
import { learningSection, timesSection } from "./sections.ts";
import { createPlan, type Study, study, type StudyPlan } from "./study.ts";
import { summaryOf } from "./summary.ts";
import { best, GAMMA, START_SIGMA } from "./system.ts";

/** The natural actor-critic on the linear cart-pole, beside exact ascents. */
export const nacCartpole: Reproduction = {
  name: "nac-cartpole",
  summary: "natural actor-critics against the exact vanilla gradient on the linear cart-pole",
  source:
    "Peters & Schaal 2008, Neurocomputing 71:1180-1190, section 4.1; Peters, Vijayakumar & Schaal 2003",
  run,
};

async function run(context: ReproductionContext): Promise<ReproductionResult> {
  const plan = createPlan(context.seeds, context.quick);
  const result = await study(plan, context.runAll);
  const { summaries } = result;
  const shown = shownOf(result);
  const comparisons = comparisonsOf(summaries, plan.limits);
  return {
    title: "The natural actor-critic on the linear cart-pole",
    lead:
      "A pole on a cart, linearised about the upright, is to be balanced by linear feedback. Its optimal gains are known exactly, " +
      "and every policy that is learnt is measured by its exact return.",
    claim:
      "The natural actor-critic comes to the optimal gains in less than 10 minutes of robot time, where the exact vanilla gradient takes more than 2 hours, and hardly differs from the exact natural gradient.",
    comparisons,
    sections: [learningSection(summaries), timesSection(summaries), gainsSection(shown)],
    settings: settingsOf(plan),
    numbers: { plan, optimum: best, summaries, shown },
    summary: [
      ...comparisonLines(comparisons),
      "",
      ...summaries.map(
        (one) =>
          `${methodNames[one.method].padEnd(34)} ${noiseName(one.noise).padEnd(12)} α ${String(one.stepSize).padEnd(4)} ${timeText(one)}`,
      ),
    ],
  };
}

/** The exact ascent at the pace of the natural actor-critic. */
function shownOf({ summaries, shown: { nac, vanilla } }: Study): ShownLooks {
  const { secondsPerUpdate } = summaryOf(summaries, "nac", 0);
  return { nac: looksOf(nac), vanilla: thinned(looksOf(vanilla, secondsPerUpdate)) };
}

function settingsOf({ starts, limits, tuning, shown }: StudyPlan): ReproductionResult["settings"] {
  const { nac, "enac-one-start": oneStart, "enac-values": values } = protocol;
  const sampled = protocol["vanilla-sampled"];
  return {
    "γ (not stated)": `${GAMMA}, that of the printed gains`,
    "noise (not stated)":
      "none, and with a standard deviation of 10⁻⁴ and 10⁻³ on each number of the state, which is that of PyBrain's version of the 2003 model",
    "start of a roll-out (not stated)": "N(0, 0.1²) on each number of the state, as in PyBrain",
    "end of a roll-out": `|x| > 1.5 m or |θ| > π/6, as stated; else ${nac.rollout} s of NAC and eNAC with one baseline, ${values.rollout} s of eNAC with quadratic values, ${sampled.rollout} s of the sampled vanilla gradient`,
    "initial policies (not stated)": `each gain U(0, 2) of the optimal one, drawn again until ρ(A + BK) < 1; σ = ${START_SIGMA}`,
    "J of all curves": "of returns without end and without noise, exact; J* with σ = 0.1",
    "the optimum": "within 1 % of J*; a run ends there, or at an unstable policy",
    "φ (not stated)": "all monomials of the state up to degree 2",
    "NAC: λ, β, ε": `${nac.lambda}, ${nac.forgetting} (neither stated), ${nac.angle}° as stated, compared every ${nac.check} s (not stated)`,
    "eNAC: roll-outs an update (not stated)": `${oneStart.rollouts} with one baseline, ${values.rollouts} with quadratic values; one start has every number of the state at ${oneStart.start}`,
    "sampled vanilla (no such in the source)": `GAE with λ = 1 and a quadratic critic, ${sampled.check} s an update`,
    "α (not stated)": `the largest of ${tuning.grid.join(", ")} at which none of ${tuning.seeds.length} other initial policies becomes unstable in ${tuning.limits.minutes} min or ${tuning.limits.updates} updates`,
    damping: DAMPING,
    "longest run": `${limits.minutes} min of robot time, or ${limits.updates} exact updates; the runs shown in full ${shown.limits.minutes} min and ${shown.limits.updates}`,
    "initial policies, number":
      `${starts} of the exact ascents and of NAC without noise, as in the source; a fifth with noise, a tenth of eNAC with quadratic values, ` +
      "a twentieth of the others, whose runs are the longest",
  };
}
