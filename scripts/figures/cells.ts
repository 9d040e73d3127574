import { type Caption, compose, type Panel } from "./compose.ts";
import { canvas, element } from "./svg.ts";
import { ink, okabeIto, size, tint } from "./theme.ts";

/** A board of square cells, such as a wall of bricks. */
export interface CellBoard {
  readonly title: string;
  /** Lines from the top, a character a cell: `#` full, `o` marked, anything else empty. */
  readonly lines: readonly string[];
  /** Lines at the top that lie above the board. */
  readonly above?: number;
  /** Small print below the board. */
  readonly caption?: string;
}

/** Data of `cells`. */
export interface CellsFigure extends Caption {
  readonly boards: readonly CellBoard[];
  /** What full and marked cells are. */
  readonly names: { readonly full: string; readonly marked: string };
}

const FULL = okabeIto.blue;
const MARKED = okabeIto.vermillion;
/** Pixels of a cell at most. */
const LARGEST = 15;
const gap = 24;
/** Room below a board for its caption. */
const foot = 24;

/** Boards of cells side by side, of one scale, standing on one line. */
export function cells(document: Document, figure: CellsFigure): SVGSVGElement {
  const { boards, names } = figure;
  check(boards);
  const widths = boards.map(({ lines }) => lines[0].length);
  const all = widths.reduce((sum, width) => sum + width, 0);
  const cell = Math.min(LARGEST, Math.floor((size.width - gap * boards.length) / all));
  const rows = Math.max(...boards.map(({ lines }) => lines.length));
  const panels = boards.map((board): Panel => {
    const svg = drawn(document, board, { cell, rows, width: size.width / boards.length });
    return { svg, title: board.title };
  });
  const legend = [
    { label: names.full, color: FULL, symbol: "square" } as const,
    { label: names.marked, color: MARKED, symbol: "square", open: true } as const,
  ];
  return compose(document, { ...figure, legend, rows: [panels] });
}

function drawn(
  document: Document,
  { lines, above = 0, caption }: CellBoard,
  { cell, rows, width }: { readonly cell: number; readonly rows: number; readonly width: number },
): SVGSVGElement {
  const [columns, height] = [lines[0].length, rows * cell];
  const top = height - lines.length * cell;
  const left = 1;
  const parts = lines.flatMap((line, y) =>
    Array.from(line).flatMap((mark, x) =>
      mark === "#" || mark === "o"
        ? [square(document, left + x * cell, top + y * cell, { cell, marked: mark === "o" })]
        : [],
    ),
  );
  const right = left + columns * cell;
  const rim = top + above * cell;
  const frame = `M${left},${rim}V${height}H${right}V${rim}`;
  const outline = { d: frame, fill: "none", stroke: ink.axis, "stroke-width": 1.2 };
  const lid = { d: `M${left},${rim}H${right}`, stroke: ink.reference, "stroke-dasharray": "2 3" };
  const text = { x: left, y: height + foot - 6, "font-size": size.text, fill: ink.secondary };
  const svg = canvas(document, width, height + foot, [
    ...parts,
    element(document, "path", lid),
    element(document, "path", outline),
    ...(caption === undefined ? [] : [element(document, "text", text, [caption])]),
  ]);
  svg.setAttribute("data-left", String(left));
  return svg;
}

/** A full cell, or the outline of a marked one, with a hair of white around it. */
function square(
  document: Document,
  x: number,
  y: number,
  { cell, marked }: { readonly cell: number; readonly marked: boolean },
): SVGElement {
  const at = { x: x + 1, y: y + 1, width: cell - 2, height: cell - 2 };
  const look = marked
    ? { fill: tint(MARKED, 0.25), stroke: MARKED, "stroke-width": 1 }
    : { fill: tint(FULL, 0.85) };
  return element(document, "rect", { ...at, ...look });
}

function check(boards: readonly CellBoard[]): void {
  if (boards.length === 0) throw new RangeError("cells: at least one board, got none");
  for (const { title, lines } of boards) {
    const ragged = lines.find((line) => line.length !== lines[0].length);
    if (lines.length > 0 && lines[0].length > 0 && ragged === undefined) continue;
    throw new RangeError(
      `cells: the lines of a board must be as long as each other and not empty, got ${lines.length} lines for "${title}"`,
    );
  }
}
