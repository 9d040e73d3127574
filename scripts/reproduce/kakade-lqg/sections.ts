import {
  createTable,
  formatNumber,
  formatScientific,
  lines,
  type LinesPanel,
} from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { timeOf } from "./checks.ts";
import { type Flow, type FlowName, settings } from "./flows.ts";

/** Cost over time, as in Fig. 1A. */
export function costsSection(flows: readonly Flow[]): ReproductionSection {
  const panel = (name: FlowName, title: string): LinesPanel => ({
    title,
    series: flows
      .filter((flow) => flow.name === name)
      .map(({ scaling, points }, i) => ({
        key: `scaling ${i}`,
        label: `s = (${scaling.join(", ")})`,
        points: points.map(({ time, cost }) => ({ x: time, y: cost })),
        wide: i === 0,
      })),
    references: [
      { y: settings.reached, label: "22", side: "left" },
      { y: 20, label: "optimum 20", side: "left" },
    ],
  });
  return {
    heading: "Cost over time",
    sentence:
      `The same policies under three scalings of their features. To a cost of 22 the vanilla gradient takes ` +
      `t = ${timesOf(flows, "vanilla")}, the natural gradient t = ${timesOf(flows, "natural")}.`,
    figure: {
      name: "costs",
      draw: (document) =>
        lines(document, {
          title: "Vanilla and natural gradient on a linear-quadratic problem",
          subtitle:
            "x′ = 0.7x + u + ε, 20 steps, log π = θ₁s₁u² + θ₂s₂xu + const: exact expected costs along exact gradient flows",
          x: { label: "time t", type: "log", domain: [1e-4, settings.until] },
          y: { label: "expected cost of 20 steps", domain: [18, 36] },
          panels: [
            panel("vanilla", "vanilla gradient"),
            panel("natural", "natural gradient, F + 10⁻³I"),
          ],
        }),
    },
  };
}

/** The times to 22 under all scalings, in words. */
function timesOf(flows: readonly Flow[], name: FlowName): string {
  return settings.scalings.map((_, i) => formatNumber(timeOf(flows, name, i), 3)).join(", ");
}

/** The times to 22, with those of the natural gradient without damping. */
export function timesSection(flows: readonly Flow[]): ReproductionSection {
  const rows = settings.scalings.map((scaling, i) => ({ scaling, i }));
  const column = (header: string, name: FlowName) => ({
    header,
    value: ({ i }: { readonly i: number }) => timeOf(flows, name, i),
    format: (time: number) => formatNumber(time, 6),
  });
  return {
    heading: "Time to a cost of 22",
    sentence:
      "Without damping the natural gradient flow is covariant: the three scalings are one flow in other coordinates. What " +
      "they differ by with damping is the effect of the 10⁻³I, which has no scale of its own.",
    table: createTable(
      [
        {
          header: "(s₁, s₂)",
          value: ({ scaling }: (typeof rows)[number]) => `(${scaling.join(", ")})`,
        },
        column("vanilla", "vanilla"),
        column("natural, F + 10⁻³I", "natural"),
        column("natural, undamped", "undamped"),
      ],
      rows,
    ),
  };
}

export const stated = {
  "policy, as printed": "∝ exp(θ₁s₁x² + θ₂s₂x), which does not contain u",
  "policy, as read": "∝ exp(θ₁s₁u² + θ₂s₂xu), which gives both ends of Fig. 1A",
  start: `θ₁s₁ = θ₂s₂ = ${formatNumber(settings.start)}`,
  "start of a trajectory": "x₀ = 0, not counted (ours; the paper does not say)",
  gradient: "of the cost of all 20 steps (ours; the paper does not say)",
  F: "mean over x₁ … x₂₀ (ours; the paper averages over visited states)",
  "added to F": settings.damping,
  integration: `Dormand–Prince 5(4), error of a step ${formatScientific(settings.tolerance)} relative and absolute (ours; the paper names none)`,
};
