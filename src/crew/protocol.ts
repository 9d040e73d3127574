import type { Memory } from "./memory.ts";

/** What a thread is told to do, by number. */
export const COMMANDS = {
  collect: 1,
  linearise: 2,
  gradient: 3,
  measure: 4,
  curvature: 5,
  product: 6,
  tangents: 7,
  cotangents: 8,
  save: 9,
  restore: 10,
} as const;

export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

/** What a thread is told to do with its shards of the roll-out, and the name of doing it. */
export const ROLLOUT_COMMANDS = {
  [COMMANDS.collect]: "collect",
  [COMMANDS.save]: "save",
  [COMMANDS.restore]: "restore",
} as const;
export type RolloutCommand = keyof typeof ROLLOUT_COMMANDS;
/** All other commands are to shards of the batch. */
export type BatchCommand = Exclude<Command, RolloutCommand>;

/** Does the part of a command that falls to one thread. */
export type Perform = (command: Command) => void;

/** Words of `control`: how many commands were given, the last one, and who has yet to finish it. */
const GIVEN = 0;
const COMMAND = 1;
const BUSY = 2;

/** Looks this long before going to sleep, which takes microseconds to end. */
const SPIN_MS = 0.1;
const LOOKS = 64;
/** How often who waits makes sure that there is still somebody to wait for. */
const PATIENCE_MS = 100;

/** Gives a command to all followers, does the caller's part of it, and waits for theirs. */
export function lead(
  memory: Memory,
  perform: Perform,
  requireAlive: () => void,
): (command: Command) => void {
  const { control, errors } = memory;
  return (command) => {
    for (const error of errors) error[0] = 0;
    Atomics.store(control, COMMAND, command);
    Atomics.store(control, BUSY, errors.length - 1);
    Atomics.add(control, GIVEN, 1);
    if (errors.length > 1) Atomics.notify(control, GIVEN);
    const own = attempt(perform, command);
    for (let busy = Atomics.load(control, BUSY); busy > 0; busy = Atomics.load(control, BUSY)) {
      waitWhile(control, BUSY, busy, requireAlive);
    }
    if (own !== undefined) throw own;
    for (const error of errors) if (error[0] !== 0) throw readError(error);
  };
}

/** Does its part of every command that is given, for as long as the thread lives. */
export function follow({ control, errors }: Memory, member: number, perform: Perform): never {
  for (let done = 0; ; done = (done + 1) | 0) {
    while (Atomics.load(control, GIVEN) === done) waitWhile(control, GIVEN, done);
    const error = attempt(perform, Atomics.load(control, COMMAND) as Command);
    if (error !== undefined) writeError(error, errors[member]);
    if (Atomics.sub(control, BUSY, 1) === 1) Atomics.notify(control, BUSY);
  }
}

function attempt(perform: Perform, command: Command): Error | undefined {
  try {
    perform(command);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Returns when the word is another one, or after a while. */
function waitWhile(control: Int32Array, word: number, value: number, patient = nothing): void {
  const until = performance.now() + SPIN_MS;
  do {
    for (let i = 0; i < LOOKS; i++) if (Atomics.load(control, word) !== value) return;
  } while (performance.now() < until);
  if (!mayBlock || Atomics.wait(control, word, value, PATIENCE_MS) === "timed-out") patient();
}

/** The thread of a page may not sleep; there, who waits goes on looking. */
const mayBlock = ((): boolean => {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
})();

function nothing(): void {
  // a follower has nobody to worry about
}

/** Length, name and message as bytes: 1, then UTF-8 that is cut where the room ends. */
function writeError({ name, message }: Error, room: Uint8Array): void {
  const text = new TextEncoder().encode(`${name}\n${message}`).subarray(0, room.length - 3);
  room.set(text, 3);
  room[1] = text.length & 255;
  room[2] = text.length >> 8;
  room[0] = 1;
}

function readError(room: Uint8Array): Error {
  const text = new TextDecoder().decode(room.slice(3, 3 + room[1] + 256 * room[2]));
  const end = text.indexOf("\n");
  const error = new Error(text.slice(end + 1));
  error.name = text.slice(0, end);
  return error;
}
