import { formatNumber } from "../../figures/index.ts";
import { decided } from "../comparison.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { checksOf, drawnOf, type Flows } from "./checks.ts";
import type { Flow, FlowTask } from "./flows.ts";
import { pathsSection, startsSection, stated, timeOf, timesSection } from "./sections.ts";
import { settings } from "./system.ts";

/** Kakade's two-state problem: exact gradient flows of the average reward. */
export const kakadeTwoStateReproduction: Reproduction = {
  name: "kakade-two-state",
  summary: "vanilla against natural gradient flow of the average reward of two states",
  source: "Kakade 2002, A Natural Policy Gradient, NIPS 14, section 4 and figures 1C and 1D",
  run,
};

/** Other starts that round to the printed 0.8 and 0.1. */
const starts: readonly FlowTask["start"][] = [
  [0.8, 0.11],
  [0.8, 0.105],
  [0.8, 0.095],
  [0.8, 0.09],
  [0.75, 0.1],
  [0.84, 0.1],
];

async function run({ quick, runAll }: ReproductionContext): Promise<ReproductionResult> {
  const { start } = settings;
  const others = quick ? [] : starts.map((each): FlowTask => ({ name: "vanilla", start: each }));
  const tasks: FlowTask[] = [
    { name: "vanilla", start },
    { name: "natural", start },
    { name: "undamped", start },
    ...others,
  ];
  const [vanilla, natural, undamped, ...fromOthers] = await runAll<Flow>(
    new URL(`./flows${import.meta.url.slice(-3)}`, import.meta.url),
    tasks,
  );
  const flows: Flows = { vanilla, natural, undamped };
  const comparisons = [...checksOf(flows).map(decided), ...drawnOf(flows)];
  return {
    title: "Vanilla and natural gradient on a problem of two states",
    lead:
      "Two states, in each of which one can stay or cross over. Staying in i pays 1, staying in j pays 2, crossing pays " +
      "nothing. Both gradients are exact and are followed in continuous time, as in the paper.",
    claim:
      "The vanilla gradient stays on a plateau of average reward 1 for about 10⁷ times as long as the natural gradient needs to reach 2.",
    comparisons,
    sections: [
      timesSection(flows),
      pathsSection(flows),
      ...(fromOthers.length > 0 ? [startsSection([vanilla, ...fromOthers])] : []),
    ],
    settings: { ...stated, quick },
    numbers: { flows, otherStarts: fromOthers },
    summary: [
      ...[vanilla, natural, undamped].map(
        (flow) => `${flow.name.padEnd(9)} η ≥ 1.9 at t = ${timeOf(flow)}`,
      ),
      ...comparisons.map(
        ({ quantity, derived, ours, verdict }) =>
          `${quantity.padEnd(52)} ${cell(derived)} ${cell(ours)}   ${verdict}`,
      ),
    ],
  };
}

function cell(value: string | number | undefined): string {
  return (typeof value === "number" ? formatNumber(value, 6) : (value ?? "–")).padStart(14);
}
