import { createTable, formatNumber } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { boards, methods } from "./protocol.ts";
import type { StudyPlan, TriedSize } from "./study.ts";
import type { TetrisSummary } from "./summary.ts";

interface TuningRow extends TriedSize {
  readonly summary: TetrisSummary;
}

/** The sizes that were tried on the tuning seeds, and which were taken. */
export function tuningSection(
  summaries: readonly TetrisSummary[],
  { tuningSeeds, tuningIterations }: StudyPlan,
): ReproductionSection {
  const runs = tuningSeeds.length;
  return {
    heading: "How the steps were chosen",
    sentence:
      `Each method was given ${methods.natural.sizes.length} sizes half a decade apart on each board, and as many pieces: ` +
      `${tuningIterations} iterations from ${runs === 1 ? "a seed" : `${runs} seeds`} not used for the curves. ` +
      `Taken is the size whose ${runs === 1 ? "" : "worse "}seed has the most points, averaged over the policies scored in the second half of those iterations.`,
    table: createTable<TuningRow>(
      [
        { header: "board", value: ({ summary }) => boards[summary.board].title },
        { header: "method", value: ({ summary }) => methods[summary.method].label },
        {
          header: "size",
          value: ({ summary, size }) => `${methods[summary.method].symbol} = ${formatNumber(size)}`,
          align: "right",
        },
        ...tuningSeeds.map((seed, i) => ({
          header: `seed ${seed}`,
          value: ({ points }: TuningRow) => formatNumber(points[i], 3),
          align: "right" as const,
        })),
        {
          header: "taken",
          value: ({ summary, size }) => (size === summary.size ? "●" : ""),
          align: "centre",
        },
      ],
      summaries.flatMap((summary) => summary.tried.map((one) => ({ ...one, summary }))),
      "Mean points of the policies of the second half of each tuning run",
    ),
  };
}
