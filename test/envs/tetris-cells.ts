/**
 * Tetris on explicit cells, for the tests: a board is an array of lines from the bottom, each an
 * array of booleans. Pieces fall a row at a time, and every feature is counted cell by cell.
 */
export type Board = boolean[][];

/** Every rotation of I, O, T, S, Z, J, L as it looks, from the top. */
export const drawings: readonly (readonly string[])[] = [
  ["####", "#/#/#/#"],
  ["##/##"],
  [".#./###", "#./##/#.", "###/.#.", ".#/##/.#"],
  [".##/##.", "#./##/.#"],
  ["##./.##", ".#/##/#."],
  ["#../###", "##/#./#.", "###/..#", ".#/.#/##"],
  ["..#/###", "#./#./##", "###/#..", "##/.#/.#"],
];

/** The board of a drawing whose last line is the bottom, under empty lines up to `height` + 4. */
export function boardOf(lines: readonly string[], height: number): Board {
  const drawn = [...lines].reverse().map((line) => Array.from(line, (cell) => cell === "#"));
  const width = lines[0].length;
  while (drawn.length < height + 4) drawn.push(new Array<boolean>(width).fill(false));
  return drawn;
}

/** The state of `tetris` for a board and a piece. */
export function stateOf(board: Board, piece: number): Float64Array {
  const columns = board[0].map((_, x) =>
    board.reduce((bits, line, y) => bits + (line[x] ? 2 ** y : 0), 0),
  );
  return Float64Array.of(...columns, piece);
}

export interface Outcome {
  readonly board: Board;
  readonly rows: number;
  readonly over: boolean;
}

/** What a placement does; undefined where the piece would leave the board. */
export function place(
  board: Board,
  height: number,
  piece: number,
  action: number,
): Outcome | undefined {
  const width = board[0].length;
  const rotation = drawings[piece].at(Math.floor(action / width));
  if (rotation === undefined || Math.floor(action / width) >= drawings[piece].length) return;
  const left = action % width;
  const shape = rotation.split("/").reverse();
  if (left + shape[0].length > width) return;
  const cells = shape.flatMap((line, y) =>
    Array.from(line, (cell, x) => ({ x: left + x, y, full: cell === "#" })),
  );
  const own = cells.filter(({ full }) => full);
  const free = (y0: number) => own.every(({ x, y }) => y0 + y >= 0 && !board.at(y0 + y)?.[x]);
  let y0 = board.length;
  while (y0 > 0 && free(y0 - 1)) y0--;
  const placed = board.map((line) => [...line]);
  for (const { x, y } of own) placed[y0 + y][x] = true;
  if (own.some(({ y }) => y0 + y >= height)) return { board: placed, rows: 0, over: true };
  const kept = placed.filter((line) => !line.every(Boolean));
  const rows = placed.length - kept.length;
  while (kept.length < placed.length) kept.push(new Array<boolean>(width).fill(false));
  return { board: kept, rows, over: false };
}

/** Heights, differences, maximum, holes and 1. */
export function featuresOf(board: Board): number[] {
  const heights = board[0].map((_, x) => board.findLastIndex((line) => line[x]) + 1);
  const differences = heights.slice(1).map((height, k) => Math.abs(height - heights[k]));
  const holes = heights.map((height, x) =>
    board.slice(0, height).reduce((count, line) => count + (line[x] ? 0 : 1), 0),
  );
  const all = holes.reduce((sum, count) => sum + count);
  return [...heights, ...differences, Math.max(...heights), all, 1];
}
