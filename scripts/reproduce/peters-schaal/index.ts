import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { comparisonOf, scalarChecks, tableChecks, tableCheckTable } from "./checks.ts";
import { ascend, exactMethods } from "./exact-ascent.ts";
import { computeExact, type ExactPart, fieldsSection, runsSection } from "./exact-sections.ts";
import { stepSizeSection, type Sweep, unitsSection } from "./honest-sections.ts";
import { compareSampled, createPlan, type SampledComparison } from "./sampled.ts";
import { curvesSection, gridSection, methodNames, samplingSettings } from "./sampled-sections.ts";
import { authorSystem, GAMMA, unitSystem } from "./systems.ts";
import { unitPaths, unitSettings } from "./units.ts";

/** The Peters & Schaal comparison: exact fields and runs, sampled training, step sizes and units. */
export const petersSchaal: Reproduction = {
  name: "peters-schaal",
  summary: "vanilla against natural policy gradient on the linear-quadratic regulator",
  source: "Peters & Schaal 2008, Neural Networks 21:682-697, section 4 and figure 1",
  run,
};

async function run(context: ReproductionContext): Promise<ReproductionResult> {
  const sampled = await compareSampled(createPlan(context.seeds, context.quick), context.runAll);
  const parts = [authorSystem, unitSystem].map(computeExact);
  const checks = { scalars: scalarChecks(), tables: tableChecks() };
  const sweeps = exactMethods.map((method): Sweep => ({
    method: method.id,
    results: sweepSizes.map((size) => ascend(method, size)),
  }));
  const paths = unitPaths();
  return {
    title: "Vanilla and natural policy gradients on the linear-quadratic regulator",
    lead:
      "The comparison of Peters & Schaal (2008), from exact formulas and from sampled training. The settings of its " +
      "figure 1 are those of the author's Matlab library; the paper does not print them.",
    claim:
      "The vanilla gradient shrinks the exploration first and stalls; the natural gradient goes for the optimal gain.",
    comparisons: checks.scalars.map(comparisonOf),
    sections: [
      ...parts.flatMap((part) => [fieldsSection(part), runsSection(part)]),
      {
        heading: "Against the derived tables",
        sentence: "Differences are of the size of the last digit that the tables hold.",
        table: tableCheckTable(checks.tables),
      },
      curvesSection(sampled),
      gridSection(sampled),
      stepSizeSection(sweeps),
      unitsSection(paths),
    ],
    settings: {
      discount: GAMMA,
      ...samplingSettings(sampled),
      "units: seed and sizes": `${unitSettings.seed}; ${Object.values(unitSettings.sizes).join(", ")}`,
      throughput: throughput(sampled),
      quick: context.quick,
    },
    numbers: { exact: parts.map(numbersOf), checks, sampled, stepSizes: sweeps, units: paths },
    summary: summaryOf(sampled, checks.scalars),
  };
}

/** Eight sizes a decade from 10⁻³ to 10. */
const sweepSizes = Array.from({ length: 33 }, (_, i) => 10 ** (-3 + i / 8));

function throughput({ environmentSteps, stepsPerSecond }: SampledComparison): string {
  return `${formatNumber(environmentSteps)} environment steps, updates included, at ${formatNumber(stepsPerSecond, 3)} a second on each thread`;
}

function numbersOf({ system, optimum, fields, runs }: ExactPart): Record<string, unknown> {
  return { system, optimum, fields, runs };
}

function summaryOf(sampled: SampledComparison, checks: ReturnType<typeof scalarChecks>): string[] {
  const table = checks.map(
    ({ quantity, published, derived, ours }) =>
      `${quantity.padEnd(44)} ${formatNumber(derived, 6).padStart(10)} ${formatNumber(ours, 6).padStart(10)}   ${published ?? ""}`,
  );
  const times = sampled.best.map(({ method, size, times: list, runs }) => {
    const cells = list.map(({ median, failures }) =>
      (failures === runs ? `none of ${runs}` : formatNumber(median)).padStart(11),
    );
    return `${methodNames[method].padEnd(9)} ${String(size).padStart(6)} ${cells.join(" ")}`;
  });
  return [
    `${"author's system, γ = 0.95 unless said".padEnd(44)} ${"derived".padStart(10)} ${"ours".padStart(10)}   published`,
    ...table,
    "",
    `${"updates to".padEnd(9)} ${"size".padStart(6)} ${["10 %", "1 %", "0.1 %"].map((head) => head.padStart(11)).join(" ")}   (median over ${sampled.plan.seeds.length} seeds)`,
    ...times,
    "",
    throughput(sampled),
  ];
}
