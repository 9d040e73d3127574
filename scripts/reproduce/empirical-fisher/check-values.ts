import type { FlowName } from "./field.ts";
import type { Parameters } from "./problem.ts";

/**
 * Computed with numpy from the settings of the paper's code, without natgrad, by
 * `test/fixtures/textbook_values.py`. Derived, not published: the paper prints a figure without numbers.
 */
export const optimum: Parameters = [2.01198288, 1.98547325];

/** A flow that is not straight, after 1000 steps and after all 49 999. */
export interface DerivedFlow {
  readonly flow: FlowName;
  readonly start: Parameters;
  /** (b, θ) after 1000 steps. */
  readonly early?: Parameters;
  /** Length of the path over the distance from the start to the optimum. */
  readonly detour: number;
}

export const derivedFlows: readonly DerivedFlow[] = [
  { flow: "gradient", start: [2, 4.5], detour: 1.21328833 },
  { flow: "gradient", start: [1, 0], detour: 1.00582554 },
  { flow: "gradient", start: [4.5, 3], detour: 1.24068814 },
  { flow: "gradient", start: [-0.5, 3], detour: 1.01555321 },
  { flow: "empirical", start: [2, 4.5], early: [0.995316718, 4.64404285], detour: 2.52390344 },
  { flow: "empirical", start: [1, 0], early: [2.06325979, -0.155460838], detour: 2.86242086 },
  { flow: "empirical", start: [4.5, 3], early: [3.47115614, 3.1278724], detour: 2.11770557 },
  { flow: "empirical", start: [-0.5, 3], early: [1.08964347, 2.54244776], detour: 1.01159704 },
];

/** The empirical field beside the natural one on the paper's 15 × 15 grid over [−1, 5]². */
export const derivedField = {
  meanAngle: 54.1637334,
  largestAngle: 130.805207,
  leastLength: 0.0312138712,
  largestLength: 2.93746311,
} as const;

/** ‖F̂ − F‖/‖F‖ of the label-based Fisher matrix at the four starts and the optimum. */
export const labelDistances: readonly number[] = [
  78.2501331, 61.6794638, 33.323755, 4.03249672, 0.0310598255,
];

/** √E‖F̂ − F‖²/‖F‖ for labels that the model draws: √(2 Σ‖xᵢ‖⁴)/(N‖F‖), since Var z² = 2. */
export const samplingDistance = 0.0892691941;
