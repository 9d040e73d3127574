import { type OnlineRun, runOnline } from "./online.ts";

/** The runs of some seeds, one after the other. */
export function run(seeds: readonly number[]): OnlineRun[] {
  return seeds.flatMap(runOnline);
}
