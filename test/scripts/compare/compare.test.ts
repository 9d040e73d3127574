import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { comparisonText } from "../../../scripts/commands/compare/text.ts";
import { emptyFolder } from "../cli.ts";
import { compare, curve, writeRun } from "./runs.ts";

/** Two methods of four seeds each on one task; natural records twice as often. */
function twoMethods(): string {
  const folder = emptyFolder();
  const trpo = [
    [1, 2, 3],
    [1, 4, 4],
    [0, 1, 2],
    [2, 3, 9],
  ];
  trpo.forEach((values, i) =>
    writeRun(folder, `trpo-${i + 1}`, { seed: i + 1, rows: curve(values) }),
  );
  const natural = [
    [0, 1, 2, 5, 5, 5],
    [1, 1, 1, 2, 2, 3],
    [0, 0, 0, 0, 1, 9],
    [5, 5, 5, 5, 5, 5],
  ];
  natural.forEach((values, i) =>
    writeRun(folder, `natural-${i + 1}`, {
      seed: i + 1,
      agent: { name: "natural" },
      training: { stepsPerUpdate: 50 },
      rows: curve(values, 50),
    }),
  );
  return folder;
}

describe("compareRuns", () => {
  it("averages curves at the steps of each method's own records, by the interquartile mean", () => {
    const [task] = compare([twoMethods()], { last: "0" }).tasks;
    expect(task).toMatchObject({ task: "lqr", budget: 300, longest: 300 });
    const [natural, trpo] = task.methods;
    const points = ({ curve }: typeof trpo) => curve.map(({ steps, value }) => [steps, value]);
    // The middle two of four: of 1, 1, 0, 2; of 2, 4, 1, 3; of 3, 4, 2, 9.
    expect(points(trpo)).toEqual([
      [100, 1],
      [200, 2.5],
      [300, 3.5],
    ]);
    expect(natural.curve.map(({ steps }) => steps)).toEqual([50, 100, 150, 200, 250, 300]);
    expect(trpo).toMatchObject({ seeds: [1, 2, 3, 4], scores: [3, 4, 2, 9], median: 3.5 });
    expect(trpo.mean.value).toBe(4.5);
    for (const { value, interval } of trpo.curve) {
      expect(interval?.low).toBeLessThan(value);
      expect(interval?.high).toBeGreaterThan(value);
    }
  });

  it("takes the mean of the records in the last share of the steps as a run's score", () => {
    const [{ methods }] = compare([twoMethods()], { last: "0.5" }).tasks;
    expect(methods[0].scores).toEqual([5, 7 / 3, 10 / 3, 5]); // records at 200, 250, 300
    expect(methods[1].scores).toEqual([2.5, 4, 1.5, 6]); // at 200 and 300
  });

  // Scores 5, 3, 9, 5 of natural over 3, 4, 2, 9 of trpo: 3 + 1.5 + 3.5 + 3 of 16 pairs.
  it("gives the probability of improvement and the difference of equal seeds", () => {
    const [pair, ...others] = compare([twoMethods()], { last: "0" }).pairs;
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ method: "natural", other: "trpo", tasks: 1 });
    expect(pair.probability.value).toBe(11 / 16);
    expect(pair.paired?.seeds).toBe(4);
    expect(pair.paired?.difference?.value).toBe((2 - 1 + 7 - 4) / 4);
  });

  it("turns the probability around where less is better", () => {
    const options = { last: "0", "lower-is-better": true };
    const [pair] = compare([twoMethods()], options).pairs;
    expect(pair.probability.value).toBe(5 / 16);
    expect(pair.paired?.difference?.value).toBe(1); // still X − Y
  });

  it("counts steps to a threshold, and runs that never got there as later than all", () => {
    const [{ methods }] = compare([twoMethods()], { threshold: "4" }).tasks;
    const [natural, trpo] = methods.map(({ times }) => times);
    expect(natural?.first).toMatchObject({ reached: 3, runs: 4, median: { value: 250 } }); // 50, 200, 300, ∞
    expect(trpo?.first).toMatchObject({ reached: 2, runs: 4, median: { value: Infinity } });
    expect(trpo?.first.median.interval?.high).toBe(Infinity);
  });

  it("draws the share of runs above each score as the profile", () => {
    const [profile] = compare([twoMethods()], { last: "0" }).profiles;
    expect(profile.thresholds).toEqual([2, 3, 4, 5, 9]);
    const [natural, trpo] = profile.methods.map(({ shares }) => shares.map(({ value }) => value));
    expect(natural).toEqual([1, 0.75, 0.75, 0.25, 0]);
    expect(trpo).toEqual([0.75, 0.5, 0.25, 0.25, 0]);
  });

  it("starts a profile below 1 where runs diverged", () => {
    const parent = emptyFolder();
    [1, 2, 3, -Infinity].forEach((value, seed) =>
      writeRun(parent, `run-${seed}`, { seed, rows: curve([value]) }),
    );
    const [{ thresholds, methods }] = compare([parent]).profiles;
    expect(thresholds).toEqual([1, 2, 3]);
    expect(methods[0].start.value).toBe(0.75);
    expect(methods[0].shares.map(({ value }) => value)).toEqual([0.5, 0.25, 0]);
  });

  it("draws the share below each score where less is better, from the worst on", () => {
    const options = { last: "0", "lower-is-better": true };
    const [{ thresholds, methods }] = compare([twoMethods()], options).profiles;
    expect(thresholds).toEqual([9, 5, 4, 3, 2]);
    expect(methods[0].start.value).toBe(1);
    expect(methods[0].shares.map(({ value }) => value)).toEqual([0.75, 0.25, 0.25, 0, 0]);
  });

  it("depends on its own seed alone, and on no method beside", () => {
    const folder = twoMethods();
    const both = compare([folder]);
    expect(compare([folder])).toEqual(both);
    const alone = [1, 2, 3, 4].map((seed) => path.join(folder, `trpo-${seed}`));
    expect(compare(alone).tasks[0].methods[0]).toEqual(both.tasks[0].methods[1]);
    expect(compare(alone, { seed: "2" }).tasks[0].methods[0].mean).not.toEqual(
      both.tasks[0].methods[1].mean,
    );
  });

  it("names a folder twice without counting its runs twice", () => {
    const folder = twoMethods();
    expect(compare([folder, path.join(folder, "trpo-1")]).runs).toHaveLength(8);
  });
});

