import { describe, expect, it } from "vitest";
import {
  cells,
  figureToSvg,
  learningCurves,
  lines,
  plane,
  returnLandscape,
  stepSizeWindow,
  unitInvariance,
} from "../../../scripts/figures/index.ts";
import { createDocument, svgToPng } from "../../../scripts/figures/render.ts";
import { ellipse } from "../../../scripts/figures/plane-marks.ts";
import { gradients, learning, runs, stepSizes, units } from "./examples.ts";
import { errors, levelsOnLogAxis, series, twoMetrics } from "./generic-examples.ts";

const document = await createDocument();
const figures: Readonly<Record<string, () => SVGSVGElement>> = {
  gradients: () => returnLandscape(document, gradients),
  runs: () => returnLandscape(document, runs),
  learning: () => learningCurves(document, learning),
  "step-sizes": () => stepSizeWindow(document, stepSizes),
  units: () => unitInvariance(document, units),
  series: () => lines(document, series),
  errors: () => lines(document, errors),
  "two-metrics": () => plane(document, twoMetrics),
  "log-axis": () => plane(document, levelsOnLogAxis),
};

describe.each(Object.entries(figures))("the figure %s", (name, draw) => {
  it("looks as it did", async () => {
    await expect(figureToSvg(draw())).toMatchFileSnapshot(`output/${name}.svg`);
  });

  it("is the same text each time it is drawn", () => {
    expect(figureToSvg(draw())).toBe(figureToSvg(draw()));
  });

  it("stands alone and is finite", () => {
    const svg = figureToSvg(draw());
    const [root] = /^<svg [^>]*>/.exec(svg) ?? [];
    for (const attribute of ["xmlns", "width", "height", "viewBox", "font-family", "role"]) {
      expect(root).toMatch(new RegExp(` ${attribute}="[^"]+"`));
    }
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<style|var\(/);
    expect(svg).not.toMatch(/\d\.\d{4,}/);
  });

  it("refers only to ids it has, each of them once", () => {
    const svg = figureToSvg(draw());
    const ids = [...svg.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(used));
  });
});

it("renders a figure to PNG at the scale asked for", async () => {
  const svg = figureToSvg(figures.learning());
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const png = await svgToPng(svg, 0.5);
  const header = new DataView(png.buffer, png.byteOffset);
  expect(header.getUint32(0)).toBe(0x89504e47);
  expect(header.getUint32(16)).toBe(Math.round(Number(width) / 2));
  expect(header.getUint32(20)).toBe(Math.round(Number(height) / 2));
});

it("draws the rim of a board below the lines that lie above it", () => {
  const rim = (above: number): number => {
    const board = { title: "wall", lines: [".#", "##", "o#"], above };
    const svg = cells(document, {
      ...{ title: "Walls", boards: [board], names: { full: "full", marked: "hole" } },
    });
    const [, y] = /d="M1,([\d.]+)H/.exec(svg.outerHTML) ?? [];
    return Number(y);
  };
  expect(rim(0)).toBe(0);
  expect(rim(1)).toBe(15);
});

describe("characters that the font of the pictures lacks", () => {
  const labelled = (label: string): string =>
    figureToSvg(lines(document, { ...series, y: { ...series.y, label } }));

  it.each(["∇", "ᵢ", "ⱼ", "ₛ", "∝", "😀"])(
    "refuses %s by name, with the words around it",
    async (character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
      await expect(svgToPng(labelled(`size of ${character} J`), 0.2)).rejects.toThrow(
        `got “${character}” (U+${code}) in “size of ${character} J”`,
      );
    },
  );

  it("takes Greek letters, subscripts and superscripts, arrows and signs, and what it does not draw", async () => {
    const title = "‖∇J‖, not drawn";
    const svg = labelled("θ₁ ≈ 10⁻³ ± ½ ∂J/∂θ ≤ ∞ & √σ → α < β").replace(
      /<title>.*?<\/title>/,
      `<title>${title}</title>`,
    );
    expect(svg).toContain(title);
    await expect(svgToPng(svg, 0.2)).resolves.toBeInstanceOf(Uint8Array);
  });
});

it("draws ellipses on which ½ dᵀG d = ε, also for a metric that is not diagonal", () => {
  const [xx, xy, yy] = [3, 1, 2];
  for (const [x, y] of ellipse([-1, 0.5], { xx, xy, yy }, 0.01)) {
    const [dx, dy] = [x + 1, y - 0.5];
    expect(0.5 * (xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy)).toBeCloseTo(0.01, 12);
  }
});

describe("data that cannot be drawn", () => {
  it("a singular metric", () => {
    const metric = { xx: 1, xy: 1, yy: 1 };
    expect(() => ellipse([0, 1], metric, 1)).toThrow(/positive definite/);
  });

  it("a gap of zero on a logarithmic axis", () => {
    const points = [
      { steps: 0, value: 1, low: 1, high: 1 },
      { steps: 1, value: 0, low: 0, high: 0 },
    ];
    const curves = [{ key: "natural", label: "natural", points }];
    expect(() => learningCurves(document, { title: "t", curves })).toThrow(
      /must be positive.*got 0 in \[0, 0\] for "natural" at step 1/,
    );
  });

  it("a waypoint after the end of its path", () => {
    const [{ paths = [] }] = runs.panels;
    const panels = [{ paths: paths.map((path) => ({ ...path, waypoints: [61] })) }];
    expect(() => returnLandscape(document, { ...runs, panels })).toThrow(/got 61/);
  });

  it("a zero on a logarithmic axis of any lines", () => {
    const panels = [{ series: [{ key: "natural", label: "natural", points: [{ x: 0.1, y: 0 }] }] }];
    expect(() => lines(document, { ...errors, panels })).toThrow(
      /must be positive, got 0 on the y/,
    );
  });

  it("units of equal length on a logarithmic axis", () => {
    const { height, ...figure } = levelsOnLogAxis;
    expect(height).toBeGreaterThan(0);
    expect(() => plane(document, figure)).toThrow(/give the height/);
  });

  it("a step size of zero", () => {
    const trials = [{ stepSize: 0, outcome: "diverged" } as const];
    const sweeps = [{ key: "natural", label: "natural", trials }];
    expect(() => stepSizeWindow(document, { ...stepSizes, sweeps })).toThrow(/must be positive/);
  });

  it("units that differ between methods", () => {
    const [first, second] = units.panels;
    const panels = [first, { ...second, runs: second.runs.slice(1) }];
    expect(() => unitInvariance(document, { ...units, panels })).toThrow(/the same units/);
  });
});
