import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Crew, type Hand, type Orders, type Recipe, startCrew } from "../../src/index.ts";
import { kernelsByName } from "./crew-kernels.ts";

/** A crew of threads of Node; the process does not wait for one that was not closed. */
export function startNodeCrew(recipe: Recipe, workers: number): Promise<Crew> {
  return startCrew(recipe, { workers, hire, kernels: kernelsByName });
}

function hire(orders: Orders): Hand {
  const entry = new URL(`./crew-worker${import.meta.url.slice(-3)}`, import.meta.url);
  const worker = new Worker(entry, { workerData: orders });
  worker.unref();
  return {
    ready: readiness(worker),
    isAlive: () => hasRunningLoop(worker),
    dismiss: async () => {
      await worker.terminate();
    },
  };
}

/** Resolves at the first message; rejects where the thread fails or ends before. */
async function readiness(worker: Worker): Promise<void> {
  const ended = once(worker, "exit").then(([code]) => {
    throw new Error(`crew: a worker ended with exit code ${String(code)} before it was ready`);
  });
  worker.ref();
  try {
    await Promise.race([once(worker, "message"), ended]);
  } finally {
    ended.catch(() => undefined);
    worker.unref();
  }
}

/**
 * Whether a thread that was ready still runs. Its events would arrive only when this thread is done
 * waiting for it, but the clock of its loop can be read at once: of a dead loop it shows no time
 * active, or −1 idle.
 */
function hasRunningLoop(worker: Worker): boolean {
  const { active, idle } = worker.performance.eventLoopUtilization();
  return active > 0 && idle >= 0;
}
