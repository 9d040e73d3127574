import { describe, expect, test } from "vitest";
import { tetris } from "../../envs/index.ts";
import { createRandom, isPossible, type Random, simulation } from "../../src/index.ts";
import { type Board, boardOf, drawings, featuresOf, place, stateOf } from "./tetris-cells.ts";

const [I, O, T, S, Z, J, L] = [0, 1, 2, 3, 4, 5, 6];

/** The row that the observation of a state has for an action. */
function rowOf(state: Float64Array, action: number, options = {}): number[] {
  const environment = tetris(options);
  const features = 2 * (state.length - 1) + 2;
  const observation = new Float64Array(environment.observationSize);
  environment.observe(state, observation);
  return Array.from(observation.subarray(action * features, (action + 1) * features));
}

/** Scores of the features with which games last: low, even walls without holes. */
const careful = (features: ArrayLike<number>, width: number): number => {
  let score = -4 * features[2 * width];
  for (let k = 0; k < width; k++) score -= 0.5 * features[k];
  for (let k = width; k < 2 * width - 1; k++) score -= 0.2 * features[k];
  return score;
};

/** Plays both games side by side and expects them to agree in all that can be seen. */
function playBoth(
  { width, height, careful: rate }: { width: number; height: number; careful: number },
  pieces: number,
  random: Random,
): { rows: number[]; games: number } {
  const environment = tetris({ width, height });
  const { actionSpace: space } = environment;
  if (space.kind !== "discrete") throw new Error("tetris must be discrete");
  const size = space.features ?? 0;
  const state = new Float64Array(environment.stateSize);
  const observation = new Float64Array(environment.observationSize);
  const empty = () => boardOf([".".repeat(width)], height);
  environment.reset(state, random);
  let board: Board = empty();
  const rows = [0, 0, 0, 0, 0];
  let games = 1;
  for (let t = 0; t < pieces; t++) {
    environment.observe(state, observation);
    const outcomes = Array.from({ length: space.count }, (_, action) =>
      place(board, height, state[width], action),
    );
    const expected = outcomes.flatMap((outcome) =>
      outcome === undefined ? new Array<number>(size).fill(0) : featuresOf(outcome.board),
    );
    expect(Array.from(observation)).toEqual(expected);
    const possible = outcomes.flatMap((outcome, action) => (outcome === undefined ? [] : [action]));
    const scoreOf = (a: number) => careful(observation.subarray(a * size), width);
    const best = possible.reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a));
    const any = possible[Math.floor(random.uniform(0, possible.length))];
    const action = random.uniform(0, 1) < rate ? best : any;
    const outcome = outcomes[action];
    const reward = environment.step(state, Float64Array.of(action), random);
    expect(reward).toBe(outcome?.rows);
    rows[reward]++;
    board = outcome?.board ?? board;
    expect(state).toEqual(stateOf(board, state[width]));
    expect(environment.isTerminal(state)).toBe(outcome?.over);
    if (outcome?.over !== true) continue;
    environment.observe(state, observation);
    expect(observation).toEqual(new Float64Array(observation.length));
    environment.reset(state, random);
    board = empty();
    games++;
  }
  return { rows, games };
}

describe("tetris against a game on explicit cells", () => {
  test.each([
    { name: "random placements on the usual board", width: 10, height: 20, careful: 0 },
    { name: "long games", width: 10, height: 20, careful: 0.98 },
    { name: "the low board", width: 10, height: 10, careful: 0.8 },
    { name: "the smallest board", width: 4, height: 4, careful: 0.5 },
    { name: "the highest board", width: 6, height: 27, careful: 0.6 },
  ])("has the same walls, features, rewards and ends: $name", ({ name, ...board }) => {
    const { rows, games } = playBoth(board, 800, createRandom(name));
    expect(games).toBeGreaterThan(1);
    expect(rows[1]).toBeGreaterThan(0);
  });

  test("has 17, 9, 34, 17, 17, 34 and 34 placements of I, O, T, S, Z, J and L on ten columns", () => {
    const counts = drawings.map((_, piece) => {
      const state = stateOf(boardOf([".".repeat(10)], 20), piece);
      return Array.from({ length: 40 }, (_, a) => rowOf(state, a)[21]).filter(Boolean).length;
    });
    expect(counts).toEqual([17, 9, 34, 17, 17, 34, 34]);
  });
});

/** The action on four columns. */
const at = (rotation: number, left: number) => 4 * rotation + left;

