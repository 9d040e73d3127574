import * as Plot from "@observablehq/plot";
import { ink, type MarkerSymbol, size } from "./theme.ts";
import { textWidth } from "./text-metrics.ts";

/** One entry of a legend: a piece of line, a symbol on it, or both. */
export interface LegendKey {
  readonly label: string;
  readonly color: string;
  /** Line width in pixels; no line when left out. */
  readonly line?: number;
  readonly dash?: string;
  readonly symbol?: MarkerSymbol;
  /** An open symbol instead of a filled one. */
  readonly open?: boolean;
}

const rowHeight = 20;
const swatch = 26;
const gap = 20;

/** Lays `keys` out from left to right, in as many rows as `width` pixels ask for. */
export function legend(
  document: Document,
  keys: readonly LegendKey[],
  width: number,
): SVGSVGElement {
  let x = 0;
  let row = 0;
  const placed = keys.map((key) => {
    const lead = key.line === undefined ? 14 : swatch;
    const needs = lead + 6 + textWidth(key.label, size.text);
    if (x > 0 && x + needs > width) {
      x = 0;
      row++;
    }
    const at = { key, lead, x, y: row * rowHeight + rowHeight / 2 };
    x += needs + gap;
    return at;
  });
  return Plot.plot({
    ...{ document, width, height: (row + 1) * rowHeight, margin: 0, axis: null },
    ...{ x: { type: "identity" }, y: { type: "identity" } },
    style: { fontFamily: "inherit" },
    marks: placed.flatMap(({ key, lead, x: left, y }) => keyMarks(key, { left, lead, y })),
  }) as SVGSVGElement;
}

function keyMarks(
  key: LegendKey,
  { left, lead, y }: { left: number; lead: number; y: number },
): Plot.Markish[] {
  const { color, line, symbol, dash = "none", open = false } = key;
  const marks: Plot.Markish[] = [
    Plot.text([key.label], {
      ...{ x: [left + lead + 6], y: [y], textAnchor: "start", fontSize: size.text, fill: ink.text },
    }),
  ];
  if (line !== undefined) {
    marks.push(
      Plot.line(
        [
          [left, y],
          [left + lead, y],
        ],
        { stroke: color, strokeWidth: line, strokeDasharray: dash, strokeLinecap: "butt" },
      ),
    );
  }
  if (symbol !== undefined) {
    marks.push(
      Plot.dot([[left + lead / 2, y]], {
        ...{ symbol, r: 4, stroke: color, fill: open ? ink.paper : color, strokeWidth: 1.5 },
      }),
    );
  }
  return marks;
}