describe("runs of different lengths", () => {
  const folder = (): string => {
    const parent = emptyFolder();
    [4, 3, 3].forEach((length, i) =>
      writeRun(parent, `run-${i}`, { seed: i, rows: curve(new Array<number>(length).fill(i)) }),
    );
    return parent;
  };

  it("are compared as far as all of them go, which a note tells", () => {
    const { tasks, notes } = compare([folder()]);
    expect(tasks[0].methods[0].curve.at(-1)?.steps).toBe(300);
    expect(notes).toContainEqual(
      "lqr is compared over 300 steps, which all of its runs have; the longest has 400.",
    );
  });

  it("are compared over fewer steps where that is asked for, not over more", () => {
    expect(compare([folder()], { steps: "200" }).tasks[0].budget).toBe(200);
    expect(() => compare([folder()], { steps: "400" })).toThrow(
      /--steps must be at most what every run has, got 400, but .*run-1 ends at 300;/,
    );
    expect(() => compare([folder()], { steps: "50" })).toThrow(
      /must have a record in the 50 steps .* got the first of .*run-0 at 100; give more --steps/,
    );
  });

  it("start where every run has a number, and keep the last one that they had", () => {
    const parent = emptyFolder();
    ["NaN", 1, 2].forEach((first, i) =>
      writeRun(parent, `run-${i}`, { seed: i, rows: curve([first, 7, "NaN", 9]) }),
    );
    const [{ methods }] = compare([parent]).tasks;
    const values = methods[0].curve.map(({ steps, value }) => [steps, value]);
    expect(values).toEqual([
      [200, 7],
      [400, 9],
    ]);
  });
});

