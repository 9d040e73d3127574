import { type Check, toNineDigits } from "../comparison.ts";
import { derivedSpectra } from "./check-values.ts";
import { type DescentRun, deviation, type UnitStep } from "./descent.ts";
import { inputs, targets } from "./problem.ts";
import type { Spectrum } from "./spectrum.ts";

/** What was measured; spectra in the order of `inputs`. */
export interface Measured {
  readonly spectra: readonly Spectrum[];
  readonly runs: readonly DescentRun[];
  readonly steps: readonly UnitStep[];
}

export function checks({ spectra, runs, steps }: Measured): Check[] {
  const natural = runs.filter(({ method }) => method === "natural");
  return [
    ...inputs.flatMap(({ id, name }, i) => spectrumChecks(name, derivedSpectra[id], spectra[i])),
    ...natural.map(deviationCheck),
    ...steps.filter(({ unit }) => unit !== "year").flatMap((step) => stepChecks(step, steps)),
  ];
}

/**
 * A symmetric eigenvalue is computed to a few units of 2⁻⁵² of the largest, hence λ_min and what
 * follows from it to κ times as much; ten of them are allowed.
 */
function spectrumChecks(name: string, derived: Spectrum, ours: Spectrum): Check[] {
  const check = (quantity: string, of: "condition" | "unitDiagonal" | "gradientUpdates"): Check => {
    const { tolerance, ...rest } = toNineDigits(`${name}: ${quantity}`, derived[of], ours[of]);
    const kappa = of === "unitDiagonal" ? derived.unitDiagonal : derived.condition;
    const rounding = 10 * Number.EPSILON * kappa * derived[of];
    return { ...rest, tolerance: tolerance + rounding };
  };
  return [
    toNineDigits(`${name}: largest eigenvalue of F`, derived.largest, ours.largest),
    check("condition of F", "condition"),
    check("condition of F with unit diagonal", "unitDiagonal"),
    check("gradient updates to 10⁻⁶ of the loss", "gradientUpdates"),
  ];
}

/** Cholesky's solution is off by a few units of 2⁻⁵² times κ of F with unit diagonal (Demmel 1989). */
function deviationCheck(run: DescentRun): Check {
  const { id, name } = run.inputs;
  const kappa = derivedSpectra[id].unitDiagonal;
  return {
    quantity: `${name}: natural path, largest difference from t(1 − 2⁻ᵏ)`,
    ...{ derived: 0, ours: deviation(run) },
    tolerance: 10 * Number.EPSILON * kappa * Math.max(...targets),
    note: "may be ten units of rounding times the condition with unit diagonal",
  };
}

function stepChecks(step: UnitStep, steps: readonly UnitStep[]): Check[] {
  const year = steps.find(({ unit }) => unit === "year") ?? step;
  const ratio = (method: "gradient" | "natural", derived: number): Check => ({
    quantity: `x₁ in units of a ${step.unit}: first ${method} update of w₁ over that in years`,
    ...{ derived, ours: step[method] / year[method], tolerance: 1e-14 * derived },
  });
  return [ratio("gradient", step.unitsPerYear ** 2), ratio("natural", 1)];
}
