import { cells, createTable, formatNumber, lines } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import type { LateBoard } from "./late-game.ts";
import {
  type BoardName,
  boardNames,
  boards,
  labelOf,
  type MethodName,
  methods,
  protocol,
} from "./protocol.ts";
import { firstReaching, pointsAt, type TetrisSummary } from "./summary.ts";

/** Points that mark progress on each board. */
export const marks: Readonly<Record<BoardName, number>> = { tall: 1000, low: 100 };

const caption = (seeds: number): string =>
  `rows a game against iterations; interquartile mean and 95 % bootstrap band of ${seeds} seeds`;

export function curvesSection(summaries: readonly TetrisSummary[]): ReproductionSection {
  const [{ seeds }] = summaries;
  return {
    heading: "Points against iterations",
    sentence: `Each iteration is one batch and one step, from θ = 0. ${formatNumber(marks.tall)} points on the tall board are first reached ${reached(summaries, "tall")}; ${formatNumber(marks.low)} on the low one ${reached(summaries, "low")}.`,
    figure: {
      name: "points",
      draw: (document) =>
        lines(document, {
          title: "Tetris: natural against standard policy gradient",
          subtitle: caption(seeds),
          panels: boardNames.map((board) => ({
            title: `${boards[board].title}, ${sizesOn(summaries, board)}`,
            series: summaries
              .filter((summary) => summary.board === board)
              .map(({ method, curve }) => ({
                ...{ key: method, label: methods[method].label },
                points: curve
                  .filter(({ points }) => points > 0)
                  .map(({ iteration, points, low, high }) => ({
                    ...{ x: iteration, y: points, low: Math.max(low, FLOOR), high },
                  })),
              })),
            references: [{ y: marks[board] }],
            x: { label: "iteration", type: "log", domain: [1, longest(summaries)] },
            y: { label: "points (rows a game)", type: "log", domain: [FLOOR, highest[board]] },
          })),
          x: { label: "iteration", type: "log" },
          y: { label: "points (rows a game)", type: "log" },
          note: `A game is cut off after ${formatNumber(protocol.horizon)} pieces, at some ${formatNumber(20_000)} rows.`,
        }),
    },
    table: curvesTable(summaries),
  };
}

/** When each method passes the mark of a board, in words. */
function reached(summaries: readonly TetrisSummary[], board: BoardName): string {
  return summaries
    .filter((summary) => summary.board === board)
    .map((summary) => {
      const iteration = firstReaching(summary, marks[board]);
      const when = Number.isFinite(iteration)
        ? `after ${iteration} iterations`
        : `never in ${summary.curve.at(-1)?.iteration ?? 0}`;
      return `by the ${methods[summary.method].label} gradient ${when}`;
    })
    .join(", ");
}

/** The sizes of the steps on a board, such as `δ = 0.15, α = 30`. */
function sizesOn(summaries: readonly TetrisSummary[], board: BoardName): string {
  return summaries
    .filter((summary) => summary.board === board)
    .map(({ method, size }) => `${methods[method].symbol} = ${size}`)
    .join(", ");
}

/** The lowest points that are drawn: below, the games of a score are too few to tell. */
const FLOOR = 0.1;
const highest: Readonly<Record<BoardName, number>> = { tall: 30_000, low: 1000 };

const longest = (summaries: readonly TetrisSummary[]): number =>
  Math.max(...summaries.flatMap(({ curve }) => curve.map(({ iteration }) => iteration)));

function curvesTable(
  summaries: readonly TetrisSummary[],
): NonNullable<ReproductionSection["table"]> {
  return createTable<TetrisSummary>(
    [
      { header: "board", value: ({ board }) => boards[board].title },
      { header: "method", value: labelOf },
      ...[10, 32, 100, 316].map((iteration) => ({
        header: `after ${iteration}`,
        value: (summary: TetrisSummary) => atText(summary, iteration),
        align: "right" as const,
      })),
      {
        header: "iteration of 100, of 1,000, of 5,000 points",
        value: (summary) =>
          [100, 1000, 5000]
            .map((points) => iterationText(firstReaching(summary, points)))
            .join(", "),
        align: "right",
      },
      {
        header: "cut off",
        value: ({ curve }) => `${formatNumber(100 * (curve.at(-1)?.truncated ?? 0), 2)} %`,
        align: "right",
      },
    ],
    summaries,
    "Interquartile means of the points over the seeds after that many iterations; games of the last policy that were cut off",
  );
}

export function iterationText(iteration: number): string {
  return Number.isFinite(iteration) ? String(iteration) : "never";
}

function atText(summary: TetrisSummary, iteration: number): string {
  const last = summary.curve.at(-1)?.iteration ?? 0;
  return iteration > last ? "–" : formatNumber(pointsAt(summary, iteration), 3);
}

/** A board with whose policy it is. */
export interface NamedBoard {
  readonly method: MethodName | "start";
  /** Iterations that made the policy. */
  readonly iterations: number;
  readonly board: LateBoard;
}

export function boardsSection(shown: readonly NamedBoard[], pieces: number): ReproductionSection {
  return {
    heading: "What the walls look like",
    sentence: `The first game of each policy of the first seed, its board after ${formatNumber(pieces)} pieces or at its end. Good policies keep the wall low and without holes.`,
    figure: {
      name: "walls",
      draw: (document) =>
        cells(document, {
          title: "Late boards",
          subtitle: `after ${formatNumber(pieces)} pieces, or where the game ended before`,
          names: { full: "full", marked: "hole" },
          boards: shown.map(({ method, iterations, board }) => ({
            title: method === "start" ? "θ = 0" : `${methods[method].label}, ${iterations} it.`,
            ...{ lines: board.lines, above: board.above },
            caption: `${board.over ? "over at" : "at"} piece ${formatNumber(board.pieces)}: ${formatNumber(board.points)} points`,
          })),
        }),
    },
  };
}
