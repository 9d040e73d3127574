import type { Placement } from "./tetris-pieces.ts";

// A column of the wall is a number whose bit y is set where its cell in row y from the bottom is full.

/** One above the row of the highest full cell of a column; 0 for an empty one. */
export function heightOf(column: number): number {
  return 32 - Math.clz32(column);
}

/** The number of full cells of a column. Source: Warren, Hacker's Delight, figure 5-2. */
export function cellsOf(column: number): number {
  let x = column - ((column >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}

/** The column without its cells in the rows of `full`, and those above moved down. */
export function withoutRows(column: number, full: number): number {
  let rest = column;
  let rows = full;
  while (rows !== 0) {
    // The highest row first, so that the others stay where they are.
    const row = 31 - Math.clz32(rows);
    const below = (1 << row) - 1;
    rest = (rest & below) | ((rest >>> 1) & ~below);
    rows &= below;
  }
  return rest;
}

/** What is known of a wall before a piece is placed. */
export interface Wall {
  /** Rows of the board. */
  readonly limit: number;
  readonly columns: Int32Array;
  readonly heights: Int32Array;
  /** The rows that columns 0 … k − 1 fill, as bits. */
  readonly filledBefore: Int32Array;
  /** The rows that columns k … fill. */
  readonly filledFrom: Int32Array;
  highest: number;
  /** Empty cells with a full one above them in their column. */
  holes: number;
}

/** Room for a wall. */
export function createWall(width: number, limit: number): Wall {
  return {
    limit,
    columns: new Int32Array(width),
    heights: new Int32Array(width),
    filledBefore: new Int32Array(width + 1),
    filledFrom: new Int32Array(width + 1),
    highest: 0,
    holes: 0,
  };
}

/** wall ← the wall of these columns. */
export function survey(wall: Wall, columns: Float64Array): void {
  const width = wall.columns.length;
  wall.highest = 0;
  wall.holes = 0;
  wall.filledBefore[0] = -1;
  wall.filledFrom[width] = -1;
  for (let k = 0; k < width; k++) {
    const column = columns[k] | 0;
    const height = heightOf(column);
    wall.columns[k] = column;
    wall.heights[k] = height;
    wall.highest = Math.max(wall.highest, height);
    wall.holes += height - cellsOf(column);
    wall.filledBefore[k + 1] = wall.filledBefore[k] & column;
  }
  for (let k = width - 1; k >= 0; k--) {
    wall.filledFrom[k] = wall.filledFrom[k + 1] & wall.columns[k];
  }
}

/** The row in which the lowest cell of a piece comes to rest. */
export function landingRow({ heights }: Wall, { width, left, bottoms }: Placement): number {
  let row = 0;
  for (let k = 0; k < width; k++) row = Math.max(row, heights[left + k] - bottoms[k]);
  return row;
}

/** The rows that a piece at rest in `row` fills, as bits; none where it ends the game. */
export function filledRows(wall: Wall, placement: Placement, row: number): number {
  const { width, height, left, columns } = placement;
  if (row + height > wall.limit) return 0;
  let full = wall.filledBefore[left] & wall.filledFrom[left + width];
  for (let k = 0; k < width; k++) full &= wall.columns[left + k] | (columns[k] << row);
  return full;
}
