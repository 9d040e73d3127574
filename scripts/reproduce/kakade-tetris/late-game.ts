import { tetris } from "../../../envs/index.ts";
import {
  createRandom,
  createRows,
  policyFor,
  predictorOf,
  type Vector,
} from "../../../src/index.ts";

/** A board in the midst of a game, or at its end. */
export interface LateBoard {
  /** Lines from the top: `#` full, `o` empty below a full cell. */
  readonly lines: readonly string[];
  /** Lines that lie above the board. */
  readonly above: number;
  /** Pieces that were placed. */
  readonly pieces: number;
  /** Rows that were removed. */
  readonly points: number;
  readonly over: boolean;
}

/** Cells of the board. */
const [WIDTH, HEIGHT] = [10, 20];

/** Plays a game on 10 × 20 cells with θ until it ends or `pieces` are placed. */
export function lateBoard(theta: Vector, pieces: number, seed: number): LateBoard {
  const environment = tetris({ width: WIDTH, height: HEIGHT });
  const random = createRandom(`kakade-tetris/late/${seed}`);
  const { network, distribution } = policyFor(environment, random);
  const predictor = predictorOf(network, 1);
  predictor.at(theta);
  const [dynamics, choices] = [random.split("environment"), random.split("action")];
  const state = new Float64Array(environment.stateSize);
  const seen = createRows(1, environment.observationSize);
  const chosen = createRows(1, 1);
  environment.reset(state, dynamics);
  let [placed, points] = [0, 0];
  while (placed < pieces && !environment.isTerminal(state)) {
    environment.observe(state, seen.data);
    predictor.predict(seen);
    distribution.sample(predictor.outputs, choices, chosen);
    points += environment.step(state, chosen.data, dynamics);
    placed++;
  }
  const over = environment.isTerminal(state);
  const lines = linesOf(state.subarray(0, WIDTH), HEIGHT);
  return { lines, above: lines.length - HEIGHT, pieces: placed, points, over };
}

/** The columns of a wall as lines from the top, higher ones where the wall ends a game. */
function linesOf(columns: Vector, height: number): string[] {
  const tops = Array.from(columns, (column) => 32 - Math.clz32(column));
  const rows = Math.max(height, ...tops);
  const cellAt = (x: number, y: number): string => {
    if (((columns[x] >> y) & 1) === 1) return "#";
    return y < tops[x] ? "o" : ".";
  };
  return Array.from({ length: rows }, (_, line) =>
    Array.from(columns, (_, x) => cellAt(x, rows - 1 - line)).join(""),
  );
}
