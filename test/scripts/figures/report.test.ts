import { describe, expect, it } from "vitest";
import { createTable, formatNumber, formatScientific } from "../../../scripts/figures/index.ts";
import { escapeHtml } from "../../../scripts/figures/page.ts";
import { renderReport } from "../../../scripts/figures/report.ts";
import { prefixIds } from "../../../scripts/figures/svg.ts";

const svg = '<svg><clipPath id="n1"/><g clip-path="url(#n1)"/><use href="#n1"/></svg>';
const nasty = `<script>alert("1 & '2'")</script>`;
const table = createTable<{ name: string; gain: number }>(
  [
    { header: nasty, value: (row) => row.name },
    { header: "gain", value: (row) => row.gain, format: (gain) => formatNumber(gain, 3) },
  ],
  [{ name: nasty, gain: -0.912022 }],
  nasty,
);
const report = {
  ...{ title: nasty, lead: nasty, settings: { [nasty]: nasty, seed: 7 } },
  sections: [
    { heading: nasty, sentence: nasty, svg, table },
    { heading: "second", sentence: "Again.", svg },
  ],
};

describe("renderReport", () => {
  const html = renderReport(report);

  it("escapes every text", () => {
    expect(html).not.toContain("<script");
    expect(html.split(escapeHtml(nasty)).length - 1).toBe(10);
  });

  it("keeps the ids of its figures apart", () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html).toContain('<g clip-path="url(#s2-n1)"/><use href="#s2-n1"/>');
  });

  it("fetches nothing", () => {
    expect(html).not.toMatch(/https?:|@import|<link|src=/);
  });

  it("is the same text each time", () => {
    expect(renderReport(report)).toBe(html);
  });
});

describe("createTable", () => {
  it("puts numbers to the right and prints them by the formatter", () => {
    expect(table.columns.map(({ align }) => align)).toEqual(["left", "right"]);
    expect(table.rows[0][1]).toBe("−0.912");
  });

  it("takes a table without rows", () => {
    expect(createTable([{ header: "a", value: () => 1 }], []).rows).toEqual([]);
  });
});

it.each([
  [0, "0"],
  [-1234.5, "−1,235"],
  [1e-5, "10⁻⁵"],
  [0.05, "0.05"],
  [2.5e9, "2.5 × 10⁹"],
  [NaN, "not a number"],
  [-Infinity, "−∞"],
])("formatNumber(%s) is %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it("formatScientific raises the exponent", () => {
  expect(formatScientific(-0.00321)).toBe("−3.21 × 10⁻³");
});

it("prefixIds leaves text and other attributes alone", () => {
  expect(prefixIds('<a id="x" data-id="x">id="x"</a>', "p-")).toContain('data-id="x"');
});
