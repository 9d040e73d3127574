import { describe, expect, it } from "vitest";
import { spread, textWidth, wrapText } from "../../../scripts/figures/text-metrics.ts";
import { stylesFor, tint } from "../../../scripts/figures/theme.ts";
import { logDomain, roundTicks } from "../../../scripts/figures/ticks.ts";

describe("spread", () => {
  it("leaves positions alone that are far enough apart", () => {
    expect(spread([50, 10, 30], 15)).toEqual([50, 10, 30]);
  });

  it("moves close ones apart about their middle and keeps their order", () => {
    expect(spread([10, 10, 100], 20)).toEqual([0, 20, 100]);
    expect(spread([12, 10, 11], 10)).toEqual([21, 1, 11]);
  });
});

it("wrapText breaks at spaces and keeps every word", () => {
  const text = "the natural gradient does not depend on units";
  const lines = wrapText(text, 100, 12);
  expect(lines.join(" ")).toBe(text);
  for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(100);
});

it("logDomain ends at 1 or 3 times a power of ten and keeps off the data", () => {
  expect(logDomain([0.02, 5])).toEqual([0.01, 10]);
  expect(logDomain([1, 10])).toEqual([0.3, 30]);
});

it("roundTicks are multiples of 1, 2 or 5 times a power of ten", () => {
  expect(roundTicks([0, 1], 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(roundTicks([-1.7, -0.1], 6)).toEqual([-1.6, -1.4, -1.2, -1, -0.8, -0.6, -0.4, -0.2]);
});

describe("stylesFor", () => {
  it("gives a method its colour wherever it stands", () => {
    const natural = { key: "natural", label: "natural" };
    const other = { key: "other", label: "other" };
    expect(stylesFor([other, natural])[1]).toEqual(stylesFor([natural])[0]);
  });

  it("refuses more methods than it can tell apart", () => {
    const methods = ["a", "b", "c", "d", "e"].map((key) => ({ key, label: key }));
    expect(() => stylesFor(methods)).toThrow(/show fewer methods/);
  });
});

it("tint mixes with white", () => {
  expect(tint("#004080", 0.5)).toBe("#80a0c0");
});
