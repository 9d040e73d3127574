import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "../../../src/index.ts";

/** Medians over processes of their own. */
export interface Startup {
  readonly processes: number;
  /** Seconds from the start of the process to the end of the first update. */
  readonly seconds: number;
  /** Peak resident memory after 20 000 steps. */
  readonly megabytes: number;
}

/** Starts TRPO on cart-pole in five processes, one after the other. */
export async function measureStartup(signal: AbortSignal): Promise<Startup> {
  const url = new URL(`./first-update${import.meta.url.slice(-3)}`, import.meta.url);
  const measured: { first: number; megabytes: number }[] = [];
  for (let i = 0; i < 5; i++) {
    const args = [fileURLToPath(url), "20000"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { signal });
    measured.push(JSON.parse(stdout) as { first: number; megabytes: number });
  }
  return {
    processes: measured.length,
    seconds: median(measured.map(({ first }) => first)),
    megabytes: median(measured.map(({ megabytes }) => megabytes)),
  };
}
