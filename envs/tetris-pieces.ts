/** A rotation of a piece, column by column from its left edge; rows count from its lowest cell. */
export interface Rotation {
  readonly width: number;
  readonly height: number;
  /** The cells of each column as bits, bit y for row y. */
  readonly columns: readonly number[];
  /** The row of the lowest cell of each column. */
  readonly bottoms: readonly number[];
  /** One above the row of the highest cell of each column. */
  readonly tops: readonly number[];
}

/** A rotation with its left edge in column `left`. */
export interface Placement extends Rotation {
  /** width · r + left for rotation r of a piece on a wall of that width. */
  readonly action: number;
  readonly left: number;
}

const drawings: readonly (readonly string[])[] = [
  ["####"],
  ["##", "##"],
  [".#.", "###"],
  [".##", "##."],
  ["##.", ".##"],
  ["#..", "###"],
  ["..#", "###"],
];

/** The distinct rotations of I, O, T, S, Z, J and L, each a quarter turn clockwise from the last. */
const pieces: readonly (readonly Rotation[])[] = drawings.map((drawing) =>
  distinctTurns(drawing).map(rotationOf),
);

/** How many pieces there are. */
export const PIECES = pieces.length;

/** All placements of each piece on a wall of `width` columns, by ascending action. */
export function placementsOn(width: number): readonly (readonly Placement[])[] {
  return pieces.map((rotations) =>
    rotations.flatMap((rotation, r) =>
      Array.from({ length: width - rotation.width + 1 }, (_, left) => ({
        ...rotation,
        action: width * r + left,
        left,
      })),
    ),
  );
}

/** A drawing and its quarter turns, less those that look like an earlier one. */
function distinctTurns(drawing: readonly string[]): (readonly string[])[] {
  const turns = [drawing];
  for (let turn = 1; turn < 4; turn++) turns.push(turned(turns[turn - 1]));
  const looks = turns.map((lines) => lines.join("/"));
  return turns.filter((_, turn) => looks.indexOf(looks[turn]) === turn);
}

/** A quarter turn clockwise: each column, read upwards, becomes a line. */
function turned(lines: readonly string[]): string[] {
  const upwards = [...lines].reverse();
  return Array.from(lines[0], (_, x) => upwards.map((line) => line[x]).join(""));
}

function rotationOf(lines: readonly string[]): Rotation {
  const upwards = [...lines].reverse();
  const columns = Array.from(lines[0], (_, x) =>
    upwards.reduce((bits, line, y) => bits | (line[x] === "#" ? 1 << y : 0), 0),
  );
  return {
    width: columns.length,
    height: lines.length,
    columns,
    bottoms: columns.map((bits) => 31 - Math.clz32(bits & -bits)),
    tops: columns.map((bits) => 32 - Math.clz32(bits)),
  };
}