describe("several tasks", () => {
  const tasks = (): string => {
    const parent = emptyFolder();
    const write = (name: string, environment: string, agent: string, values: number[]): void =>
      values.forEach((value, seed) =>
        writeRun(parent, `${name}-${seed}`, {
          seed,
          environment: { name: environment, options: {} },
          agent: { name: agent },
          rows: curve([value]),
        }),
      );
    write("a", "lqr", "trpo", [-10, -20, -30]);
    write("b", "cartpole", "trpo", [100, 200, 300]);
    write("c", "lqr", "natural", [-20, -40, -60]);
    write("d", "cartpole", "natural", [500, 500, 500]);
    return parent;
  };
  const scale = "lqr=-100:0,cartpole=0:500";

  it("share a probability of improvement, and other statistics on a scale alone", () => {
    const { pairs, profiles, aggregates, notes } = compare([tasks()]);
    // On lqr trpo's three beat 3, 2½ and 2 of natural's; on cartpole none.
    expect(pairs[0]).toMatchObject({ tasks: 2, paired: { seeds: 3 } });
    expect(pairs[0].probability.value).toBeCloseTo(7.5 / 9 / 2, 15);
    expect(pairs[0].paired?.difference).toBeUndefined();
    expect(profiles.map(({ task }) => task)).toEqual(["lqr", "cartpole"]);
    expect(aggregates).toBeUndefined();
    expect(notes.join()).toMatch(/no common scale: .* Give --scale TASK=LOW:HIGH/);
  });

  it("are pooled on their scale", () => {
    const { pairs, profiles, aggregates = [] } = compare([tasks()], { scale });
    // trpo: 0.9, 0.8, 0.7 and 0.2, 0.4, 0.6; natural: 0.8, 0.6, 0.4 and 1, 1, 1.
    const [trpo, natural] = aggregates;
    expect(trpo).toMatchObject({ method: "trpo", runs: 6 });
    expect(trpo.interquartileMean.value).toBeCloseTo((0.4 + 0.6 + 0.7 + 0.8) / 4, 14);
    expect(trpo.optimalityGap.value).toBeCloseTo(0.4, 14);
    expect(natural.optimalityGap.value).toBeCloseTo(0.2, 14);
    expect(natural.mean.value).toBeCloseTo(0.8, 14);
    expect(pairs[0].paired?.difference?.value).toBeCloseTo(-0.2, 14);
    expect(profiles).toHaveLength(1);
    expect(profiles[0].task).toBeUndefined();
  });

  it("refuse a scale for some only, one the wrong way round, and one for an unknown task", () => {
    const folder = tasks();
    expect(() => compare([folder], { scale: "lqr=-100:0" })).toThrow(
      /must be given for every task, got none for cartpole; add cartpole=LOW:HIGH/,
    );
    expect(() => compare([folder], { scale: "lqr=0:-100,cartpole=0:500" })).toThrow(
      /must go from worse to better, got 0:-100 for lqr, where more is better; give -100:0/,
    );
    expect(() => compare([folder], { scale: "lqrr=-100:0,cartpole=0:500" })).toThrow(
      /no task is named lqrr; did you mean lqr\? --scale takes the tasks lqr, cartpole/,
    );
  });

  it("leave out of what is over all tasks a method that lacks one", () => {
    const folder = tasks();
    for (const seed of [0, 1, 2]) fs.rmSync(path.join(folder, `d-${seed}`), { recursive: true });
    const { pairs, aggregates, notes } = compare([folder], { scale });
    expect(pairs[0].tasks).toBe(1);
    expect(aggregates?.map(({ method }) => method)).toEqual(["trpo"]);
    expect(notes.join()).toMatch(/No runs on cartpole of natural: improvements are over the tasks/);
  });
});

describe("few runs", () => {
  const runs = (count: number): string => {
    const parent = emptyFolder();
    for (let seed = 0; seed < count; seed++) {
      writeRun(parent, `run-${seed}`, { seed, rows: curve([seed, 2 * seed]) });
    }
    return parent;
  };

  it.each([1, 2])("have no intervals: %d", (count) => {
    const comparison = compare([runs(count)], { threshold: "0" });
    expect(JSON.stringify(comparison)).not.toMatch(/"interval"/);
    expect(comparison.notes).toEqual([
      `No intervals for trpo on lqr (${count}): one or two runs say nothing of how runs vary; train at least 3 seeds, better 10.`,
    ]);
    expect(comparisonText(comparison)).toMatch(/trpo +\d .* – /);
  });

  it("have intervals from 3 on, with a warning below 10", () => {
    const comparison = compare([runs(3)]);
    const [{ interquartileMean, curve: points }] = comparison.tasks[0].methods;
    expect([interquartileMean, ...points].every(({ interval }) => interval)).toBe(true);
    expect(comparison.notes.join()).toMatch(/Fewer than 10 runs .* are too narrow/);
    expect(compare([runs(10)]).notes).toEqual([]);
  });
});
