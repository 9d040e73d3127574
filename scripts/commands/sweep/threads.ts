import { Worker } from "node:worker_threads";
import type { SweepRun } from "./settings.ts";

/** How a run ended. */
export interface Outcome {
  readonly status: "finished" | "stopped" | "failed";
  /** Why it failed. */
  readonly message?: string;
}

/** What a thread says: the steps that its run took so far, or how it ended. */
export type Message = { readonly steps: number } | { readonly outcome: Outcome };

export interface ThreadOptions {
  /** Runs at once. */
  readonly workers: number;
  /** No run starts, and those under way stop after their update, once its first number is not 0. */
  readonly stop: Int32Array<SharedArrayBuffer>;
  readonly onSteps: (index: number, steps: number) => void;
  readonly onEnd: (index: number, outcome: Outcome) => void;
}

/** The outcome of every run; undefined for one that was not started. A thread that dies fails its run alone. */
export async function runOnThreads(
  runs: readonly SweepRun[],
  { workers, stop, onSteps, onEnd }: ThreadOptions,
): Promise<(Outcome | undefined)[]> {
  const outcomes = new Array<Outcome | undefined>(runs.length).fill(undefined);
  let next = 0;
  const serve = async (): Promise<void> => {
    let thread: Worker | undefined;
    while (next < runs.length && Atomics.load(stop, 0) === 0) {
      const index = next++;
      thread ??= startThread(stop);
      const { outcome, isDead } = await outcomeOf(thread, runs[index], (steps) =>
        onSteps(index, steps),
      );
      if (isDead) thread = undefined;
      outcomes[index] = outcome;
      onEnd(index, outcome);
    }
    await thread?.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(workers, runs.length) }, serve));
  return outcomes;
}

function startThread({ buffer }: Int32Array<SharedArrayBuffer>): Worker {
  const entry = new URL(`./run-worker${import.meta.url.slice(-3)}`, import.meta.url);
  return new Worker(entry, { workerData: buffer });
}

/** Sends a run to a thread and waits for its end or the thread's. */
function outcomeOf(
  thread: Worker,
  run: SweepRun,
  onSteps: (steps: number) => void,
): Promise<{ readonly outcome: Outcome; readonly isDead: boolean }> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome, isDead: boolean): void => {
      thread.off("message", onMessage).off("exit", onExit);
      // A dying thread keeps its listener of errors, of which it may tell more than one.
      if (!isDead) thread.off("error", onError);
      resolve({ outcome, isDead });
    };
    const failed = (message: string): void => end({ status: "failed", message }, true);
    const onMessage = (message: Message): void => {
      if ("steps" in message) onSteps(message.steps);
      else end(message.outcome, false);
    };
    const onError = (error: unknown): void =>
      failed(error instanceof Error ? error.message : String(error));
    const onExit = (code: number): void => failed(`its thread ended with exit code ${code}`);
    thread.on("message", onMessage).on("error", onError).on("exit", onExit);
    thread.postMessage(run);
  });
}
