import { lines, type LinePoint, type LinesPanel } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { stateNames } from "./checks.ts";
import { methodNames } from "./names.ts";
import type { RunResult } from "./run.ts";
import type { Study } from "./study.ts";
import { best, bounds, sigmaOf } from "./system.ts";

/** The numbers of the policy over robot time, from one initial policy. */
export function gainsSection(
  { nac, vanilla }: Study["shown"],
  secondsPerUpdate: number,
): ReproductionSection {
  const runs = [
    { key: "natural", label: methodNames.nac, run: nac },
    { key: "vanilla", label: methodNames.vanilla, run: atPace(vanilla, secondsPerUpdate) },
  ];
  const panel = (
    title: string,
    optimum: number,
    of: (theta: Float64Array) => number,
  ): LinesPanel => ({
    title,
    series: runs.map(({ run, ...name }) => ({ ...name, points: pointsOf(run, of) })),
    references: [{ y: optimum }],
    y: { label: title },
  });
  return {
    heading: "The gains on their way",
    sentence: `One initial policy, without noise, followed beyond 1 %. The natural actor-critic ends ${farthest(nac)} from K* in the gain that is farthest off, the exact vanilla gradient ${farthest(vanilla)} after ${vanilla.gaps.length - 1} updates: J is flat in some gains, and steps shrink with σ².`,
    figure: {
      name: "gains",
      draw: (document) =>
        lines(document, {
          title: "The gains approach the optimum",
          subtitle: "one initial policy, no noise; dotted: K*, and the least σ",
          panels: [
            ...best.K.map((gain, i) =>
              panel(`gain of ${stateNames[i]}`, gain, (theta) => theta[i]),
            ),
            panel("σ, N", bounds.low, sigmaOf),
          ],
          x: { label: "robot time, minutes", type: "log" },
          y: { label: "gain" },
          columns: 3,
          height: 220,
        }),
    },
  };
}

function atPace(run: RunResult, secondsPerUpdate: number): RunResult {
  return { ...run, minutes: run.gaps.map((_, update) => (update * secondsPerUpdate) / 60) };
}

/** From the first look after the start on, which has no place on a logarithmic axis. */
function pointsOf(
  { minutes, thetas }: RunResult,
  of: (theta: Float64Array) => number,
): LinePoint[] {
  const width = thetas.length / minutes.length;
  return Array.from(minutes, (minute, i) => ({
    x: minute,
    y: of(thetas.subarray(i * width, (i + 1) * width)),
  })).slice(1);
}

/** The largest relative distance of a gain from the optimal one at the end, in percent. */
function farthest({ thetas, minutes }: RunResult): string {
  const theta = thetas.subarray(thetas.length - thetas.length / minutes.length);
  const distances = best.K.map((gain, i) => Math.abs(theta[i] / gain - 1));
  return `${(100 * Math.max(...distances)).toPrecision(2)} %`;
}
