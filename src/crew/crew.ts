import { createMember } from "./member.ts";
import { type Memory, memorySize, openMemory, type Shape, shapeOf } from "./memory.ts";
import { type Command, follow, lead } from "./protocol.ts";
import { type KernelSource, type Parts, partsOf, type Recipe } from "./recipe.ts";

/** Threads that share the work of one learner, the caller's among them. */
export interface Crew {
  /** Threads, the caller's included. */
  readonly workers: number;
  /** Why there are fewer than were asked for. */
  readonly remark?: string;
  readonly shape: Shape;
  readonly parts: Parts;
  readonly memory: Memory;
  /**
   * Does a command on all shards and returns when all are done.
   *
   * @throws what a shard threw, the first in the order of shards; the crew is of no use after that.
   */
  perform(command: Command): void;
  /** Ends all threads but the caller's. */
  close(): Promise<void>;
}

/** What a thread is sent when it is hired, all of it plain data. */
export interface Orders {
  readonly recipe: Recipe;
  readonly buffer: SharedArrayBuffer;
  /** 1, 2, …; the caller is 0. */
  readonly member: number;
  readonly workers: number;
}

/** A thread that was hired. */
export interface Hand {
  /** Resolves when the thread is about to follow; rejects with what kept it from doing so. */
  readonly ready: Promise<void>;
  /** Whether the thread still runs, found out without waiting for any event. */
  isAlive(): boolean;
  /** Ends the thread, whatever it is doing. */
  dismiss(): Promise<void>;
}

export interface CrewOptions {
  /** Threads wanted; 1 by default, and then none is hired. */
  readonly workers?: number;
  /** Starts a thread that passes its orders to `enlist`. */
  readonly hire?: (orders: Orders) => Hand;
  readonly kernels?: KernelSource;
}

/**
 * A crew of at most `workers` threads: no more than there are shards, one for a batch too small to
 * be worth it, and one where memory cannot be shared. Results are the same bits for any number.
 *
 * @throws RangeError for what the recipe gets wrong or a number of workers that is not a positive
 * integer; Error where a thread could not start, with all others ended.
 */
export async function startCrew(
  recipe: Recipe,
  { workers: wanted = 1, hire, kernels }: CrewOptions = {},
): Promise<Crew> {
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new RangeError(`startCrew: workers must be a positive integer, got ${wanted}`);
  }
  const parts = await partsOf(recipe, kernels);
  const shape = shapeOf(recipe, parts.makeEnvironment(), parts.policy);
  const { workers, remark } = crewSize(shape, wanted, hire !== undefined);
  const bytes = memorySize(shape, workers);
  if (workers === 1 || hire === undefined) {
    const memory = openMemory(shape, 1, new ArrayBuffer(bytes));
    return { ...assemble(recipe, parts, shape, memory, []), ...(remark && { remark }) };
  }
  const buffer = new SharedArrayBuffer(bytes);
  const hands = Array.from({ length: workers - 1 }, (_, i) =>
    hire({ recipe, buffer, member: i + 1, workers }),
  );
  try {
    await Promise.all(hands.map(({ ready }) => ready));
    const memory = openMemory(shape, workers, buffer);
    return { ...assemble(recipe, parts, shape, memory, hands), ...(remark && { remark }) };
  } catch (error) {
    await Promise.all(hands.map((hand) => hand.dismiss()));
    throw error;
  }
}

/** What a hired thread does with its orders: makes its shards, then returns its life's work. */
export async function enlist(orders: Orders, kernels?: KernelSource): Promise<() => never> {
  const { recipe, buffer, workers, member } = orders;
  const parts = await partsOf(recipe, kernels);
  const shape = shapeOf(recipe, parts.makeEnvironment(), parts.policy);
  const memory = openMemory(shape, workers, buffer);
  const perform = createMember(recipe, parts, shape, memory, { member, workers });
  return () => follow(memory, member, perform);
}

/** An environment step with its records takes about as long as so many parameters of a policy. */
const STEP_PARAMETERS = 800;
/**
 * N (P + STEP_PARAMETERS) of a roll-out of about 0.8 ms, below which threads cost about as much as they
 * save: 2048 steps with a linear policy take 0.5 to 0.7 ms, and two threads lose on the LQR.
 */
const WORTH_SHARING = 2.4e6;

function crewSize(
  { rows, parameterCount, rollout, batch }: Shape,
  wanted: number,
  canHire: boolean,
): { readonly workers: number; readonly remark?: string } {
  if (wanted === 1) return { workers: 1 };
  const alone = (why: string) => ({ workers: 1, remark: `one worker: ${why}` });
  if (typeof SharedArrayBuffer === "undefined") {
    return alone(
      "SharedArrayBuffer is missing; a page has it when served with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp",
    );
  }
  if (!canHire) return alone("no way to start threads was given; pass hire");
  if (rows * (parameterCount + STEP_PARAMETERS) < WORTH_SHARING) {
    return alone(
      `${rows} steps of a policy with ${parameterCount} parameters take too little time`,
    );
  }
  const most = Math.max(rollout.length, batch.length);
  if (wanted <= most) return { workers: wanted };
  return { workers: most, remark: `${most} workers: there are no more shards than that` };
}

function assemble(
  recipe: Recipe,
  parts: Parts,
  shape: Shape,
  memory: Memory,
  hands: readonly Hand[],
): Crew {
  const workers = hands.length + 1;
  let broken: Error | undefined;
  const requireAlive = (): void => {
    const lost = hands.findIndex((hand) => !hand.isAlive());
    if (lost >= 0)
      throw new Error(`crew: worker ${lost + 1} of ${hands.length} ended unexpectedly`);
  };
  const member = createMember(recipe, parts, shape, memory, { member: 0, workers });
  const command = lead(memory, member, requireAlive);
  return {
    workers,
    shape,
    parts,
    memory,
    perform: (next) => {
      if (broken !== undefined) {
        throw new Error(`crew: no longer usable since ${broken.message}; start another`, {
          cause: broken,
        });
      }
      try {
        command(next);
      } catch (error) {
        broken = error as Error;
        throw error;
      }
    },
    close: async () => {
      broken ??= new Error("it was closed");
      await Promise.all(hands.map((hand) => hand.dismiss()));
    },
  };
}
