import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { comparisonsOf } from "./comparisons.ts";
import { lateBoard } from "./late-game.ts";
import { boards, labelOf, type MethodName, methods, protocol } from "./protocol.ts";
import { boardsSection, curvesSection, iterationText, marks, type NamedBoard } from "./sections.ts";
import { type ArmResult, createPlan, study, type StudyPlan } from "./study.ts";
import { firstReaching, pointsAt, summarise, type TetrisSummary } from "./summary.ts";
import { tuningSection } from "./tuning-section.ts";

/** Natural against standard policy gradient on Tetris, on a tall and on a low board. */
export const kakadeTetris: Reproduction = {
  name: "kakade-tetris",
  summary: "natural against standard policy gradient on Tetris",
  source: "Kakade 2002, A Natural Policy Gradient, NIPS 14, figure 2",
  run,
};

/** After so many pieces the report shows a board. */
const LATE = 1000;

async function run({ seeds, quick, runAll }: ReproductionContext): Promise<ReproductionResult> {
  const plan = createPlan(seeds, quick);
  const arms = await study(plan, runAll);
  const summaries = arms.map(summarise);
  return {
    title: "Tetris by natural and standard policy gradients",
    lead:
      "A softmax over the placements of a piece, linear in 22 features of the wall that each leaves, learns from θ = 0. " +
      "The source states the features, the policy and λ = 10⁻³; batches, step sizes and γ had to be chosen.",
    claim:
      "The natural gradient reaches thousands of points in some 80 iterations, where the standard gradient hardly improves.",
    comparisons: comparisonsOf(summaries),
    sections: [
      curvesSection(summaries),
      tuningSection(summaries, plan),
      boardsSection(lateBoards(arms), LATE),
    ],
    settings: settingsOf(plan),
    numbers: { protocol, boards, methods, plan, summaries, arms },
    summary: summaryOf(summaries),
  };
}

/** The policies whose walls are shown, after so many iterations. */
const shown: readonly { readonly method: MethodName; readonly iterations: number }[] = [
  { method: "vanilla", iterations: 32 },
  { method: "natural", iterations: 32 },
  { method: "vanilla", iterations: 316 },
];

/** Boards of the first seed on the tall board: at the start, on the way and at the end. */
function lateBoards(arms: readonly ArmResult[]): NamedBoard[] {
  const boardOf = ({ method, iterations }: (typeof shown)[number]): NamedBoard => {
    const arm = arms.find((one) => one.board === "tall" && one.method === method);
    const score = arm?.runs[0].scores.findLast(({ iteration }) => iteration <= iterations);
    if (score === undefined) throw new Error(`no run of ${method} on the tall board`);
    return { method, iterations: score.iteration, board: lateBoard(score.theta, LATE, 1) };
  };
  const start = new Float64Array(arms[0].runs[0].scores[0].theta.length);
  return [
    { method: "start", iterations: 0, board: lateBoard(start, LATE, 1) },
    ...shown.map(boardOf),
  ];
}

function settingsOf({ pieces, games, seeds }: StudyPlan): ReproductionResult["settings"] {
  const { discount, damping, fisherEvery, environments, horizon } = protocol;
  return {
    "gradient (γ not stated)": `biased, γ = ${discount}: rewards to go of games that go on from batch to batch, standardised over the batch, no state-dependent baseline`,
    "pieces an iteration (not stated)": `${formatNumber(pieces.tall)} on the tall and ${formatNumber(pieces.low)} on the low board, of ${environments} games side by side`,
    "natural step": `(F + ${damping} I)⁻¹g with the λ of the source, F of every ${fisherEvery}th piece of the batch; α for a KL divergence of δ nats (not stated)`,
    "standard step (not stated)": "αg with one α for the whole run",
    score: `mean of ${games} games with sampled actions, cut off after ${formatNumber(horizon)} pieces`,
    "end of a game (not stated to the cell)":
      "a piece that comes to rest above the board; it removes no rows",
    "greedy policy iteration": "left out: it is no policy gradient",
    seeds: seeds.length,
  };
}

function summaryOf(summaries: readonly TetrisSummary[]): string[] {
  const iterations = [10, 32, 100, 316];
  const rows = summaries.map((summary) => {
    const { board, curve, piecesPerSecond } = summary;
    const cells = iterations.map((iteration) =>
      (iteration > curve[curve.length - 1].iteration
        ? "–"
        : formatNumber(pointsAt(summary, iteration), 3)
      ).padStart(8),
    );
    const first = iterationText(firstReaching(summary, marks[board])).padStart(10);
    const speed = formatNumber(piecesPerSecond, 2).padStart(10);
    return `${boards[board].title.padEnd(14)} ${labelOf(summary).padEnd(18)}${cells.join("")} ${first} ${speed}`;
  });
  const heads = iterations.map((n) => String(n).padStart(8)).join("");
  return [
    `${"points after iterations".padEnd(33)}${heads} ${"first".padStart(10)} ${"pieces/s".padStart(10)}`,
    ...rows,
    `first: the iteration of ${Object.entries(marks)
      .map(
        ([board, points]) =>
          `${formatNumber(points)} points on ${boards[board as keyof typeof boards].title}`,
      )
      .join(", ")}`,
  ];
}
