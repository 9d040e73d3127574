import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { galleryFile, writeGallery } from "../../reproduce/gallery.ts";
import { reproductions, type ReproductionEntry } from "../../reproduce/index.ts";
import { readResults } from "../../reproduce/results.ts";
import { prepareOutputFolder } from "../../support/files.ts";
import { type Interruption, watchForInterruption } from "../../support/interruption.ts";
import { createProgress } from "../../support/progress.ts";
import { versions } from "../../support/versions.ts";

export interface AllSettings {
  /** Reproductions at a time, each in a process of its own with one thread. */
  readonly workers: number;
  readonly quick: boolean;
  /** The folder of their folders and of the index page. */
  readonly out: string;
  /** Whether to run those again that have been run by this version. */
  readonly force: boolean;
}

/**
 * Runs every reproduction, the longest first, and writes the index page; returns the exit code.
 *
 * Those that this version has run already are kept. One that fails does not stop the others.
 */
export async function runAllReproductions(settings: AllSettings): Promise<number> {
  const { out } = settings;
  const base = prepareOutputFolder(out, { force: true });
  const queue = reproductions.filter((entry) => settings.force || !isDone(entry, settings));
  queue.sort((a, b) => b.seconds - a.seconds);
  const kept = reproductions.length - queue.length;
  if (kept > 0) process.stdout.write(`${kept} kept from an earlier run, --force runs them again\n`);
  const interruption = watchForInterruption();
  const failures = await drain(queue, settings, interruption);
  interruption.dispose();
  writeGallery(base);
  for (const { name, output } of failures) {
    process.stderr.write(`\nreproduce ${name} failed:\n${output.trimEnd()}\n`);
  }
  if (interruption.reason !== undefined) {
    process.stderr.write(`reproduce: stopped by ${interruption.reason}; `);
    process.stderr.write("what was finished is kept, the same command goes on\n");
    return interruption.exitCode;
  }
  const done = reproductions.length - failures.length;
  process.stdout.write(`${done} of ${reproductions.length}: open ${out}/${galleryFile}\n`);
  return failures.length > 0 ? 1 : 0;
}

/** Whether a full run, or for a first look any run, of this version is there. */
function isDone({ name }: ReproductionEntry, { out, quick }: AllSettings): boolean {
  const results = readResults(join(out, name));
  return results?.versions.natgrad === versions().natgrad && (quick || !results.quick);
}

interface Failure {
  readonly name: string;
  readonly output: string;
}

/** Runs the queue, several at a time; after a request to stop, waits for those that run. */
async function drain(
  queue: ReproductionEntry[],
  settings: AllSettings,
  interruption: Interruption,
): Promise<Failure[]> {
  const failures: Failure[] = [];
  const total = queue.length;
  const progress = createProgress({ total, label: "reproduce all" });
  let done = 0;
  const stopped = (): boolean => interruption.reason !== undefined;
  const serve = async (): Promise<void> => {
    while (!stopped()) {
      const entry = queue.shift();
      if (entry === undefined) return;
      progress.update(done, entry.name);
      const { code, output } = await runOne(entry, settings, interruption);
      if (code !== 0 && !stopped()) {
        failures.push({ name: entry.name, output });
      }
      progress.update(++done, entry.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(settings.workers, total) }, serve));
  progress.finish();
  return failures;
}

/** Runs one in a process of its own, which is told to stop when this one is. */
function runOne(
  { name }: ReproductionEntry,
  { quick, out }: AllSettings,
  interruption: Interruption,
): Promise<{ code: number | null; output: string }> {
  const program = fileURLToPath(
    new URL(`../../natgrad${import.meta.url.slice(-3)}`, import.meta.url),
  );
  const flags = [
    "--workers",
    "1",
    "--force",
    "--out",
    join(out, name),
    ...(quick ? ["--quick"] : []),
  ];
  const child = spawn(process.execPath, [program, "reproduce", name, ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const watch = setInterval(() => {
    if (interruption.reason !== undefined) child.kill("SIGTERM");
  }, 50);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ code, output });
    });
  });
}
