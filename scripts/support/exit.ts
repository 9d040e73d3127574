import { systemCode, UserError } from "./user-error.ts";

/** Exit codes: 0 done, 1 a defect of natgrad or a failure of the system, 2 a mistake of the caller, 128 + n ended by signal n. */
export const exitCodes = { defect: 1, system: 1, user: 2 } as const;

/** What the system can refuse in the middle of a run, and the remedy. */
const systemFailures: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full, free some space and run again",
  EDQUOT: "the quota of the disk is used up, free some space and run again",
  EFBIG: "a file grew beyond what the system allows, raise that limit and run again",
  EIO: "the disk failed",
  EMFILE: "too many files are open",
};

/**
 * Runs a program to its end, and turns what it throws into a message on stderr and an exit code.
 *
 * A reader of stdout that goes away (`| head`) ends the program quietly.
 */
export async function runToExit(program: () => Promise<void>): Promise<void> {
  process.stdout.on("error", (error) => {
    if (!isBrokenPipe(error)) throw error;
    if (process.stdout.listenerCount("error") === 1) process.exit(0);
  });
  try {
    await program();
  } catch (error) {
    reportFailure(error);
  }
}

/** Whether the reader of a stream went away. */
export function isBrokenPipe(error: unknown): boolean {
  return ["EPIPE", "ERR_STREAM_DESTROYED"].includes(systemCode(error) ?? "");
}

function reportFailure(error: unknown): void {
  if (error instanceof UserError) {
    process.stderr.write(`natgrad: ${error.message}\n`);
    process.exitCode = exitCodes.user;
    return;
  }
  const failure = systemFailures[systemCode(error) ?? ""] as string | undefined;
  if (failure !== undefined && error instanceof Error) {
    process.stderr.write(
      `natgrad: ${failure}: ${error.message}; what was saved before is intact\n`,
    );
    process.exitCode = exitCodes.system;
    return;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`natgrad: a defect of natgrad itself, please report it\n${stack}\n`);
  process.exitCode = exitCodes.defect;
}
