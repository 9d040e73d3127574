import * as Plot from "@observablehq/plot";
import { type Caption, compose, type Panel } from "./compose.ts";
import {
  type AscentArrow,
  arrowMarks,
  type LearningPath,
  pathMarks,
  type PolicyPoint,
} from "./landscape-marks.ts";
import type { LegendKey } from "./legend.ts";
import { type Axis, type Margins, panel } from "./panel.ts";
import { ink, type Method, type MethodStyle, size, stylesFor } from "./theme.ts";

/** The expected return of a linear-Gaussian policy as a surface over gain and exploration. */
export interface Landscape {
  /** J* − J(k, σ) ≥ 0, how far the expected return is from the best one, in units of return. */
  readonly gap: (gain: number, exploration: number) => number;
  readonly gainRange: readonly [number, number];
  readonly explorationRange: readonly [number, number];
  readonly optimum: PolicyPoint;
  /** Levels of the gap at which contours lie; by default 1 and 3 times the powers of ten. */
  readonly levels?: readonly number[];
}

/** One panel: arrows with their metric, or learning paths, or both, over the same contours. */
export interface LandscapePanel {
  readonly title?: string;
  /** The method whose colour the arrows have. */
  readonly method?: Method;
  readonly arrows?: readonly AscentArrow[];
  /** ε of the ellipses ½ dᵀG d = ε; nats where G is the Fisher matrix. */
  readonly epsilon?: number;
  /** Length of the arrows in axis units; `metric` ends each on its ellipse. */
  readonly arrowLength?: number | "metric";
  readonly paths?: readonly (LearningPath & Method)[];
}

/** Data of `returnLandscape`. */
export interface LandscapeFigure extends Caption {
  readonly landscape: Landscape;
  readonly panels: readonly LandscapePanel[];
  /** Names of axes and colour bar, with units. */
  readonly labels?: {
    readonly gain?: string;
    readonly exploration?: string;
    readonly gap?: string;
  };
}

const barWidth = 84;
/** Near the optimum almost white, far from it a grey blue on which every method colour stands out. */
const shades = ["#fbfaf6", "#e3e6e8", "#a9b5c3"];

/**
 * Contours of the expected return over (k, σ) with the ascent directions and learning paths of methods.
 *
 * Contours are evenly spaced in log(J* − J), since J spans orders of magnitude. One unit of k and one of
 * σ have equal length on paper, so that circles are circles and angles are angles.
 *
 * Source: the layout of figure 1 of Peters & Schaal 2008, Neural Networks 21:682-697.
 */
export function returnLandscape(document: Document, figure: LandscapeFigure): SVGSVGElement {
  const { landscape, panels } = figure;
  const levels = landscape.levels ?? gapLevels(landscape);
  const inner = innerWidth(panels.length);
  const drawn = panels.map((one, i) =>
    landscapePanel(document, { figure, one, levels, inner, first: i === 0 }),
  );
  const height = Number(drawn[0].svg.getAttribute("height"));
  const bar = { svg: colourBar(document, { levels, height, label: figure.labels?.gap }) };
  return compose(document, { ...figure, legend: keys(panels), panels: [...drawn, bar] });
}

interface PanelContext {
  readonly figure: LandscapeFigure;
  readonly one: LandscapePanel;
  readonly levels: readonly number[];
  /** Pixels between the left and right edge of the frame, the same in all panels. */
  readonly inner: number;
  readonly first: boolean;
}

const left = { first: 56, next: 24 };
const innerWidth = (count: number): number =>
  (size.width - barWidth - left.first - left.next * (count - 1)) / count;

function landscapePanel(document: Document, context: PanelContext): Panel {
  const { figure, one, levels, inner, first } = context;
  const { gainRange, explorationRange, optimum } = figure.landscape;
  const margins: Margins = { top: 6, right: 0, bottom: 46, left: first ? left.first : left.next };
  const perUnit = inner / (gainRange[1] - gainRange[0]);
  const height =
    perUnit * (explorationRange[1] - explorationRange[0]) + margins.top + margins.bottom;
  const gain = figure.labels?.gain ?? "controller gain k";
  const exploration = figure.labels?.exploration ?? "exploration σ";
  const axes = {
    ...{ width: inner + margins.left, height: Math.round(height), margins },
    x: { label: gain, domain: gainRange },
    y: { label: exploration, domain: explorationRange, bare: !first },
    ...{ color: colourScale(levels), surround: "frame" as const },
  };
  const svg = panel(document, axes, [
    ...contourMarks(figure.landscape, levels),
    ...overlays(one, 1 / perUnit),
    Plot.dot([optimum], { ...star, x: "gain", y: "exploration", r: 7 }),
  ]);
  return one.title === undefined ? { svg } : { svg, title: one.title };
}

const star = { symbol: "star", fill: ink.optimum, stroke: ink.paper, strokeWidth: 1 } as const;

