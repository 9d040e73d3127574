import { exitCodes } from "../../support/exit.ts";
import { watchForInterruption } from "../../support/interruption.ts";
import { toJson } from "../../support/json.ts";
import { sweepDisplay } from "./display.ts";
import type { SweepRun, SweepSettings } from "./settings.ts";
import { summaryOf } from "./summary.ts";
import { openSweepFolder, stateOf } from "./sweep-folder.ts";
import { quoted, summaryText } from "./text.ts";
import { type Outcome, runOnThreads } from "./threads.ts";

/** Milliseconds between looks for an interruption. */
const LOOK = 50;

/** A run that failed, and why. */
export interface Failure {
  readonly run: SweepRun;
  readonly message: string;
}

/** Carries out the runs that are not finished, and prints what all came to; returns the exit code. */
export async function runSweep(settings: SweepSettings): Promise<number> {
  const { out, record, json } = settings;
  openSweepFolder(out, record);
  const interruption = watchForInterruption();
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const watch = setInterval(() => {
    if (interruption.reason !== undefined) Atomics.store(stop, 0, 1);
  }, LOOK);
  try {
    const failures = await carryOutRuns(settings, stop);
    if (interruption.reason !== undefined) {
      process.stderr.write(stoppedText(settings, interruption.reason));
      return interruption.exitCode;
    }
    const summary = summaryOf(settings, failures);
    process.stdout.write(json ? `${toJson(summary)}\n` : summaryText(summary, out));
    for (const { run, message } of failures) {
      process.stderr.write(`natgrad: ${run.folder} failed: ${message}\n`);
    }
    return failures.length === 0 ? 0 : exitCodes.system;
  } finally {
    clearInterval(watch);
    interruption.dispose();
  }
}

function stoppedText({ out, runs }: SweepSettings, reason: string): string {
  const finished = runs.filter(({ folder }) => stateOf(folder).kind === "finished").length;
  return `natgrad: stopped after ${finished} of ${runs.length} runs (${reason}); the same command goes on, as does natgrad resume ${quoted(out)}\n`;
}

/** Runs what is left, and gives what failed. */
async function carryOutRuns(
  { runs, workers }: SweepSettings,
  stop: Int32Array<SharedArrayBuffer>,
): Promise<Failure[]> {
  const all = runs.map((run) => ({ run, state: stateOf(run.folder) }));
  const left = all.filter(({ state }) => state.kind !== "finished");
  const tasks = left.map(({ run }) => run);
  const display = sweepDisplay(
    tasks,
    left.map(({ state }) => state),
    runs.length - left.length,
  );
  const outcomes = await runOnThreads(tasks, {
    ...{ workers, stop, onSteps: display.advance },
    onEnd: (index, { status }) => {
      if (status !== "stopped") display.endRun(index);
    },
  }).finally(() => display.finish());
  return outcomes.flatMap((outcome: Outcome | undefined, i) =>
    outcome?.message === undefined ? [] : [{ run: tasks[i], message: outcome.message }],
  );
}
