import { formatNumber } from "../../figures/index.ts";
import { type Check, decided } from "../comparison.ts";
import { authorSystem, optimumOf } from "../peters-schaal/systems.ts";
import type { Comparison } from "../reproduction.ts";
import { exactValues, optimalGain } from "./check-values.ts";
import type { EstimatorErrors } from "./errors.ts";
import { exactAt, setting } from "./setting.ts";

/** The exact fields and their optimum against derived values. */
export function exactChecks(): Check[] {
  const gain = optimumOf({ ...authorSystem, gamma: setting.gamma }).k;
  const fields = exactValues.flatMap(({ k, sigma, ...derived }) => {
    const ours = exactAt({ k, sigma });
    return (["vanilla", "natural"] as const).flatMap((kind) =>
      derived[kind].map((value, i): Check => {
        const component = i === 0 ? "∂k" : "∂σ";
        return {
          quantity: `exact ${kind} gradient at k = ${formatNumber(k)}, σ = ${sigma}, ${component}`,
          ...{ derived: value, ours: ours[kind][i] },
          // half of the eighth digit
          tolerance: 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - 7),
        };
      }),
    );
  });
  return [
    {
      quantity: `optimal gain k*, γ = ${setting.gamma}`,
      ...{ derived: optimalGain, ours: gain, tolerance: 5e-7 },
    },
    ...fields,
  ];
}

/**
 * LSTD-Q gives the exact direction where no transition is random and V and Â are linear in the
 * features, as here; rounding in the five equations is left.
 */
export function lstdCheck(errors: readonly EstimatorErrors[]): Check {
  return {
    quantity: "LSTD-Q(1): largest angle to the exact natural gradient, degrees",
    published: "exact for deterministic transitions (Neurocomputing 71:1180, section 3)",
    ...{ derived: 0, ours: errorOf(errors, "lstd-q").natural.largestAngle, tolerance: 1e-6 },
  };
}

/** What the papers say of variances, with no number for this comparison. */
export function varianceClaim(errors: readonly EstimatorErrors[]): Comparison {
  const relative = (key: string): string => formatNumber(errorOf(errors, key).vanilla.relative, 2);
  return {
    quantity: "relative error of ∇J, median: REINFORCE and G(PO)MDP, optimal baselines",
    published: "G(PO)MDP has the smaller variance (section 3.3.2)",
    ours: `${relative("reinforce")} and ${relative("gpomdp")}`,
    verdict: "qualitative",
    note: "the script draws arrows and prints no number",
  };
}

export function comparisonsOf(errors: readonly EstimatorErrors[]): Comparison[] {
  return [varianceClaim(errors), decided(lstdCheck(errors)), ...exactChecks().map(decided)];
}

export function errorOf(errors: readonly EstimatorErrors[], key: string): EstimatorErrors {
  const found = errors.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no errors of ${key}`);
  return found;
}
