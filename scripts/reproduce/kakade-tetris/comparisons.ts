import { formatNumber } from "../../figures/index.ts";
import type { Comparison } from "../reproduction.ts";
import { type BoardName, labelOf, type MethodName } from "./protocol.ts";
import { iterationText, marks } from "./sections.ts";
import { firstReaching, pointsAt, type TetrisSummary } from "./summary.ts";

/** Points at which the source's natural gradient levels off on the tall board. */
const PLATEAU = 5000;

/** What figure 2 of the source shows, read off by eye, beside the interquartile means of ours. */
export function comparisonsOf(summaries: readonly TetrisSummary[]): Comparison[] {
  const of = (board: BoardName, method: MethodName): TetrisSummary => {
    const found = summaries.find((one) => one.board === board && one.method === method);
    if (found === undefined) throw new Error(`no runs of ${method} on the ${board} board`);
    return found;
  };
  const open = "pieces an iteration, step sizes and γ are not stated";
  const labels = (board: BoardName): string =>
    `${labelOf(of(board, "natural"))}; ${labelOf(of(board, "vanilla"))}`;
  const bothReach = (board: BoardName, points: number): string =>
    (["natural", "vanilla"] as const)
      .map((method) => iterationText(firstReaching(of(board, method), points)))
      .join(" and ");
  return [
    {
      quantity: "10 × 20, natural: most points within 100 iterations",
      published: "5000 – 6700, at 60 – 90 (Fig. 2)",
      ours: best(of("tall", "natural")),
      verdict: "qualitative",
      note: `${labelOf(of("tall", "natural"))}, λ = 10⁻³ as in the source; ${open}`,
    },
    {
      quantity: "10 × 20, standard: points after 10^2.5 iterations",
      published: "< 500 (Fig. 2)",
      ours: formatNumber(pointsAt(of("tall", "vanilla"), 316), 3),
      verdict: "qualitative",
      note: `${labelOf(of("tall", "vanilla"))}; the source's step size and whether it subtracts an average are not stated: ours subtracts the batch's mean, and α is the best of a grid`,
    },
    ...[marks.tall, PLATEAU].map((points): Comparison => ({
      quantity: `10 × 20: iterations to ${formatNumber(points)} points, natural and standard`,
      ours: bothReach("tall", points),
      verdict: "qualitative",
      note: `${labels("tall")}; ${open}`,
    })),
    {
      quantity: `10 × 10: iterations to ${marks.low} points, natural and standard`,
      published: "< 100, and ≈ 2000 (Fig. 2)",
      ours: bothReach("low", marks.low),
      verdict: "qualitative",
      note: `${labels("low")}; ${open}, and the rule that ends a game matters most here`,
    },
    {
      quantity: "10 × 20, greedy policy iteration: most points",
      published: "≈ 4500, then less (Fig. 2)",
      ours: "not run",
      verdict: "qualitative",
      note: "no policy gradient",
    },
  ];
}

function best({ curve }: TetrisSummary): string {
  const [top] = [...curve].sort((a, b) => b.points - a.points);
  return `${formatNumber(top.points, 3)} at ${top.iteration}`;
}
