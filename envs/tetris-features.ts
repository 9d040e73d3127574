import type { Vector } from "../src/index.ts";
import type { Placement } from "./tetris-pieces.ts";
import {
  cellsOf,
  filledRows,
  heightOf,
  landingRow,
  type Wall,
  withoutRows,
} from "./tetris-wall.ts";

/** How many features a wall of `width` columns has: 22 for ten. */
export function featureCount(width: number): number {
  return 2 * width + 2;
}

/**
 * out from `offset` on ← the features of the wall after a placement and the removal of its full rows:
 * heights h₁ … h_w, |h₁ − h₂| … |h_{w−1} − h_w|, max h, holes, 1.
 *
 * A piece at rest in row y changes only what lies under it: its column k reaches up to y + top_k and
 * covers y + bottom_k − h holes. Only where it fills rows is the wall looked at again.
 *
 * Source: Bertsekas & Tsitsiklis 1996, Neuro-Dynamic Programming; Kakade 2002.
 */
export function writeFeatures(wall: Wall, placement: Placement, out: Vector, offset: number): void {
  const { heights } = wall;
  const { width, height, left, bottoms, tops } = placement;
  const row = landingRow(wall, placement);
  const full = filledRows(wall, placement, row);
  if (full !== 0) {
    writeCleared(wall, placement, { row, full }, out, offset);
    return;
  }
  let { holes } = wall;
  for (let k = 0; k < heights.length; k++) out[offset + k] = heights[k];
  for (let k = 0; k < width; k++) {
    out[offset + left + k] = row + tops[k];
    holes += row + bottoms[k] - heights[left + k];
  }
  writeShape(heights.length, { highest: Math.max(wall.highest, row + height), holes }, out, offset);
}

/** The features of the wall without the rows that a piece at rest in `row` fills. */
function writeCleared(
  { columns }: Wall,
  { width, left, columns: cells }: Placement,
  { row, full }: { readonly row: number; readonly full: number },
  out: Vector,
  offset: number,
): void {
  let highest = 0;
  let holes = 0;
  for (let k = 0; k < columns.length; k++) {
    const under = k >= left && k < left + width;
    const column = withoutRows(under ? columns[k] | (cells[k - left] << row) : columns[k], full);
    const height = heightOf(column);
    out[offset + k] = height;
    highest = Math.max(highest, height);
    holes += height - cellsOf(column);
  }
  writeShape(columns.length, { highest, holes }, out, offset);
}

/** The features behind the heights. */
function writeShape(
  width: number,
  { highest, holes }: Pick<Wall, "highest" | "holes">,
  out: Vector,
  offset: number,
): void {
  const steps = offset + width;
  for (let k = 0; k < width - 1; k++) {
    out[steps + k] = Math.abs(out[offset + k] - out[offset + k + 1]);
  }
  out[steps + width - 1] = highest;
  out[steps + width] = holes;
  out[steps + width + 1] = 1;
}
