import { median } from "../../../src/index.ts";
import { formatNumber, formatScientific } from "../../figures/index.ts";
import type { MethodName } from "./run.ts";
import type { CellSummary } from "./summary.ts";

export const methodNames: Readonly<Record<MethodName, string>> = {
  natural: "natural gradient, exact",
  vanilla: "vanilla gradient, exact",
  nac: "NAC, LSTD-Q(1)",
  "enac-values": "eNAC, quadratic values",
  "enac-one-start": "eNAC, one baseline, one start",
  "enac-starts": "eNAC, one baseline, random starts",
  "vanilla-sampled": "vanilla gradient, sampled",
};

export function noiseName(noise: number): string {
  return noise === 0 ? "no noise" : `noise ${formatScientific(noise)}`;
}

/** The median robot time to the optimum, and of how many starts it is. */
export function timeText({ minutes }: CellSummary): string {
  const reached = countReached(minutes);
  const text = reached === 0 ? "not by the end" : durationText(median(minutes));
  return `${text} (${reached} of ${minutes.length})`;
}

/** Minutes in words. */
export function durationText(minutes: number): string {
  if (minutes === Infinity) return "not by most";
  return minutes < 100 ? `${formatNumber(minutes, 2)} min` : `${formatNumber(minutes / 60, 2)} h`;
}

export function countReached(minutes: readonly number[]): number {
  return minutes.filter(Number.isFinite).length;
}
