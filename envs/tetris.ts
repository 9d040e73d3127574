import * as z from "zod";
import type { Environment, Vector } from "../src/index.ts";
import { featureCount, writeFeatures } from "./tetris-features.ts";
import { type Placement, PIECES, placementsOn } from "./tetris-pieces.ts";
import {
  cellsOf,
  createWall,
  filledRows,
  landingRow,
  survey,
  type Wall,
  withoutRows,
} from "./tetris-wall.ts";

/** The most rows of which four more, for a piece that ends the game, fit the bits of a number. */
const HIGHEST_BOARD = 27;

const integer = (rule: string, least: number, most: number): z.ZodNumber =>
  z.number({ error: rule }).int(rule).gte(least, rule).lte(most, rule);

/** What `tetris` can be told. */
export const tetrisOptions = z.strictObject({
  width: integer("must be an integer from 4 to 1000", 4, 1000)
    .default(10)
    .describe("columns of the board"),
  height: integer(`must be an integer from 4 to ${HIGHEST_BOARD}`, 4, HIGHEST_BOARD)
    .default(20)
    .describe("rows of the board"),
  horizon: integer("must be a positive integer", 1, Number.MAX_SAFE_INTEGER)
    .default(50_000)
    .describe("pieces after which a game is cut off"),
});
export type TetrisOptions = z.input<typeof tetrisOptions>;

/**
 * Tetris as a Markov decision process: a piece falls straight down at a rotation and in columns that
 * are chosen at once; full rows are removed and those above them move down.
 *
 * Action: width · r + c puts the piece, turned r times by 90° clockwise from I `####`, O, T `.#.`/`###`,
 * S `.##`/`##.`, Z, J `#..`/`###` or L, with its left edge in column c. Turns that change nothing, and
 * columns where it would leave the board, are not possible: 9 (O), 17 (I, S, Z) or 34 (T, J, L) of
 * the 40 actions on ten columns are.
 *
 * | observation, a row for each action   | unit  | range                             |
 * | ------------------------------------ | ----- | --------------------------------- |
 * | heights h₁ … h_w of the columns      | rows  | 0 … height, up to 4 more at the end |
 * | differences of height between columns next to each other | rows | 0 … height + 4 |
 * | the largest of the heights           | rows  | 0 … height + 4                    |
 * | holes: empty cells below a full one  | cells | 0 … w (height + 3)                |
 * | whether the action is possible       | –     | 0 or 1                            |
 *
 * all of them of the wall that the action leaves, after full rows are removed; zeros for an action
 * that is not possible, and for all of them after the end. The last serves as the constant feature.
 *
 * State: the columns as numbers whose bit y is set where the cell in row y from the bottom is full,
 * then the piece, 0 … 6 for I, O, T, S, Z, J, L. Reward: 1 for each row removed. Start: an empty
 * board and a random piece; pieces are drawn uniformly. Termination: a piece comes to rest with a cell
 * above the board; it removes no rows. Truncation: after `horizon` pieces, 50 000 unless told
 * otherwise, which is room for some 20 000 rows.
 *
 * Source: Bertsekas & Tsitsiklis 1996, Neuro-Dynamic Programming; Kakade 2002. They do not print the
 * rule that ends a game to the cell; scores depend on it, most of all on low boards.
 *
 * @throws RangeError for sizes or a horizon out of range, and from `step` for an impossible action.
 */
export function tetris(options: TetrisOptions = {}): Environment {
  const { width, height, horizon } = settled(options);
  const features = featureCount(width);
  const placements = placementsOn(width);
  const byAction = placements.map((all) => indexed(all, 4 * width));
  const wall = createWall(width, height);
  const isTerminal = (s: Vector): boolean => isOver(s, width, height);
  return {
    name: "tetris",
    stateSize: width + 1,
    observationSize: 4 * width * features,
    actionSpace: { kind: "discrete", count: 4 * width, features },
    horizon,
    reset: (s, random) => {
      s.fill(0);
      s[width] = Math.floor(random.uniform(0, PIECES));
    },
    step: (s, a, random) => {
      const placement = byAction[s[width]][a[0]];
      if (placement === undefined || isTerminal(s)) throw impossible(s, a[0], isTerminal(s));
      survey(wall, s);
      const rows = put(wall, placement, s);
      s[width] = Math.floor(random.uniform(0, PIECES));
      return rows;
    },
    observe: (s, o) => {
      o.fill(0);
      if (isTerminal(s)) return;
      survey(wall, s);
      for (const placement of placements[s[width]]) {
        writeFeatures(wall, placement, o, placement.action * features);
      }
    },
    isTerminal,
  };
}

/** columns ← those of the wall with the piece, less its full rows; returns how many. */
function put(wall: Wall, placement: Placement, columns: Vector): number {
  const { width, left, columns: cells } = placement;
  const row = landingRow(wall, placement);
  const full = filledRows(wall, placement, row);
  for (let k = 0; k < width; k++) columns[left + k] = wall.columns[left + k] | (cells[k] << row);
  if (full === 0) return 0;
  for (let k = 0; k < wall.columns.length; k++) columns[k] = withoutRows(columns[k], full);
  return cellsOf(full);
}

/** Whether a cell above the board is full. */
function isOver(columns: Vector, width: number, height: number): boolean {
  for (let k = 0; k < width; k++) if (columns[k] >> height !== 0) return true;
  return false;
}

/** The placements at the indices of their actions. */
function indexed(placements: readonly Placement[], actions: number): (Placement | undefined)[] {
  const byAction = new Array<Placement | undefined>(actions).fill(undefined);
  for (const placement of placements) byAction[placement.action] = placement;
  return byAction;
}

function impossible(s: Vector, action: number, over: boolean): RangeError {
  const why = over ? "after the end of the game" : `with piece ${s[s.length - 1]}`;
  return new RangeError(
    `tetris: an action must be possible in its state, got ${action} ${why}; take one whose row of the observation ends in 1`,
  );
}

/** The options with defaults filled in. @throws RangeError that names the option, the rule and what came. */
function settled(options: TetrisOptions): z.infer<typeof tetrisOptions> {
  const parsed = tetrisOptions.safeParse(options);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const [name] = path as (keyof TetrisOptions)[];
  throw new RangeError(`tetris: ${name} ${message}, got ${String(options[name])}`);
}
