import { createProgress } from "../../support/progress.ts";
import type { SweepRun } from "./settings.ts";
import type { RunState } from "./sweep-folder.ts";

/** How far a sweep is: runs done, steps per second, time left. */
export interface SweepDisplay {
  /** Steps of a run so far, those before this sweep went on included. */
  readonly advance: (index: number, steps: number) => void;
  /** Counts a run as done, a failed one with the steps that it did not take. */
  readonly endRun: (index: number) => void;
  readonly finish: () => void;
}

/** A display of the runs that are left; `states` says where they begin, `kept` how many others are done. */
export function sweepDisplay(
  runs: readonly SweepRun[],
  states: readonly RunState[],
  kept: number,
): SweepDisplay {
  const from = states.map((state) => (state.kind === "begun" ? state.steps : 0));
  const at = [...from];
  const total = runs.reduce((sum, { steps }, i) => sum + steps - from[i], 0);
  const progress = createProgress({ total, label: "sweep, steps" });
  const began = performance.now();
  let done = kept;
  let taken = 0;
  const show = (): void => {
    const over = at.reduce((sum, steps, i) => sum + steps - from[i], 0);
    const rate = (1000 * taken) / (performance.now() - began);
    const left = process.stderr.isTTY ? "" : `, ${duration((total - over) / rate)} left`;
    const counts = `${done} of ${kept + runs.length} runs`;
    progress.update(over, `${counts}, ${Math.round(rate).toLocaleString("en-US")} steps/s${left}`);
  };
  return {
    advance: (index, steps) => {
      taken += steps - at[index];
      at[index] = steps;
      show();
    },
    endRun: (index) => {
      at[index] = runs[index].steps;
      done++;
      show();
    },
    finish: () => progress.finish(),
  };
}

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unknown time";
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
