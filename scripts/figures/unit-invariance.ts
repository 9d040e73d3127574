import * as Plot from "@observablehq/plot";
import { type Caption, compose, type Panel } from "./compose.ts";
import type { LegendKey } from "./legend.ts";
import { type Axis, panel } from "./panel.ts";
import { smallMultiples } from "./small-multiples.ts";
import { ink, type Method, size, stylesFor, tint } from "./theme.ts";

/** The same training in one unit of length. */
export interface UnitRun {
  /** As printed in the legend, such as "centimetre". */
  readonly unit: string;
  /** The quantity of the y axis after 0, 1, 2, … updates, always in the same unit. */
  readonly values: readonly number[];
  /**
   * The run ends because its numbers grew without bound; its last finite value, or the edge
   * of the panel before it, gets a cross.
   */
  readonly diverged?: boolean;
}

/** One panel: a method in every unit, in the same order in each panel. */
export interface UnitPanel extends Method {
  readonly runs: readonly UnitRun[];
}

/** Data of `unitInvariance`. */
export interface UnitFigure extends Caption {
  readonly panels: readonly UnitPanel[];
  /** The y axis, such as `{ label: "gain, N/m", domain: [-2, 0] }`; lines are cut off outside it. */
  readonly quantity: Axis;
  /** Updates shown; by default all of the longest run. */
  readonly updates?: number;
  /** A horizontal line, such as the optimal gain, named in the legend. */
  readonly reference?: { readonly label: string; readonly value: number };
}

/** Wide and pale under narrow and dark: where runs coincide, all of them stay visible. */
const layers = [
  { width: 8, weight: 0.3, dash: "none" },
  { width: 3.2, weight: 1, dash: "none" },
  { width: 1.6, weight: 0, dash: "5 5" },
] as const;

/**
 * One panel a method with the training in metre, centimetre and kilometre over updates: a method that
 * does not depend on units shows one line, drawn three times.
 */
export function unitInvariance(document: Document, figure: UnitFigure): SVGSVGElement {
  const { panels, quantity } = figure;
  check(panels);
  const longest = Math.max(
    ...panels.flatMap(({ runs }) => runs.map(({ values }) => values.length)),
  );
  const updates = figure.updates ?? longest - 1;
  const room = { width: size.width, count: panels.length, right: 12 };
  const layout = smallMultiples({ ...room, left: { first: 66, next: 20 } });
  const styles = stylesFor(panels);
  const drawn = panels.map((one, i): Panel => {
    const margins = layout.margins(i);
    const x: Axis = { label: "updates", domain: [0, updates], ticks: updateTicks(updates) };
    const y: Axis = { ...quantity, bare: !layout.isFirst(i) };
    const width = layout.inner + margins.left + margins.right;
    const marks = [
      ...referenceMark(figure),
      ...runMarks(one, styles[i].color, { updates, quantity }),
    ];
    return { svg: panel(document, { width, height: 270, margins, x, y }, marks), title: one.label };
  });
  return compose(document, { ...figure, legend: keys(figure), rows: layout.rows(drawn) });
}

const updateTicks = (updates: number): number[] => {
  const raw = updates / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, Math.round(raw / power) * power);
  return Array.from({ length: Math.floor(updates / step) + 1 }, (_, i) => i * step);
};

function runMarks(
  { runs }: UnitPanel,
  color: string,
  { updates, quantity }: Shown,
): Plot.Markish[] {
  return runs.flatMap(({ values, diverged = false }, i) => {
    const beyond = values.findIndex((value) => !Number.isFinite(value));
    const shown = values.slice(0, Math.min(updates, beyond < 0 ? updates : beyond - 1) + 1);
    const stroke = layerColor(color, i);
    const end = shown.length - 1;
    const line: Plot.Markish = Plot.line(shown, {
      ...{ x: (_: number, at: number) => at, y: (value: number) => value, stroke, clip: true },
      ...{ strokeWidth: layers[i].width, strokeDasharray: layers[i].dash, strokeLinecap: "butt" },
    });
    if (!diverged || end >= updates) return [line];
    const [x, y] = lastVisible(shown, quantity);
    const cross = { symbol: "times", r: 5, stroke: ink.text, strokeWidth: 2 } as const;
    return [line, Plot.dot([[x, y]], cross)];
  });
}

/** The end of the line, or where it leaves the range of the y axis for good. */
function lastVisible(values: readonly number[], { domain, type }: Axis): [number, number] {
  const [low, high] = domain;
  const last = values.findLastIndex((value) => value >= low && value <= high);
  if (last < 0 || last === values.length - 1) return [Math.max(0, last), values[Math.max(0, last)]];
  const height = type === "log" ? Math.log10 : (value: number): number => value;
  const edge = values[last + 1] > high ? high : low;
  const rise = height(Math.max(values[last + 1], type === "log" ? low / 10 : -Infinity));
  const share = (height(edge) - height(values[last])) / (rise - height(values[last]));
  return [last + Math.min(1, share), edge];
}

interface Shown {
  readonly updates: number;
  readonly quantity: Axis;
}

const layerColor = (color: string, i: number): string =>
  layers[i].weight === 0 ? ink.text : tint(color, layers[i].weight);

function referenceMark({ reference }: UnitFigure): Plot.Markish[] {
  if (reference === undefined) return [];
  return [Plot.ruleY([reference.value], { stroke: ink.reference, strokeDasharray: "2 3" })];
}

function keys({ panels, reference }: UnitFigure): LegendKey[] {
  const units = panels[0].runs.map(({ unit }, i): LegendKey => {
    const { width, dash } = layers[i];
    return { label: unit, color: layerColor(ink.secondary, i), line: width, dash };
  });
  const crossed = panels.some(({ runs }) => runs.some(({ diverged }) => diverged === true));
  const more: LegendKey[] = crossed
    ? [{ label: "diverged", color: ink.text, symbol: "times" }]
    : [];
  if (reference !== undefined) {
    more.push({ label: reference.label, color: ink.reference, line: 1, dash: "2 3" });
  }
  return [...units, ...more];
}

function check(panels: readonly UnitPanel[]): void {
  const units = (one: UnitPanel): string => one.runs.map(({ unit }) => unit).join(", ");
  for (const one of panels) {
    if (one.runs.length > layers.length || units(one) !== units(panels[0])) {
      throw new RangeError(
        `unitInvariance: every method must have the same units, at most ${layers.length}, got ` +
          `${units(one)} for "${one.label}" and ${units(panels[0])} for "${panels[0].label}": ` +
          "run each method in every unit, in one order",
      );
    }
  }
}
