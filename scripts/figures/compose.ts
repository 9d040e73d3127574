import { legend, type LegendKey } from "./legend.ts";
import { canvas, element, extent, place } from "./svg.ts";
import { wrapText } from "./text-metrics.ts";
import { ink, size } from "./theme.ts";

/** The words around a figure. */
export interface Caption {
  readonly title: string;
  readonly subtitle?: string;
  /** Small print below the panels. */
  readonly note?: string;
}

/** One plot of a figure; panels with a title are lettered (a), (b), … when there are several. */
export interface Panel {
  readonly svg: SVGSVGElement;
  readonly title?: string;
}

/** What stands in a figure, from top to bottom. */
export interface Composition extends Caption {
  readonly legend?: readonly LegendKey[];
  /** Rows of panels from top to bottom, each from left to right. */
  readonly rows: readonly (readonly Panel[])[];
}

const margin = 12;
const panelTitleHeight = 24;

/** Puts title, subtitle, legend, rows of panels and note into one `<svg>`. */
export function compose(document: Document, figure: Composition): SVGSVGElement {
  const widths = figure.rows.map((row) => row.reduce((sum, { svg }) => sum + extent(svg).width, 0));
  const width = Math.round(Math.max(...widths)) + 2 * margin;
  const inner = width - 2 * margin;
  const column = new Column(document, inner);
  column.text(figure.title, size.title, { "font-weight": 600 });
  if (figure.subtitle !== undefined) {
    column.text(figure.subtitle, size.subtitle, { fill: ink.secondary });
  }
  column.space(8);
  if (figure.legend !== undefined) column.add(legend(document, figure.legend, inner));
  column.space(4);
  const lettered = figure.rows.flat().filter(({ title }) => title !== undefined);
  for (const row of figure.rows) column.add(panelRow(document, row, { width: inner, lettered }));
  if (figure.note !== undefined) {
    column.space(4);
    column.text(figure.note, size.text, { fill: ink.secondary });
  }
  column.space(margin);
  return finish(document, figure, { width, height: column.y, parts: column.parts });
}

/** Stacks plots of equal width into one, without space between them. */
export function stack(document: Document, svgs: readonly SVGSVGElement[]): SVGSVGElement {
  let y = 0;
  const placed = svgs.map((svg) => {
    const at = place(svg, 0, y);
    y += extent(svg).height;
    return at;
  });
  return canvas(document, Math.max(...svgs.map((svg) => extent(svg).width)), y, placed);
}

/** Fills a column from the top; `y` is where the next part goes. */
class Column {
  y = margin;
  readonly parts: SVGElement[] = [];
  private readonly document: Document;
  private readonly width: number;

  constructor(document: Document, width: number) {
    this.document = document;
    this.width = width;
  }

  space(height: number): void {
    this.y += height;
  }

  add(svg: SVGSVGElement): void {
    this.parts.push(place(svg, margin, this.y));
    this.y += extent(svg).height;
  }

  text(text: string, fontSize: number, style: Readonly<Record<string, string | number>>): void {
    for (const line of wrapText(text, this.width, fontSize)) {
      this.y += fontSize * 1.3;
      const at = { x: margin, y: this.y - fontSize * 0.25, "font-size": fontSize };
      this.parts.push(element(this.document, "text", { ...at, ...style }, [line]));
    }
  }
}

function panelRow(
  document: Document,
  panels: readonly Panel[],
  { width, lettered }: { readonly width: number; readonly lettered: readonly Panel[] },
): SVGSVGElement {
  const top = panels.some(({ title }) => title !== undefined) ? panelTitleHeight : 0;
  let x = 0;
  const parts = panels.flatMap((panel) => {
    const placed = place(panel.svg, x, top);
    const title = titleOf(document, panel, { x, letter: letterOf(panel, lettered) });
    x += extent(panel.svg).width;
    return [...title, placed];
  });
  const height = top + Math.max(...panels.map(({ svg }) => extent(svg).height));
  return canvas(document, width, height, parts);
}

function letterOf(panel: Panel, lettered: readonly Panel[]): string {
  return lettered.length < 2
    ? ""
    : `(${String.fromCharCode("a".charCodeAt(0) + lettered.indexOf(panel))}) `;
}

function titleOf(
  document: Document,
  { title, svg }: Panel,
  { x, letter }: { x: number; letter: string },
): SVGElement[] {
  if (title === undefined) return [];
  const left = x + Number(svg.getAttribute("data-left") ?? 0);
  const at = { x: left, y: 16, "font-size": size.label, "font-weight": 600 };
  return [element(document, "text", at, [letter + title])];
}

function finish(
  document: Document,
  { title, subtitle }: Caption,
  { width, height, parts }: { width: number; height: number; parts: readonly SVGElement[] },
): SVGSVGElement {
  const whole = Math.ceil(height);
  const background = element(document, "rect", { width, height: whole, fill: ink.paper });
  const name = element(document, "title", {}, [title]);
  const description = element(document, "desc", {}, [subtitle ?? title]);
  const svg = canvas(document, width, whole, [name, description, background, ...parts]);
  svg.setAttribute("role", "img");
  return svg;
}
