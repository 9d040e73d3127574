import { formatNumber } from "./format.ts";

/** One column of a table: what stands above it and how a row fills it. */
export interface Column<Row> {
  readonly header: string;
  /** Plain text, escaped later; numbers are printed by `formatNumber`. */
  readonly value: (row: Row) => string | number;
  /** By default numbers stand to the right and text to the left, after the first row. */
  readonly align?: "left" | "right" | "centre";
  /** Printing of numbers, such as `(x) => formatNumber(x, 6)`. */
  readonly format?: (value: number) => string;
}

/** A table as printed: every cell is plain text. */
export interface Table {
  readonly caption?: string;
  readonly columns: readonly {
    readonly header: string;
    readonly align: "left" | "right" | "centre";
  }[];
  readonly rows: readonly (readonly string[])[];
}

/** Prints `rows` by `columns`; tables of any kind of row can then stand in one report. */
export function createTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  caption?: string,
): Table {
  const numeric = (column: Column<Row>): boolean =>
    rows.length > 0 && typeof column.value(rows[0]) === "number";
  const heads = columns.map((column) => ({
    header: column.header,
    align: column.align ?? (numeric(column) ? ("right" as const) : ("left" as const)),
  }));
  const cells = rows.map((row) => columns.map((column) => cell(column, row)));
  return { columns: heads, rows: cells, ...(caption === undefined ? {} : { caption }) };
}

/** `text` that stays on one line, such as a number with its power of ten. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

function cell<Row>({ value, format = formatNumber }: Column<Row>, row: Row): string {
  const content = value(row);
  return typeof content === "number" ? unbroken(format(content)) : content;
}
