import {
  type Agent,
  cholesky,
  direct,
  exactFisher,
  fixed,
  identityFisher,
  maximumLikelihood,
  type Policy,
} from "../../../src/index.ts";
import { centred, createProblem, type Inputs, lossOf, predictions, targets } from "./problem.ts";
import { spectrumOf } from "./spectrum.ts";

export type Method = "gradient" | "natural";
export const methods: readonly Method[] = ["gradient", "natural"];

/** Gradient descent takes the step 1/λ_max, the largest that overshoots in no direction. */
export const settings = { updates: 60, naturalStep: 0.5 } as const;

/** One method with one way of writing the inputs. */
export interface DescentRun {
  readonly method: Method;
  readonly inputs: Inputs;
  readonly stepSize: number;
  /** The predictions of the three rows after 0, 1, … updates, from f = 0. */
  readonly predictions: readonly (readonly number[])[];
  readonly losses: readonly number[];
}

export function descend(
  method: Method,
  inputs: Inputs,
  updates: number = settings.updates,
): DescentRun {
  const problem = createProblem(inputs);
  const { policy, batch } = problem;
  const stepSize = method === "natural" ? settings.naturalStep : 1 / spectrumOf(inputs).largest;
  const agent = createAgent(method, policy, stepSize);
  const path = [predictions(problem)];
  for (let k = 0; k < updates; k++) {
    agent.update(batch);
    path.push(predictions(problem));
  }
  return { method, inputs, stepSize, predictions: path, losses: path.map(lossOf) };
}

function createAgent(method: Method, policy: Policy, stepSize: number): Agent {
  const common = { policy, damping: 0, step: fixed(stepSize), retries: 0 };
  return method === "natural"
    ? maximumLikelihood({ ...common, fisher: exactFisher(), solver: cholesky() })
    : maximumLikelihood({ ...common, fisher: identityFisher(), solver: direct() });
}

/** The largest difference of a run's predictions from t(1 − (1 − α)ᵏ), which natural updates from f = 0 give. */
export function deviation({ predictions: path, stepSize }: DescentRun): number {
  const differences = path.flatMap((predicted, k) =>
    predicted.map((f, i) => Math.abs(f - targets[i] * (1 - (1 - stepSize) ** k))),
  );
  return Math.max(...differences);
}

/** The first update after which the loss is at most `share` of the first one; undefined if there is none. */
export function updatesUntil(share: number, { losses }: DescentRun): number | undefined {
  const first = losses.findIndex((loss) => loss <= share * losses[0]);
  return first < 0 ? undefined : first;
}

/** x₁ written in another unit: its first update of w₁, in targets per year. */
export interface UnitStep {
  readonly unit: string;
  readonly unitsPerYear: number;
  readonly gradient: number;
  readonly natural: number;
}

/** The same step size in every unit; what it is does not matter to the ratios. */
const STEP = 0.01;

/**
 * With x₁ in units of which c make a year, w₁ is in targets per unit, and the gradient in units per
 * target: an update of w₁ by it is c² times as large once both are written in years.
 */
export function firstSteps(): UnitStep[] {
  return [
    { unit: "century", unitsPerYear: 0.01 },
    { unit: "year", unitsPerYear: 1 },
    { unit: "month", unitsPerYear: 12 },
    { unit: "day", unitsPerYear: 365.25 },
  ].map((unit) => ({ ...unit, ...firstUpdates(unit.unitsPerYear) }));
}

function firstUpdates(unitsPerYear: number): Record<Method, number> {
  const written = { ...centred, unitsPerYear: [unitsPerYear, 1] };
  const update = (method: Method): number => {
    const { policy, batch } = createProblem(written);
    createAgent(method, policy, STEP).update(batch);
    return policy.theta[0] * unitsPerYear;
  };
  return { gradient: update("gradient"), natural: update("natural") };
}
