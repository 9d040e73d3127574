/** The thread of a pool: runs the tasks that come with the module that it was given. */
import { parentPort, workerData } from "node:worker_threads";
import type { TaskModule } from "./worker-pool.ts";

const { run } = (await import(workerData as string)) as TaskModule<unknown, unknown>;
parentPort?.on("message", (task) => {
  parentPort?.postMessage(run(task));
});
