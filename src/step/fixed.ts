import type { StepRule } from "./step-rule.ts";

/** α is a constant, whatever the proposal. @throws RangeError unless α > 0. */
export function fixed(stepSize: number): StepRule {
  if (!(stepSize > 0 && stepSize < Infinity)) {
    throw new RangeError(`fixed: stepSize must be a positive number, got ${stepSize}`);
  }
  return () => stepSize;
}
