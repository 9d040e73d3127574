/** A thread of a sweep: carries out the runs that it is sent, one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "../../support/user-error.ts";
import { readBegun, removeLeftovers } from "../resume/settings.ts";
import type { Printer } from "../train/printer.ts";
import { carryOut } from "../train/run.ts";
import { readSettings } from "../train/settings.ts";
import { stateOf } from "./sweep-folder.ts";
import type { SweepRun } from "./settings.ts";
import type { Message, Outcome } from "./threads.ts";

const stop = new Int32Array(workerData as SharedArrayBuffer);
const interruption = {
  get reason() {
    return Atomics.load(stop, 0) === 0 ? undefined : "stop";
  },
};
const post = (message: Message): void => parentPort?.postMessage(message);

parentPort?.on("message", (run: SweepRun) => {
  void carryOutAgain(run).then((outcome) => post({ outcome }));
});

async function carryOutAgain(run: SweepRun): Promise<Outcome> {
  let status: Outcome["status"] = "stopped";
  const printer: Printer = {
    record: ({ steps }) => post({ steps }),
    evaluation: () => (status = "finished"),
    note: () => undefined,
  };
  try {
    await start(run, printer);
    return { status };
  } catch (error) {
    return { status: "failed", message: messageOf(error) };
  }
}

async function start({ folder, options, commandLine }: SweepRun, printer: Printer): Promise<void> {
  if (stateOf(folder).kind === "begun") {
    removeLeftovers(folder);
    const { settings, resumed } = await readBegun(folder, {});
    await carryOut(settings, { resumed, printer, interruption });
    return;
  }
  const settings = await readSettings({ ...options, out: folder, force: true }, commandLine);
  await carryOut(settings, { printer, interruption });
}

/** What went wrong; of a defect, where, too. */
function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
