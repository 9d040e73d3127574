import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Contestant } from "./interleave.ts";

/** Work for the other side, by the names in `torch_worker.py`. */
export interface PeerCase {
  readonly what:
    "matmul" | "row" | "product" | "gradient" | "update" | "random" | "linear" | "training";
  readonly widths?: readonly number[];
  readonly rows?: number;
}

/** Python libraries in a process of their own, one thread, idle while we are timed. */
export interface Peer {
  readonly versions: Readonly<Record<string, string | null>>;
  /** The peer in a row, or undefined where the library for it is missing. Its times are per unit. */
  contestant(work: PeerCase): Contestant | undefined;
  close(): void;
}

const greeting = z.object({
  versions: z.record(z.string(), z.string().nullable()),
  /** The library that does each kind of work it can do. */
  can: z.record(z.string(), z.string()),
});
const answer = z.object({ seconds: z.number().optional(), error: z.string().optional() });

/** Starts the worker: one line of JSON a request, one an answer. @throws Error where it cannot run. */
export async function startPeer(command: string): Promise<Peer> {
  const script = fileURLToPath(new URL("torch_worker.py", import.meta.url));
  const child = spawn(command, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.stdin.once("error", reject);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const { done, value } = await Promise.race([lines.next(), failed]);
    if (done === true) throw new Error(`${command} ended without an answer`);
    return JSON.parse(value) as unknown;
  };
  const { versions, can } = greeting.parse(await read());
  return {
    versions,
    contestant: (work) => {
      if (!Object.hasOwn(can, work.what)) return undefined;
      const burst = async (seconds: number): Promise<number> => {
        child.stdin.write(`${JSON.stringify({ ...work, seconds })}\n`);
        const { error, ...times } = answer.parse(await read());
        if (times.seconds !== undefined) return times.seconds;
        throw new Error(`torch_worker.py: ${work.what}: ${error ?? "no time given"}`);
      };
      return { name: can[work.what], burst };
    },
    close: () => void child.stdin.end(),
  };
}
