import { Presets, SingleBar } from "cli-progress";

/** How far a long piece of work is, shown on stderr. */
export interface Progress {
  /** Says that `done` of the total are done, and perhaps what comes next. */
  update(done: number, note?: string): void;
  /** Leaves the terminal as it was. */
  finish(): void;
}

export interface ProgressOptions {
  readonly total: number;
  readonly label: string;
}

/** A bar on a terminal; elsewhere a plain line at each tenth of the way. */
export function createProgress(options: ProgressOptions): Progress {
  return process.stderr.isTTY ? bar(options) : lines(options);
}

function bar({ total, label }: ProgressOptions): Progress {
  const format = `${label} [{bar}] {percentage} % · {value}/{total} · {eta_formatted} left {note}`;
  const shown = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, etaBuffer: 20 },
    Presets.rect,
  );
  shown.start(total, 0, { note: "" });
  return {
    update: (done, note = "") => shown.update(done, { note }),
    finish: () => shown.stop(),
  };
}

function lines({ total, label }: ProgressOptions): Progress {
  let tenth = 0;
  return {
    update: (done, note) => {
      const reached = Math.floor((10 * done) / total);
      if (reached <= tenth) return;
      tenth = reached;
      process.stderr.write(`${label}: ${done}/${total}${note ? `, ${note}` : ""}\n`);
    },
    finish: () => undefined,
  };
}
