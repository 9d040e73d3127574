import type { Margins } from "./panel.ts";

/** The room for panels of equal plotting areas. */
export interface Room {
  /** Pixels for a row of panels. */
  readonly width: number;
  readonly count: number;
  /** Panels in a row; by default all of them. */
  readonly columns?: number;
  /** Pixels left of the plotting area of the first panel in a row, and of the others. */
  readonly left: { readonly first: number; readonly next: number };
  readonly right: number;
}

/** Where the panels of `smallMultiples` lie. */
export interface Layout {
  /** Pixels between the left and right edge of a plotting area, the same in all panels. */
  readonly inner: number;
  /** Whether panel `i` is the first of its row, which has the vertical axis. */
  readonly isFirst: (i: number) => boolean;
  readonly margins: (i: number) => Margins;
  /** Cuts what was made for each panel into rows. */
  readonly rows: <T>(panels: readonly T[]) => T[][];
}

/** Divides a row among panels, so that all plotting areas are of one size. */
export function smallMultiples({ width, count, columns = count, left, right }: Room): Layout {
  const inner = (width - left.first - left.next * (columns - 1) - right * columns) / columns;
  const isFirst = (i: number): boolean => i % columns === 0;
  return {
    inner,
    isFirst,
    margins: (i) => ({ top: 6, right, bottom: 46, left: isFirst(i) ? left.first : left.next }),
    rows: (panels) =>
      Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) =>
        panels.slice(row * columns, (row + 1) * columns),
      ),
  };
}
