import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { publish } from "../../reproduce/publish.ts";
import type { ReproductionContext } from "../../reproduce/reproduction.ts";
import { prepareOutputFolder } from "../../support/files.ts";
import { watchForInterruption } from "../../support/interruption.ts";
import { createProgress, type Progress } from "../../support/progress.ts";
import { runInWorkers } from "../../support/worker-pool.ts";
import type { ReproductionSettings } from "./options.ts";

/** Runs and publishes a reproduction; returns the exit code. */
export async function runReproduction(settings: ReproductionSettings): Promise<number> {
  const { entry, out, force } = settings;
  const folder = prepareOutputFolder(out, { force, replaces: earlierFiles(out) });
  // V8 then keeps some 40 MB less for code; the training was measured to be as fast.
  setFlagsFromString("--optimize-for-size");
  const began = performance.now();
  const interruption = watchForInterruption();
  const abort = new AbortController();
  const watch = setInterval(() => {
    if (interruption.reason !== undefined) abort.abort();
  }, 50);
  const progress = countedProgress(entry.name);
  try {
    const reproduction = await entry.load();
    const result = await reproduction.run(contextOf(settings, progress, abort.signal));
    progress.finish();
    for (const line of result.summary) process.stdout.write(`${line}\n`);
    const files = await publish(reproduction, result, { folder, ...settings, began });
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`\n${files.length} files in ${out} after ${seconds.toFixed(1)} s, `);
    process.stdout.write(`peak memory ${peakMegabytes()} MB: open ${out}/report.html\n`);
    return 0;
  } catch (error) {
    progress.finish();
    if (!abort.signal.aborted) throw error;
    process.stderr.write(`reproduce: stopped by ${interruption.reason ?? "a signal"}; `);
    process.stderr.write("its files are written only at the end, run it again to start over\n");
    return interruption.exitCode;
  } finally {
    clearInterval(watch);
    interruption.dispose();
  }
}

/** The files that an earlier reproduction left in a folder, by its own list. */
function earlierFiles(out: string): string[] {
  try {
    const { files } = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as {
      files?: unknown;
    };
    const own = Array.isArray(files) ? files.filter((file) => typeof file === "string") : [];
    return own.filter((file) => basename(file) === file);
  } catch {
    return [];
  }
}

/** The largest resident memory of the process so far. */
function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

interface CountedProgress {
  /** Adds to the total. */
  readonly expect: (pieces: number) => void;
  readonly advance: () => void;
  readonly finish: () => void;
}

/** A progress display that learns its total when the work begins. */
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
    advance: () => shown?.update(++done),
    finish: () => {
      shown?.finish();
      shown = undefined;
    },
  };
}

function contextOf(
  { seeds, quick, workers }: ReproductionSettings,
  { expect, advance }: CountedProgress,
  signal: AbortSignal,
): ReproductionContext {
  return {
    ...{ seeds, quick, workers, expect, advance, signal },
    runAll: (url, tasks) => {
      expect(tasks.length);
      return runInWorkers(url, tasks, { workers, signal, onDone: advance });
    },
  };
}
