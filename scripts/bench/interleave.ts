import { median } from "../../src/index.ts";

/** Something to time, under the name of what it is compared by. */
export interface Contestant {
  readonly name: string;
  readonly run: () => void;
}

/** Median microseconds of a call, by name. */
export type Medians = Readonly<Record<string, number>>;

/** A burst is at least this long, so that the clock and the first call do not matter. */
const BURST_MS = 15;

/**
 * Times the contestants in turn, round after round, and takes medians: on a shared machine only
 * figures that were interleaved in one run can be compared.
 */
export function interleave(contestants: readonly Contestant[], rounds: number): Medians {
  const bursts = contestants.map(({ run }) => {
    const warm = elapsed(run, 1);
    return Math.max(1, Math.round(BURST_MS / Math.max(elapsed(run, 1), warm / 10, 1e-4)));
  });
  const times: number[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    contestants.forEach(({ run }, i) => times[i].push(elapsed(run, bursts[i]) / bursts[i]));
  }
  return Object.fromEntries(contestants.map(({ name }, i) => [name, 1000 * median(times[i])]));
}

/** Milliseconds of `count` calls. */
function elapsed(run: () => void, count: number): number {
  const start = performance.now();
  for (let i = 0; i < count; i++) run();
  return performance.now() - start;
}
