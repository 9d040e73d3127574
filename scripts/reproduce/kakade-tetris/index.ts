import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { comparisonsOf } from "./comparisons.ts";
import { lateBoard } from "./late-game.ts";
import type { TetrisResult, TetrisTask } from "./learning-run.ts";
import {
  boards,
  type MethodName,
  methodNames,
  type MethodSettings,
  methods,
  protocol,
} from "./protocol.ts";
import { boardsSection, curvesSection, iterationText, marks, type NamedBoard } from "./sections.ts";
import { firstReaching, pointsAt, summarise, type TetrisSummary } from "./summary.ts";

/** Natural against standard policy gradient on Tetris, on a tall and on a low board. */
export const kakadeTetris: Reproduction = {
  name: "kakade-tetris",
  summary: "natural against standard policy gradient on Tetris",
  source: "Kakade 2002, A Natural Policy Gradient, NIPS 14, figure 2",
  run,
};

/** After so many pieces the report shows a board. */
const LATE = 1000;

async function run(context: ReproductionContext): Promise<ReproductionResult> {
  const plan = planOf(context);
  const runner = new URL(`./learning-run${import.meta.url.slice(-3)}`, import.meta.url);
  const results = await context.runAll<TetrisResult>(runner, plan.flat());
  const runs = plan.map((tasks, i) => {
    const before = plan.slice(0, i).reduce((sum, earlier) => sum + earlier.length, 0);
    return results.slice(before, before + tasks.length);
  });
  const summaries = runs.map(summarise);
  return {
    title: "Tetris by natural and standard policy gradients",
    lead:
      "A softmax over the placements of a piece, linear in 22 features of the wall that each leaves, learns from θ = 0. " +
      "The source states the features, the policy and λ = 10⁻³; batches, step sizes and γ had to be chosen.",
    claim:
      "The natural gradient reaches thousands of points in some 80 iterations, where the standard gradient hardly improves.",
    comparisons: comparisonsOf(summaries),
    sections: [curvesSection(summaries), boardsSection(lateBoards(runs), LATE)],
    settings: settingsOf(plan.flat()),
    numbers: { protocol, boards, methods, summaries, results },
    summary: summaryOf(summaries),
  };
}

/** The tasks of each method on each board, over the seeds. */
function planOf({ seeds, quick }: ReproductionContext): TetrisTask[][] {
  const settings: Readonly<Record<string, MethodSettings>> = methods;
  return methodNames.flatMap((method) =>
    settings[method].boards.map((board) =>
      Array.from({ length: seeds }, (_, i): TetrisTask => ({
        ...{ board, method, seed: i + 1 },
        iterations: quick ? 15 : settings[method].iterations,
        pieces: quick ? 1000 : boards[board].pieces,
        games: quick ? 5 : protocol.games,
      })),
    ),
  );
}

/** The policies whose walls are shown, after so many iterations. */
const shown: readonly { readonly method: MethodName; readonly iterations: number }[] = [
  { method: "vanilla", iterations: 32 },
  { method: "natural", iterations: 32 },
  { method: "natural", iterations: 100 },
];

/** Boards of the first seed on the tall board: at the start, on the way and at the end. */
function lateBoards(runs: readonly (readonly TetrisResult[])[]): NamedBoard[] {
  const boardOf = ({ method, iterations }: (typeof shown)[number]): NamedBoard => {
    const first = runs.find(([{ task }]) => task.board === "tall" && task.method === method)?.[0];
    const score = first?.scores.findLast(({ iteration }) => iteration <= iterations);
    if (score === undefined) throw new Error(`no run of ${method} on the tall board`);
    return { method, iterations: score.iteration, board: lateBoard(score.theta, LATE, 1) };
  };
  const start = new Float64Array(runs[0][0].scores[0].theta.length);
  return [
    { method: "start", iterations: 0, board: lateBoard(start, LATE, 1) },
    ...shown.map(boardOf),
  ];
}

function settingsOf(tasks: readonly TetrisTask[]): ReproductionResult["settings"] {
  const { discount, damping, fisherEvery, environments, horizon } = protocol;
  const pieces = (board: string): number | undefined =>
    tasks.find((task) => task.board === board)?.pieces;
  return {
    "gradient (γ not stated)": `biased, γ = ${discount}: rewards to go of games that go on from batch to batch, standardised over the batch, no state-dependent baseline`,
    "pieces an iteration (not stated)": `${pieces("tall")} on the tall and ${pieces("low")} on the low board, of ${environments} games side by side`,
    "natural step": `(F + ${damping} I)⁻¹g with the λ of the source, F of every ${fisherEvery}th piece of the batch; α for a KL divergence of ${methods.natural.step.kl} (not stated)`,
    "standard step (not stated)": `α = ${methods.vanilla.step.alpha}, the best of 1, 3, 10, 30; and 1 beside it`,
    "choice of the settings": "on runs from other seeds",
    score: `mean of ${tasks[0].games} games with sampled actions, cut off after ${horizon} pieces`,
    "end of a game (not stated to the cell)":
      "a piece that comes to rest above the board; it removes no rows",
    "greedy policy iteration": "left out: it is no policy gradient",
    seeds: tasks.filter(({ method, board }) => method === "natural" && board === "tall").length,
  };
}

function summaryOf(summaries: readonly TetrisSummary[]): string[] {
  const rows = summaries.map((summary) => {
    const { board, method, curve, piecesPerSecond } = summary;
    const cells = [10, 32, 100, 316].map((iteration) =>
      (iteration > curve[curve.length - 1].iteration
        ? "–"
        : formatNumber(pointsAt(summary, iteration), 3)
      ).padStart(8),
    );
    const first = iterationText(firstReaching(summary, marks[board])).padStart(10);
    const speed = formatNumber(piecesPerSecond, 2).padStart(10);
    return `${boards[board].title.padEnd(14)} ${methods[method].label.padEnd(18)}${cells.join("")} ${first} ${speed}`;
  });
  return [
    `${"points after iterations".padEnd(33)}${[10, 32, 100, 316].map((n) => String(n).padStart(8)).join("")} ${"first".padStart(10)} ${"pieces/s".padStart(10)}`,
    ...rows,
    `first: the iteration of ${Object.entries(marks)
      .map(([board, points]) => `${points} points on ${boards[board as keyof typeof boards].title}`)
      .join(", ")}`,
  ];
}
