import { median, quantile } from "../../src/index.ts";

/** Something to time, in this process or in another. */
export interface Contestant {
  readonly name: string;
  /** Runs for about so many seconds; gives the seconds of one call. */
  readonly burst: (seconds: number) => number | Promise<number>;
}

/** Seconds of a call of one contestant: of each round, their median and quartiles. */
export interface Timing {
  readonly name: string;
  readonly rounds: readonly number[];
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** A burst is at least this long, after a call that does not count. */
const BURST_SECONDS = 0.02;

/** Seconds that went by. */
export const wallClock = (): number => performance.now() / 1000;

/** Seconds that this process spent on a core: on a busy machine, no more than on an idle one. */
export function processClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A contestant in this process; what runs on several threads is to be timed by the wall. */
export function local(name: string, run: () => void, clock = processClock): Contestant {
  const burst = (seconds: number): number => {
    run(); // after the others' turn the caches are cold
    const began = clock();
    const until = wallClock() + seconds;
    let calls = 0;
    do {
      run();
      calls++;
    } while (wallClock() < until);
    return (clock() - began) / calls;
  };
  return { name, burst };
}

/**
 * Times the contestants in turn, round after round, the first round unrecorded: on a shared machine
 * only figures that were interleaved in one run can be compared.
 */
export async function interleave(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Timing[]> {
  const times: number[][] = contestants.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { burst }] of contestants.entries()) {
      const seconds = await burst(BURST_SECONDS);
      if (round > 0) times[i].push(seconds);
    }
  }
  return contestants.map(({ name }, i) => ({
    name,
    rounds: times[i],
    median: median(times[i]),
    low: quantile(times[i], 0.25),
    high: quantile(times[i], 0.75),
  }));
}

/** How many times as fast as another: the median of the rounds' own ratios. */
export function speedup(of: Timing, over: Timing): number {
  return median(of.rounds.map((seconds, round) => over.rounds[round] / seconds));
}
