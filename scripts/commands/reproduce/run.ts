import { rmSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import {
  createPieceStore,
  piecesFolder,
  type PieceStore,
  runPieces,
} from "../../reproduce/pieces.ts";
import { publish } from "../../reproduce/publish.ts";
import type { ReproductionContext } from "../../reproduce/reproduction.ts";
import { readResults } from "../../reproduce/results.ts";
import { prepareOutputFolder } from "../../support/files.ts";
import { watchForInterruption } from "../../support/interruption.ts";
import { createProgress, type Progress } from "../../support/progress.ts";
import { runInWorkers } from "../../support/worker-pool.ts";
import type { ReproductionSettings } from "./options.ts";

/** Runs and publishes a reproduction; returns the exit code. */
export async function runReproduction(settings: ReproductionSettings): Promise<number> {
  const { entry, out, force } = settings;
  const folder = prepareOutputFolder(out, { force, ignores: [piecesFolder] });
  // V8 then keeps some 40 MB less for code; the training was measured to be as fast.
  setFlagsFromString("--optimize-for-size");
  const began = performance.now();
  const interruption = watchForInterruption();
  const abort = new AbortController();
  const watch = setInterval(() => {
    if (interruption.reason !== undefined) abort.abort();
  }, 50);
  const progress = countedProgress(entry.name);
  const pieces = createPieceStore(folder);
  try {
    const reproduction = await entry.load();
    const result = await reproduction.run(
      contextOf(settings, { progress, pieces, signal: abort.signal }),
    );
    progress.finish();
    for (const line of result.summary) process.stdout.write(`${line}\n`);
    const earlier = readResults(folder)?.files ?? [];
    const files = await publish(reproduction, result, { folder, ...settings, began });
    for (const file of earlier)
      if (!files.includes(file)) rmSync(join(folder, file), { force: true });
    pieces.clear();
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`\n${files.length} files in ${out} after ${seconds.toFixed(1)} s, `);
    process.stdout.write(`peak memory ${peakMegabytes()} MB: open ${out}/report.html\n`);
    return 0;
  } catch (error) {
    progress.finish();
    if (!abort.signal.aborted) throw error;
    process.stderr.write(`reproduce: stopped by ${interruption.reason ?? "a signal"}; `);
    process.stderr.write("the same command goes on with the pieces that were finished\n");
    return interruption.exitCode;
  } finally {
    clearInterval(watch);
    interruption.dispose();
  }
}

/** The largest resident memory of the process so far. */
function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

interface CountedProgress {
  /** Adds to the total. */
  readonly expect: (pieces: number) => void;
  readonly advance: (pieces?: number) => void;
  readonly finish: () => void;
}

/** A progress display that learns its total as the work comes. */
function countedProgress(label: string): CountedProgress {
  let shown: Progress | undefined;
  let total = 0;
  let done = 0;
  return {
    expect: (pieces) => {
      total += pieces;
      shown?.finish();
      shown = createProgress({ total, label });
    },
    advance: (pieces = 1) => shown?.update((done += pieces)),
    finish: () => {
      shown?.finish();
      shown = undefined;
    },
  };
}

interface Surroundings {
  readonly progress: CountedProgress;
  readonly pieces: PieceStore;
  readonly signal: AbortSignal;
}

function contextOf(
  { seeds, quick, workers }: ReproductionSettings,
  { progress, pieces, signal }: Surroundings,
): ReproductionContext {
  const { expect } = progress;
  const advance = (): void => progress.advance();
  return {
    ...{ seeds, quick, workers, expect, advance, signal },
    runAll: <R>(url: URL, tasks: readonly unknown[]) => {
      expect(tasks.length);
      return runPieces<R>(pieces, {
        url,
        tasks,
        compute: (left, onDone) =>
          runInWorkers<R>(url, left, {
            workers,
            signal,
            onDone: (index, result) => {
              onDone(index, result);
              advance();
            },
          }),
        onFound: (found) => progress.advance(found),
      });
    },
  };
}
