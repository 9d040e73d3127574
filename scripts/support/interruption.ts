import { isBrokenPipe } from "./exit.ts";

/** A request to stop early, from Ctrl-C, a polite kill or a reader of stdout that went away. */
export interface Interruption {
  /** Why to stop: "SIGINT", "SIGTERM", "SIGHUP" or "EPIPE"; undefined to go on. */
  readonly reason: string | undefined;
  /** The exit code that the reason asks for; 0 for none. */
  readonly exitCode: number;
  /** Stops watching. */
  dispose(): void;
}

const exitCodes: Readonly<Record<string, number>> = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
  EPIPE: 0,
};

/**
 * Watches for a request to stop, so that long work can finish its files first.
 *
 * Only work that returns to the event loop now and then sees it. A second signal ends the process
 * at once.
 */
export function watchForInterruption(): Interruption {
  let reason: string | undefined;
  const request = (why: string): void => {
    reason ??= why;
  };
  const onError = (error: Error): void => {
    if (isBrokenPipe(error)) request("EPIPE");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, request);
  process.stdout.on("error", onError);
  return {
    get reason() {
      return reason;
    },
    get exitCode() {
      return reason === undefined ? 0 : exitCodes[reason];
    },
    dispose: () => {
      for (const signal of signals) process.off(signal, request);
      process.stdout.off("error", onError);
    },
  };
}
