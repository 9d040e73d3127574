import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";

export interface WorkerOptions<R = unknown> {
  /** Worker threads; 1 runs the tasks in this thread. */
  readonly workers: number;
  /** Told after each task, in the order in which they end. */
  readonly onDone?: (index: number, result: R) => void;
  /** Stops handing out tasks, and rejects, when aborted. */
  readonly signal?: AbortSignal;
}

/** As many workers as there are cores. */
export function defaultWorkers(): number {
  return availableParallelism();
}

/** What a task module exports. */
export interface TaskModule<T, R> {
  readonly run: (task: T) => R;
}

/** Keeps a worker's garbage small: its heap would otherwise grow by tens of megabytes. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/**
 * The results of `run(task)` of the module at `url` for every task, in the order of the tasks and
 * so independent of the number of workers. Tasks and results must be structured-cloneable.
 */
export async function runInWorkers<R>(
  url: URL,
  tasks: readonly unknown[],
  options: WorkerOptions<R>,
): Promise<R[]> {
  const queue = createQueue<R>(tasks, options);
  const count = Math.min(options.workers, tasks.length);
  if (count <= 1) {
    const { run } = (await import(url.href)) as TaskModule<unknown, R>;
    for (let i = queue.take(); i >= 0; i = queue.take()) {
      queue.finish(i, run(tasks[i]));
      await setImmediate(); // so that signals are seen
    }
  } else {
    await Promise.all(Array.from({ length: count }, () => serve(url, queue)));
  }
  return queue.results;
}

/** The tasks that are left and the results so far. */
interface Queue<R> {
  readonly tasks: readonly unknown[];
  readonly results: R[];
  /** The index of the next task, −1 for none. */
  readonly take: () => number;
  readonly finish: (index: number, result: R) => void;
}

function createQueue<R>(tasks: readonly unknown[], { onDone, signal }: WorkerOptions<R>): Queue<R> {
  const results = new Array<R>(tasks.length);
  let next = 0;
  return {
    tasks,
    results,
    take: () => {
      signal?.throwIfAborted();
      return next < tasks.length ? next++ : -1;
    },
    finish: (index, result) => {
      results[index] = result;
      onDone?.(index, result);
    },
  };
}

/** Starts a worker and feeds it tasks until none is left. */
async function serve<R>(url: URL, queue: Queue<R>): Promise<void> {
  const entry = new URL(`./pool-worker${import.meta.url.slice(-3)}`, import.meta.url);
  const worker = new Worker(entry, { workerData: url.href, resourceLimits });
  try {
    for (let i = queue.take(); i >= 0; i = queue.take()) {
      worker.postMessage(queue.tasks[i]);
      const [result] = (await once(worker, "message")) as [R];
      queue.finish(i, result);
    }
  } finally {
    await worker.terminate();
  }
}