function overlays(one: LandscapePanel, pixel: number): Plot.Markish[] {
  const { method, arrows = [], epsilon = 0.004, arrowLength = 0.1, paths = [] } = one;
  const color = stylesFor(method === undefined ? [] : [method]).at(0)?.color ?? ink.text;
  const styles = stylesFor(paths);
  return [
    ...arrowMarks(arrows, { epsilon, length: arrowLength }, color),
    ...paths.flatMap((path, i) => pathMarks(path, styles[i].color, pixel)),
  ];
}

function contourMarks(landscape: Landscape, levels: readonly number[]): Plot.Markish[] {
  const [x1, x2] = landscape.gainRange;
  const [y1, y2] = landscape.explorationRange;
  const logLevels = levels.map(Math.log10);
  // The optimum itself has gap 0: anything below the lowest contour is drawn alike.
  const floor = logLevels[0] - 1;
  const inside = (value: number, [low, high]: readonly [number, number]): number =>
    Math.min(high, Math.max(low, value));
  const value = (gain: number, exploration: number): number => {
    const gap = landscape.gap(inside(gain, [x1, x2]), inside(exploration, [y1, y2]));
    return Math.max(floor, Math.log10(Math.max(0, gap)));
  };
  // Sampled a little beyond the frame, where contours would otherwise be seen to close.
  const [dx, dy] = [0.02 * (x2 - x1), 0.02 * (y2 - y1)];
  return [
    Plot.contour({
      ...{ x1: x1 - dx, x2: x2 + dx, y1: y1 - dy, y2: y2 + dy, pixelSize: 4, clip: true },
      ...{ fill: value, thresholds: [floor, ...logLevels], stroke: ink.paper, strokeWidth: 0.8 },
    }),
  ];
}

/** Half decades from the largest gap on the map down to four decades below it. */
function gapLevels({ gap, gainRange, explorationRange }: Landscape): number[] {
  const corners = gainRange.flatMap((k) => explorationRange.map((sigma) => gap(k, sigma)));
  const top = Math.floor(Math.log10(Math.max(...corners)));
  const levels: number[] = [];
  for (let power = top - 4; power <= top; power++) {
    levels.push(Number(`1e${power}`), Number(`3e${power}`));
  }
  return levels.filter((level) => level < Math.max(...corners));
}

function colourScale(levels: readonly number[]): Plot.ScaleOptions {
  const [low, high] = [Math.log10(levels[0]), Math.log10(levels[levels.length - 1])];
  const domain = [low - 0.5, (low + high) / 2, high];
  return { type: "linear", domain, range: shades, clamp: true };
}

function colourBar(
  document: Document,
  {
    levels,
    height,
    label,
  }: { levels: readonly number[]; height: number; label: string | undefined },
): SVGSVGElement {
  const edges = [levels[0] / 3, ...levels, levels[levels.length - 1] * 3];
  const cells = edges.slice(1).map((top, i) => ({
    ...{ y1: edges[i], y2: top, value: i === 0 ? Math.log10(levels[0]) - 1 : Math.log10(edges[i]) },
  }));
  const y: Axis = {
    ...{ label: label ?? "gap to the optimum J* − J", type: "log" },
    domain: [edges[0], edges[edges.length - 1]],
  };
  const margins: Margins = { top: 6, right: 4, bottom: 46, left: 64 };
  return panel(
    document,
    {
      ...{ width: barWidth, height, margins, y, color: colourScale(levels), surround: "frame" },
      x: { label: "", domain: [0, 1], ticks: [] },
    },
    [Plot.rect(cells, { x1: 0, x2: 1, y1: "y1", y2: "y2", fill: "value", stroke: ink.paper })],
  );
}

function keys(panels: readonly LandscapePanel[]): LegendKey[] {
  const arrows = panels.flatMap(({ title, method, arrows = [] }) =>
    method === undefined || title !== undefined || arrows.length === 0
      ? []
      : [lineKey(method.label, stylesFor([method])[0])],
  );
  const paths = panels.flatMap(({ paths = [] }) => {
    const styles = stylesFor(paths);
    return paths.map(({ label }, i) => lineKey(label, styles[i]));
  });
  const start: LegendKey = { label: "start", color: ink.text, symbol: "circle", open: true };
  const ring: LegendKey = {
    ...start,
    label: "steps d of equal length, ½ dᵀG d = ε",
    color: ink.axis,
  };
  const optimum: LegendKey = { label: "optimum", color: ink.optimum, symbol: "star" };
  const ringed = panels.some((one) => one.arrows?.some(({ metric }) => metric !== undefined));
  const more = [...(paths.length > 0 ? [start] : []), ...(ringed ? [ring] : []), optimum];
  return [...arrows, ...paths, ...more];
}

const lineKey = (label: string, { color }: MethodStyle): LegendKey => ({
  label,
  color,
  line: size.line,
});
