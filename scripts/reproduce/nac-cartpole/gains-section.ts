import { formatNumber, lines, type LinesAxis, type LinesPanel } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { durationText, methodNames } from "./names.ts";
import type { Look, ShownLooks } from "./looks.ts";
import { best, bounds, sigmaOf } from "./system.ts";

/** The components of the state in characters that the figures' font has. */
const drawnNames = ["x", "dx/dt", "θ", "dθ/dt"];

/** The numbers of the policy over robot time, from one initial policy. */
export function gainsSection({ nac, vanilla }: ShownLooks): ReproductionSection {
  const runs = [
    { key: "natural", label: methodNames.nac, looks: nac },
    { key: "vanilla", label: methodNames.vanilla, looks: vanilla },
  ];
  const panel = (title: string, y: LinesAxis, of: (look: Look) => number): LinesPanel => ({
    title,
    series: runs.map(({ looks, ...name }) => ({
      ...name,
      points: looks.map((look) => ({ x: look.minutes, y: of(look) })),
    })),
    y,
  });
  const gains = best.K.map((optimum, i) => ({
    ...panel(`gain of ${drawnNames[i]}`, { label: units[i] }, ({ theta }) => theta[i]),
    references: [{ y: optimum }],
  }));
  const gap = { label: "relative gap", type: "log", domain: [1e-5, 2] } as const;
  return {
    heading: "The gains on their way",
    sentence: `One initial policy, without noise, followed beyond 1 %. The natural actor-critic ends ${farthest(nac)} from K* in the gain that is farthest off, the exact vanilla gradient ${farthest(vanilla)} after ${durationText(vanilla[vanilla.length - 1].minutes)} at its pace: J is flat in some gains, and steps shrink with σ².`,
    figure: {
      name: "gains",
      draw: (document) =>
        lines(document, {
          title: "The gains approach the optimum",
          subtitle:
            "one initial policy, no noise, at the left edge as it was; dotted: K*, and the least σ",
          panels: [
            ...gains,
            {
              ...panel("exploration σ", { label: "N", domain: [0, 0.7] }, ({ theta }) =>
                sigmaOf(theta),
              ),
              references: [{ y: bounds.low }],
            },
            panel("(J* − J)/|J*|", gap, (look) => look.gap),
          ],
          x: { label: "robot time, minutes", type: "log" },
          y: { label: "gain" },
          columns: 3,
          height: 220,
        }),
    },
  };
}

const units = ["N/m", "N s/m", "N/rad", "N s/rad"] as const;

/** The largest relative distance of a gain from the optimal one at the end, in percent. */
function farthest(looks: readonly Look[]): string {
  const { theta } = looks[looks.length - 1];
  const distances = best.K.map((gain, i) => Math.abs(theta[i] / gain - 1));
  return `${formatNumber(100 * Math.max(...distances), 2)} %`;
}
