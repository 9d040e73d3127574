import { describe, expect, it } from "vitest";
import { bootstrapInterval, createRandom, median, timeToThreshold } from "../../../src/index.ts";

const times = [100, 200, 300, 400, 500];

describe("timeToThreshold", () => {
  it.each([
    ["reaches it exactly", [1, 2, 3, 4, 5], 3, 300, 300],
    ["starts beyond it", [9, 9, 9, 9, 9], 3, 100, 100],
    ["falls back once", [1, 5, 2, 5, 5], 3, 200, 400],
    ["falls back at the end", [1, 5, 5, 5, 2], 3, 200, Infinity],
    ["never gets there", [1, 2, 2, 2, 2], 3, Infinity, Infinity],
    ["has no number on the way", [1, NaN, 5, NaN, 5], 3, 300, 500],
  ])("of a curve that %s", (_, values, threshold, first, stays) => {
    expect(timeToThreshold(times, values, { threshold })).toBe(first);
    expect(timeToThreshold(times, values, { threshold, stays: true })).toBe(stays);
  });

  it("of a gap counts the way down", () => {
    const gap = [8, 0.5, 2, 0.5, 0.1];
    expect(timeToThreshold(times, gap, { threshold: 0.5, from: "above" })).toBe(200);
    expect(timeToThreshold(times, gap, { threshold: 0.5, from: "above", stays: true })).toBe(400);
  });

  it("of no curve is never", () => {
    expect(timeToThreshold([], [], { threshold: 0 })).toBe(Infinity);
  });
});

describe("times of which some are never", () => {
  it("have a median as long as more than half are times", () => {
    expect(median([300, Infinity, 100])).toBe(300);
    expect(median([300, Infinity, Infinity])).toBe(Infinity);
    expect(median([300, 100, Infinity, Infinity])).toBe(Infinity);
    expect(median([300, 100, 200, Infinity])).toBe(250);
  });

  it("have an interval that may be open at its upper end", () => {
    const interval = bootstrapInterval([[100, 200, 300, 400, Infinity]], median, {
      random: createRandom(1),
    });
    expect(interval.low).toBeGreaterThanOrEqual(100);
    expect(interval.low).toBeLessThan(300);
    expect(interval.high).toBe(Infinity);
  });
});
