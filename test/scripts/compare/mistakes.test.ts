import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../../scripts/support/read-csv.ts";
import { UserError } from "../../../scripts/support/user-error.ts";
import { emptyFolder } from "../cli.ts";
import { compare, curve, writeRun } from "./runs.ts";

/** What is wrong with a folder "run" and its neighbour, as the message says. */
const mistakes: [string, (run: string, parent: string) => void, RegExp][] = [
  [
    "a folder without runs",
    (run) => fs.rmSync(path.join(run, "config.json")),
    /needs folders of runs, got .*run, which holds no config\.json, nor do/,
  ],
  [
    "a folder that is not there",
    (run) => fs.rmSync(run, { recursive: true }),
    /got .*run, which does not exist; give those of natgrad train --out/,
  ],
  [
    "another config.json",
    (run) => fs.writeFileSync(path.join(run, "config.json"), "{}"),
    /must be that of natgrad train --out, got .*config\.json, whose seed is wrong/,
  ],
  [
    "a config.json that is not JSON",
    (run) => fs.writeFileSync(path.join(run, "config.json"), "{"),
    /config\.json must be JSON, got .*run\/config\.json/,
  ],
  [
    "no records",
    (run) => fs.writeFileSync(path.join(run, "progress.csv"), "update,steps,meanReturn\r\n"),
    /must have records of its steps, got no record in .*progress\.csv; correct it, or leave the/,
  ],
  [
    "no progress.csv",
    (run) => fs.rmSync(path.join(run, "progress.csv")),
    /must hold its progress\.csv, got .*progress\.csv, which does not exist; leave the run out/,
  ],
  [
    "rows of different lengths",
    (run) => fs.appendFileSync(path.join(run, "progress.csv"), "1,2\r\n"),
    /every row must have the 3 fields of the header, got 2 in row 2/,
  ],
  [
    "records that go back in time",
    (_, parent) => writeRun(parent, "run", { rows: [...curve([1, 2]), ...curve([3])] }),
    /must be positive and rise from record to record, got "100" in row 3 of .*progress\.csv/,
  ],
  [
    "no number",
    (_, parent) => writeRun(parent, "run", { rows: curve(["NaN", "NaN"]) }),
    /must have a number in the column meanReturn, got none in .*run;/,
  ],
  [
    "text in the column",
    (_, parent) => writeRun(parent, "run", { rows: curve(["accepted"]) }),
    /--column meanReturn must hold numbers, got "accepted" in .*run\/progress\.csv/,
  ],
  [
    "a run that ends before others begin",
    (_, parent) => writeRun(parent, "other", { seed: 2, rows: [[1, 900, 0]] }),
    /in the 100 steps .* got the first of .*other at 900; leave out .*run, which is the shortest/,
  ],
];

describe("compare says which rule is broken by", () => {
  it.each(mistakes)("%s", (_, spoil, message) => {
    const parent = emptyFolder();
    const run = writeRun(parent, "run", {});
    spoil(run, parent);
    const folders = fs.existsSync(path.join(parent, "other")) ? [parent] : [run];
    expect(() => compare(folders)).toThrow(UserError);
    expect(() => compare(folders)).toThrow(message);
  });

  it("a column that no run has, with the nearest that one has, and one that only some have", () => {
    const parent = emptyFolder();
    const header = ["update", "steps", "meanReturn", "relativeGap", "outcome"];
    const first = writeRun(parent, "first", { header, rows: [[1, 100, 0, 1, "shrunk"]] });
    writeRun(parent, "second", { seed: 2 });
    expect(() => compare([first], { column: "relativegap" })).toThrow(
      /no column is named relativegap; did you mean relativeGap\? the columns are meanReturn and relativeGap$/,
    );
    expect(() => compare([parent], { column: "relativeGap" })).toThrow(
      /--column relativeGap must be in the records of every run, got none in those of .*second; /,
    );
    expect(compare([first], { column: "relativeGap" }).lowerIsBetter).toBe(true);
  });

  it.each<[object, RegExp]>([
    [{ threshold: "x" }, /--threshold must be a number, or TASK=NUMBER for each task, got x/],
    [{ threshold: "" }, /--threshold must be a number, .*, got ""/],
    [{ threshold: true }, /--threshold must be a number, .*, got no value/],
    [{ scale: "1" }, /--scale must be two different numbers LOW:HIGH, or .*, got 1/],
    [{ scale: "lqr=1:1" }, /--scale must be two different numbers .*, got lqr=1:1/],
    [{ range: "5:1" }, /--range must be two ascending numbers LOW:HIGH, .*, got 5:1/],
    [{ last: "2" }, /--last must lie in \[0, 1\], got 2/],
    [{ resamples: "5" }, /--resamples must be an integer from 100 to 100000, got 5/],
  ])("%j", (options, message) => {
    const run = writeRun(emptyFolder(), "run", {});
    expect(() => compare([run], { ...options })).toThrow(message);
  });
});

describe("readCsv", () => {
  it("reads fields in quotes, with commas, doubled quotes and line breaks in them", () => {
    expect(readCsv('a,b\r\n"x, ""y""\n",2\n,\r\n')).toEqual({
      header: ["a", "b"],
      rows: [
        ['x, "y"\n', "2"],
        ["", ""],
      ],
    });
  });

  it("leaves out a last line that is not whole yet", () => {
    expect(readCsv("a,b\r\n1,2\r\n3,4").rows).toEqual([["1", "2"]]);
    expect(readCsv("")).toEqual({ header: [], rows: [] });
  });

  it("refuses quotes inside of a field", () => {
    expect(() => readCsv('a,b\r\n1,x"y\r\n3,4\r\n')).toThrow(/quotes must enclose whole fields/);
  });
});
