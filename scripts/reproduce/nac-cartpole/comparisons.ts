import { median } from "../../../src/index.ts";
import { formatNumber } from "../../figures/index.ts";
import { decided } from "../comparison.ts";
import type { Comparison } from "../reproduction.ts";
import { ascentChecks, optimumChecks } from "./checks.ts";
import { noiseName, timeText } from "./names.ts";
import type { RunLimits } from "./run.ts";
import { noises } from "./study.ts";
import { type CellSummary, summaryOf } from "./summary.ts";

/** The exact optimum, then what is said of learning, which depends on settings that the source leaves open. */
export function comparisonsOf(
  summaries: readonly CellSummary[],
  { minutes }: RunLimits,
): Comparison[] {
  return [
    ...[...optimumChecks(), ...ascentChecks()].map(decided),
    ...learningClaims(summaries, minutes),
  ];
}

function learningClaims(summaries: readonly CellSummary[], most: number): Comparison[] {
  const [quiet, ...noisy] = noises;
  const nac = summaryOf(summaries, "nac", quiet);
  const natural = summaryOf(summaries, "natural", quiet);
  const claim = (quantity: string, published: string, ours: string, note: string): Comparison => {
    return { quantity, published, ours, verdict: "qualitative", note };
  };
  const open =
    "median robot time to 1 % of J*, and starts that came there; noise, α, start and initial policies are not stated";
  return [
    claim(
      "robot time of NAC without noise",
      "below 10 min (one run)",
      timeText(nac),
      `${open}; runs end after ${most} min`,
    ),
    claim(
      "robot time of the exact vanilla gradient at the pace of NAC",
      "above 2 h (one run)",
      timeText(summaryOf(summaries, "vanilla", quiet)),
      `${open}; an update whenever NAC makes one, every ${formatNumber(nac.secondsPerUpdate, 3)} s`,
    ),
    claim(
      "NAC against the exact natural gradient: updates, and angle of a step",
      "the difference is negligible",
      `${formatNumber(median(nac.updates))} and ${formatNumber(median(natural.updates))}; ${formatNumber(nac.angle, 2)}°`,
      `medians, without noise, α = ${nac.stepSize} and ${natural.stepSize}; angle in the exact Fisher metric`,
    ),
    ...noisy.map((noise) => {
      const summary = summaryOf(summaries, "nac", noise);
      return claim(
        `robot time of NAC with ${noiseName(noise)}`,
        "exact without noise, or with little",
        timeText(summary),
        `${open}; runs end after ${most} min; steps are ${formatNumber(summary.angle, 2)}° from the exact direction in the median`,
      );
    }),
  ];
}
