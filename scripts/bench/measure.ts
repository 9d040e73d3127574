import { median, quantile } from "../../src/index.ts";

/** One thing to time: `work` does `units` of it. */
export interface BenchCase {
  readonly name: string;
  readonly units: number;
  readonly work: () => void;
}

/** Cases that belong together; ratios are to the first. */
export interface BenchGroup {
  readonly title: string;
  readonly cases: readonly BenchCase[];
  /** Prints a time in seconds for so many units. */
  readonly show: (seconds: number, units: number) => string;
}

/** The time of one call in seconds: median and quartiles over the rounds. */
export interface BenchResult {
  readonly name: string;
  readonly units: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Speed per unit relative to the first case: the median of the rounds' own ratios. */
  readonly ratio: number;
}

const ROUNDS = 15;
const ROUND_SECONDS = 0.04;

/** Times the cases round robin, a few dozen milliseconds each a round. */
export function measure(cases: readonly BenchCase[]): BenchResult[] {
  for (const { work } of cases) timeOf(work);
  const times = cases.map(() => new Float64Array(ROUNDS));
  for (let round = 0; round < ROUNDS; round++) {
    cases.forEach(({ work }, i) => {
      times[i][round] = timeOf(work);
    });
  }
  const perUnit = (i: number, round: number): number => times[i][round] / cases[i].units;
  return cases.map(({ name, units }, i) => ({
    name,
    units,
    median: median(times[i]),
    low: quantile(times[i], 0.25),
    high: quantile(times[i], 0.75),
    ratio: median(times[i].map((_, round) => perUnit(0, round) / perUnit(i, round))),
  }));
}

/** Seconds per call, over enough calls to fill a round. */
function timeOf(work: () => void): number {
  const began = performance.now();
  let calls = 0;
  let elapsed: number;
  do {
    work();
    calls++;
    elapsed = (performance.now() - began) / 1000;
  } while (elapsed < ROUND_SECONDS);
  return elapsed / calls;
}

/** Prints a group with the median, the ratio to the first and the quartiles of each case. */
export function printGroup(group: BenchGroup, rows: readonly BenchResult[]): void {
  console.log(group.title);
  for (const { name, median, low, high, ratio, units } of rows) {
    const figure = group.show(median, units);
    console.log(
      `  ${name.padEnd(58)} ${figure.padStart(22)}   × ${ratio.toFixed(2)}   [${group.show(low, units)}, ${group.show(high, units)}]`,
    );
  }
  console.log();
}
