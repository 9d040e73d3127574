/** The numbers from `start` to `end` − 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `total` things in `parts` consecutive spans whose sizes differ by at most one. */
export function spans(total: number, parts: number): Span[] {
  const edge = (i: number): number => Math.floor((i * total) / parts);
  return Array.from({ length: parts }, (_, i) => ({ start: edge(i), end: edge(i + 1) }));
}

/** Shards of a roll-out that has as many environments or more. */
const ROLLOUT_SHARDS = 4;
/** Environments in a shard where there are many: more side by side make kernels no faster. */
const ENVIRONMENTS_PER_SHARD = 8;

/** The environments of each shard of a roll-out, which shares a stream: their number alone decides. */
export function rolloutShards(environments: number): Span[] {
  const wanted = Math.max(ROLLOUT_SHARDS, Math.floor(environments / ENVIRONMENTS_PER_SHARD));
  return spans(environments, Math.min(environments, wanted));
}

/**
 * N·P that a shard of a batch holds at least: half a millisecond of F v by kernels. Packing v and
 * unpacking the result cost each shard 0.06 ms.
 */
const SHARD_WORK = 4e6;
const MOST_ROW_SHARDS = 16;

/**
 * The rows of each shard of a batch, over which sums run one after the other: N and P alone decide.
 *
 * A power of two of them, each with work of at least SHARD_WORK: a smaller batch is one shard.
 */
export function rowShards(rows: number, parameters: number): Span[] {
  const affordable = Math.min((rows * parameters) / SHARD_WORK, rows, MOST_ROW_SHARDS);
  let count = 1;
  while (2 * count <= affordable) count *= 2;
  return spans(rows, count);
}

/** The shards of each of `workers` threads: consecutive, and fixed. */
export function partition<T>(shards: readonly T[], workers: number): T[][] {
  return spans(shards.length, workers).map(({ start, end }) => shards.slice(start, end));
}
