import { createTable, formatNumber, type Table } from "../../figures/index.ts";
import type { Comparison } from "../reproduction.ts";
import {
  fieldPoints,
  learningRuns,
  optimalGains,
  returnMap,
  returnMapGains,
} from "./check-values.ts";
import { angle } from "./exact-fields.ts";
import { learningRun } from "./learning-runs.ts";
import { authorSystem, optimumOf, valuesAt } from "./systems.ts";

/** A quantity of the paper beside independent and our own computation. */
export interface Check {
  readonly quantity: string;
  /** What the paper prints, or undefined. */
  readonly published?: string;
  readonly derived: number;
  readonly ours: number;
}

/** The gains and stopping points of the author's system, as published, derived and computed here. */
export function scalarChecks(): Check[] {
  const gains = optimalGains.map(({ gamma, k }): Check => {
    const ours = optimumOf({ ...authorSystem, gamma }).k;
    const name = `optimal gain k*, γ = ${gamma}`;
    if (gamma !== authorSystem.gamma) return { quantity: name, derived: k, ours };
    return { quantity: name, published: "≈ −0.91 (read off Fig. 1)", derived: k, ours };
  });
  const runs = learningRuns.flatMap(({ gamma, method, steps, k }): Check[] => {
    const run = learningRun({ ...authorSystem, gamma }, method);
    const name = `${method} run, γ = ${gamma}`;
    return [
      { quantity: `${name}: steps until σ < 0.1`, derived: steps, ours: run.steps },
      { quantity: `${name}: k there`, derived: k, ours: run.path[run.steps][0] },
    ];
  });
  return [...gains, ...runs];
}

/** The largest difference between a table of derived values and our own. */
export interface TableCheck {
  readonly quantity: string;
  readonly values: number;
  readonly largestDifference: number;
  readonly unit: string;
}

/** The return map and the 20 gradients of Fig. 1 against the derived tables. */
export function tableChecks(): TableCheck[] {
  const returns = returnMap.flatMap(({ sigma, returns: row }) =>
    row.map((value, i) => value - valuesAt(authorSystem, returnMapGains[i], sigma).return),
  );
  const vanilla: number[] = [];
  const natural: number[] = [];
  const angles: number[] = [];
  for (const point of fieldPoints) {
    const { gradient, naturalGradient } = valuesAt(authorSystem, point.k, point.sigma);
    vanilla.push(...gradient.map((value, i) => value - point.vanilla[i]));
    natural.push(...naturalGradient.map((value, i) => value - point.natural[i]));
    angles.push(angle(gradient) - point.vanillaAngle, angle(naturalGradient) - point.naturalAngle);
  }
  const check = (quantity: string, differences: number[], unit = ""): TableCheck => ({
    quantity,
    values: differences.length,
    largestDifference: Math.max(...differences.map(Math.abs)),
    unit,
  });
  return [
    check("return J over (k, σ)", returns),
    check("vanilla gradient at the 20 points", vanilla),
    check("natural gradient at the 20 points", natural),
    check("directions of both", angles, "°"),
  ];
}

/** Agrees to the five decimals that the derived values have. */
export function comparisonOf({ quantity, published, derived, ours }: Check): Comparison {
  const verdict = Math.abs(ours - derived) < 1e-5 ? "agrees" : "differs";
  return { quantity, ...(published !== undefined && { published }), derived, ours, verdict };
}

export function tableCheckTable(checks: readonly TableCheck[]): Table {
  return createTable(
    [
      { header: "derived table", value: ({ quantity }) => quantity },
      { header: "values", value: ({ values }) => values },
      {
        header: "largest difference",
        value: ({ largestDifference, unit }) => formatNumber(largestDifference, 2) + unit,
        align: "right",
      },
    ],
    checks,
  );
}