/** Drawn boards of four columns and six rows: what a placement leaves, counted by hand. */
const drawn: {
  name: string;
  before: string[];
  piece: number;
  action: number;
  after: string[];
  rows: number;
  features: number[];
}[] = [
  {
    name: "a square that covers a hole",
    ...{ before: ["#...", "##.#"], piece: O, action: at(0, 1) },
    ...{ after: [".##.", "###.", "##.#"], rows: 0 },
    features: [2, 3, 3, 1, 1, 0, 2, 3, 1, 1],
  },
  {
    name: "a bar that fills the lowest row",
    ...{ before: ["#...", "##.#"], piece: I, action: at(1, 2) },
    ...{ after: ["..#.", "..#.", "#.#."], rows: 1 },
    features: [1, 0, 3, 0, 1, 3, 3, 3, 0, 1],
  },
  {
    name: "a row removed from above a hole, which is none then",
    ...{ before: [".###", "#.##"], piece: I, action: at(1, 0) },
    ...{ after: ["#...", "#...", "#...", "#.##"], rows: 1 },
    features: [4, 0, 1, 1, 4, 1, 0, 4, 0, 1],
  },
  {
    name: "two rows with one between them that stays",
    ...{ before: [".###", "..##", ".###"], piece: I, action: at(1, 0) },
    ...{ after: ["#...", "#.##"], rows: 2 },
    features: [2, 0, 1, 1, 2, 1, 0, 2, 0, 1],
  },
  {
    name: "four rows at once, which leave an empty board",
    ...{ before: [".###", ".###", ".###", ".###"], piece: I, action: at(1, 0) },
    ...{ after: ["...."], rows: 4 },
    features: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  },
  {
    name: "a hook that hangs over the ground, its arm on a wall",
    ...{ before: ["..#.", "..#."], piece: L, action: at(2, 0) },
    ...{ after: ["###.", "#.#.", "..#."], rows: 0 },
    features: [3, 3, 3, 0, 0, 0, 3, 3, 3, 1],
  },
];

describe("tetris on drawn boards", () => {
  const environment = tetris({ width: 4, height: 6 });

  test.each(drawn)("$name", ({ before, piece, action, after, rows, features }) => {
    const state = stateOf(boardOf(before, 6), piece);
    expect(rowOf(state, action, { width: 4, height: 6 })).toEqual(features);
    expect(environment.step(state, Float64Array.of(action), createRandom(0))).toBe(rows);
    expect(state.subarray(0, 4)).toEqual(stateOf(boardOf(after, 6), 0).subarray(0, 4));
    expect(environment.isTerminal(state)).toBe(false);
  });

  test("a bar that just fits does not end the game", () => {
    const low = tetris({ width: 4, height: 4 });
    const state = stateOf(boardOf(["...."], 4), I);
    expect(low.step(state, Float64Array.of(at(1, 3)), createRandom(0))).toBe(0);
    expect(low.isTerminal(state)).toBe(false);
  });

  test("a bar that fills rows and reaches above the board ends the game and removes none", () => {
    const low = tetris({ width: 4, height: 4 });
    const state = stateOf(boardOf([".###", ".###", ".###", "#..."], 4), I);
    expect(rowOf(state, at(1, 0), { width: 4, height: 4 })).toEqual([
      ...[5, 4, 4, 4],
      ...[1, 0, 0],
      ...[5, 3, 1],
    ]);
    expect(low.step(state, Float64Array.of(at(1, 0)), createRandom(0))).toBe(0);
    expect(low.isTerminal(state)).toBe(true);
    expect(Array.from(state.subarray(0, 4))).toEqual([0b11111, 0b1110, 0b1110, 0b1110]);
  });
});

describe("tetris", () => {
  test("draws its pieces uniformly", () => {
    const environment = tetris();
    const random = createRandom("pieces");
    const state = new Float64Array(environment.stateSize);
    const draws = 14_000;
    const counts = [I, O, T, S, Z, J, L].map(() => 0);
    for (let i = 0; i < draws; i++) {
      environment.reset(state, random);
      counts[state[10]]++;
    }
    const expected = draws / 7;
    const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // The 0.999 quantile of χ² with 6 degrees of freedom.
    expect(chiSquare).toBeLessThan(22.46);
  });

  test("refuses an action that the piece does not have, and any after the end", () => {
    const environment = tetris();
    const state = stateOf(boardOf(["#........."], 20), O);
    const before = state.slice();
    for (const action of [9, 10, 40, -1, 0.5, NaN]) {
      expect(() => environment.step(state, Float64Array.of(action), createRandom(0))).toThrow(
        new RangeError(
          `tetris: an action must be possible in its state, got ${action} with piece 1; take one whose row of the observation ends in 1`,
        ),
      );
    }
    state[0] = before[0] = 2 ** 20;
    expect(() => environment.step(state, Float64Array.of(0), createRandom(0))).toThrow(
      "got 0 after the end of the game",
    );
    expect(state).toEqual(before);
  });

  test("is played through `simulation`, which refuses what is not possible", () => {
    const environment = tetris({ horizon: 3 });
    const game = simulation(environment, 1);
    const observation = game.reset();
    const space = { kind: "discrete", count: 40, features: 22 } as const;
    expect(environment.actionSpace).toEqual(space);
    expect(isPossible(space, observation, 0)).toBe(true);
    expect(isPossible(space, observation, 9)).toBe(false);
    expect(() => game.step(9)).toThrow(
      "simulation: an action of tetris must be possible in its state, got 9; take one whose row of the observation ends in 1",
    );
    const ends = [0, 0, 0].map((action) => game.step(action));
    expect(ends.map(({ truncated }) => truncated)).toEqual([false, false, true]);
  });

  test.each<[object, string]>([
    [{ width: 3 }, "width must be an integer from 4 to 1000, got 3"],
    [{ width: 10.5 }, "width must be an integer from 4 to 1000, got 10.5"],
    [{ height: 28 }, "height must be an integer from 4 to 27, got 28"],
    [{ height: 3 }, "height must be an integer from 4 to 27, got 3"],
    [{ horizon: 0 }, "horizon must be a positive integer, got 0"],
    [{ horizon: Infinity }, "horizon must be a positive integer, got Infinity"],
  ])("refuses %j", (options, message) => {
    expect(() => tetris(options)).toThrow(new RangeError(`tetris: ${message}`));
  });
});
