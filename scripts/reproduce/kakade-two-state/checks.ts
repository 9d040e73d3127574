import { formatNumber } from "../../figures/index.ts";
import type { Check } from "../comparison.ts";
import type { Comparison } from "../reproduction.ts";
import type { Flow } from "./flows.ts";
import { settings, thetaOf, valuesAt } from "./system.ts";

/** The flows from the paper's start. */
export interface Flows {
  readonly vanilla: Flow;
  readonly natural: Flow;
  /** The natural one without damping. */
  readonly undamped: Flow;
}

/** What follows from the stated settings by exact integration, beside what the paper prints. */
export function checksOf({ vanilla, natural, undamped }: Flows): Check[] {
  const damped = "natural, F + 10⁻³I";
  const time = (flow: Flow): number => flow.reachedAt ?? NaN;
  return [
    {
      quantity: `${damped}: time until η ≥ 1.9`,
      published: "≈ 2.3 (read off Fig. 1C)",
      ...{ derived: 2.4, ours: time(natural), tolerance: 5e-4 },
    },
    {
      quantity: `${damped}: least ρ(j) until then`,
      published: "≥ 0.05",
      ...{ derived: 0.0525, ours: natural.leastRare, tolerance: 5e-5 },
      note: "the paper says it of state i; it is j that becomes rare",
    },
    {
      quantity: "natural, undamped: time until η ≥ 1.9",
      ...{ derived: 2.257, ours: time(undamped), tolerance: 5e-4 },
    },
    {
      quantity: "natural, undamped: least ρ(j) until then",
      ...{ derived: 0.0583, ours: undamped.leastRare, tolerance: 5e-5 },
    },
    {
      quantity: "η of the start",
      ...{ derived: 0.690909, ours: valuesAt(thetaOf(settings.start)).return, tolerance: 5e-7 },
    },
    {
      quantity: "vanilla: time until η ≥ 1.9",
      ...{ derived: 2.684e6, ours: time(vanilla), tolerance: 500 },
    },
    {
      quantity: "vanilla: least ρ(j) until then",
      ...{ derived: 1.3e-6, ours: vanilla.leastRare, tolerance: 5e-9 },
    },
    {
      quantity: "vanilla: largest θ(i)",
      ...{ derived: 14.5, ours: vanilla.largestTheta, tolerance: 5e-3 },
    },
  ];
}

/** What the paper draws of the vanilla run, of which its printed settings fix only the order of magnitude. */
export function drawnOf({ vanilla, natural }: Flows): Comparison[] {
  const [slow, fast] = [vanilla.reachedAt ?? NaN, natural.reachedAt ?? NaN];
  const drawn = (quantity: string, published: string, ours: number, note: string): Comparison => ({
    ...{ quantity, published, ours, verdict: "qualitative", note },
  });
  return [
    drawn(
      "vanilla, as drawn: time of the jump from 1 to 2",
      "≈ 1.75 × 10⁷ (read off Fig. 1C)",
      slow,
      `ours is ${formatNumber(1.75e7 / slow, 2)} times shorter; the start is printed in one digit, and the table of starts shows what that leaves open`,
    ),
    drawn(
      "vanilla, as drawn: least ρ(j)",
      "≈ 10⁻⁷ (text)",
      vanilla.leastRare,
      "as the time of the jump",
    ),
    drawn(
      "vanilla, as drawn: peak of θ(i)",
      "≈ 16 (read off Fig. 1D)",
      vanilla.largestTheta,
      "as the time of the jump",
    ),
    drawn("time of vanilla over time of natural", "10⁷", slow / fast, "as the time of the jump"),
  ];
}
