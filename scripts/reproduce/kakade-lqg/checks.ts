import { formatNumber } from "../../figures/index.ts";
import type { Check } from "../comparison.ts";
import type { Comparison } from "../reproduction.ts";
import { type Flow, settings } from "./flows.ts";
import { valuesAt } from "./moments.ts";

/** Times to a cost of 22 that follow from the settings, to the digits computed. */
const derivedTimes = {
  natural: { times: [0.224, 0.22, 0.216], tolerance: 5e-4 },
  vanilla: { times: [12.2, 8.1, 4.2], tolerance: 0.05 },
};

/** The end points of Fig. 1A and the times to a cost of 22, as derived and as ours. */
export function checksOf(flows: readonly Flow[]): Check[] {
  const { start, scalings } = settings;
  const costAt = (theta: readonly number[]): number => valuesAt(theta, [1, 1]).cost;
  const times = (["natural", "vanilla"] as const).flatMap((name) =>
    scalings.map((scaling, i): Check => {
      const { times: derived, tolerance } = derivedTimes[name];
      const ours = timeOf(flows, name, i);
      const quantity = `${name}, scaling (${scaling.join(", ")}): time to a cost of 22`;
      return { quantity, derived: derived[i], ours, tolerance };
    }),
  );
  return [
    {
      quantity: "cost of the start",
      published: "34 (read off Fig. 1A)",
      ...{ derived: 33.78, ours: costAt([start, start]), tolerance: 5e-3 },
      note: "from x₀ = 0, over x₁ … x₂₀, which the paper does not say",
    },
    {
      quantity: "cost of the optimum, u = −0.7x",
      published: "20 (read off Fig. 1A)",
      // v = 10⁻⁹ and k = −0.7: the optimum is its limit.
      ...{ derived: 20, ours: costAt([-5e8, -7e8]), tolerance: 5e-8 },
    },
    ...times,
  ];
}

/** The claim of the text, which depends on settings that the paper leaves open. */
export function speedUp(flows: readonly Flow[]): Comparison {
  const ratios = settings.scalings.map(
    (_, i) => timeOf(flows, "vanilla", i) / timeOf(flows, "natural", i),
  );
  const orders = [Math.min(...ratios), Math.max(...ratios)].map((ratio) =>
    formatNumber(Math.log10(ratio), 2),
  );
  return {
    quantity: "time of vanilla over time of natural, to a cost of 22",
    published: "about 10³",
    ours: ratios.map((ratio) => formatNumber(ratio, 2)).join(", "),
    verdict: "qualitative",
    note: `scalings ${settings.scalings.map((scaling) => `(${scaling.join(", ")})`).join(", ")}: ${orders.join(" to ")} orders of magnitude; the paper states neither the normalisation of F nor that of the gradient, each of which scales time`,
  };
}

/** When the flow under scaling i reaches 22; NaN where it does not. */
export function timeOf(flows: readonly Flow[], name: Flow["name"], i: number): number {
  const [s1, s2] = settings.scalings[i];
  const flow = flows.find(
    (each) => each.name === name && each.scaling[0] === s1 && each.scaling[1] === s2,
  );
  return flow?.reachedAt ?? NaN;
}
