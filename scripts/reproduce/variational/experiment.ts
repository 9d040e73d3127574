import {
  cholesky,
  createRandom,
  direct,
  empiricalFisher,
  exactFisher,
  type FisherModel,
  identityFisher,
  type LinearOperator,
  type Network,
} from "../../../src/index.ts";
import { createInference, elboOf, type Inference } from "./inference.ts";
import { meanAndFactor, meanAndScale, meanField, natural } from "./parameters.ts";
import { klOf, type Model } from "./problem.ts";

/** Parameters of q, by their names in the report. */
export const parametrisations = {
  natural: { name: "natural parameters", make: natural },
  factor: { name: "mean, factor of precision", make: meanAndFactor },
  scale: { name: "mean, log scale", make: meanAndScale },
  meanField: { name: "mean field, natural", make: meanField },
} as const;
export type Parametrisation = keyof typeof parametrisations;

/** One way to the posterior. */
export interface Plan {
  readonly method: "natural" | "gradient";
  readonly parameters: Parametrisation;
  readonly stepSize: number;
  readonly updates: number;
}

export interface Run extends Plan {
  /** η of q after 0, 1, … updates, from the prior. */
  readonly etas: readonly (readonly number[])[];
  /** KL(q ‖ posterior) in nats. */
  readonly divergences: readonly number[];
  /** The first update that was refused, since it left the family; undefined if none was. */
  readonly refusedAt: number | undefined;
}

/** Where a run counts as having arrived, in nats. */
export const ARRIVED = 1e-6;

/** Steps of gradient ascent that are tried. */
export const gradientSteps = [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3] as const;

export function runPlan(model: Model, plan: Plan): Run {
  const inference = createPlanned(model, plan);
  const etas = [inference.eta()];
  let refusedAt: number | undefined;
  for (let k = 1; k <= plan.updates; k++) {
    const { stepSize } = inference.update();
    if (stepSize === 0) refusedAt ??= k;
    etas.push(inference.eta());
  }
  const divergences = etas.map((eta) => klOf(eta, model.posterior));
  return { ...plan, etas, divergences, refusedAt };
}

function createPlanned(model: Model, { method, parameters, stepSize }: Plan): Inference {
  const network: Network = parametrisations[parameters].make(model.prior);
  return method === "natural"
    ? createInference(model, { network, stepSize, fisher: exactFisher(), solver: cholesky() })
    : createInference(model, { network, stepSize, fisher: identityFisher(), solver: direct() });
}

/** The first update after which KL(q ‖ posterior) is `ARRIVED` or less; undefined if there is none. */
export function arrivalOf({ divergences }: Run): number | undefined {
  const first = divergences.findIndex((kl) => kl <= ARRIVED);
  return first < 0 ? undefined : first;
}

/** The plans of the report; gradient ascent gets `budget` updates. */
export function plansFor(budget: number): Plan[] {
  return [
    { method: "natural", parameters: "natural", stepSize: 1, updates: 1 },
    { method: "natural", parameters: "natural", stepSize: 0.5, updates: 30 },
    { method: "natural", parameters: "factor", stepSize: 1, updates: 30 },
    { method: "gradient", parameters: "natural", stepSize: 1e-4, updates: budget },
    ...gradientSteps.map((stepSize): Plan => ({
      method: "gradient",
      parameters: "scale",
      stepSize,
      updates: budget,
    })),
  ];
}

/** The plan of the mean-field family, whose means converge like the posterior's correlation to the power k. */
export const meanFieldPlan: Plan = {
  ...{ method: "natural", parameters: "meanField", stepSize: 1, updates: 500 },
};

/** One update of size 1 from the prior, from draws. */
export interface SampledStep {
  readonly fisher: "empirical" | "exact";
  readonly draws: number;
  readonly baseline: "ELBO" | "none";
  /** Why no step was taken, or "accepted". */
  readonly outcome: string;
  readonly kl: number;
}

export function sampledSteps(model: Model): SampledStep[] {
  const step = (
    fisher: SampledStep["fisher"],
    draws: number,
    baseline: SampledStep["baseline"],
  ): SampledStep => {
    const models: Record<SampledStep["fisher"], FisherModel<LinearOperator>> = {
      empirical: empiricalFisher(),
      exact: exactFisher(),
    };
    const network = natural(model.prior);
    const parts = { network, fisher: models[fisher], solver: cholesky(), stepSize: 1 };
    const inference = createInference(model, parts);
    const lowered = baseline === "ELBO" ? elboOf(model, model.prior) : 0;
    const random = createRandom(`variational/${draws}`);
    const { outcome } = inference.updateFromDraws(random, draws, lowered);
    return { fisher, draws, baseline, outcome, kl: klOf(inference.eta(), model.posterior) };
  };
  return [
    step("empirical", 8, "ELBO"),
    step("empirical", 1000, "none"),
    step("exact", 1000, "ELBO"),
    step("exact", 10_000, "ELBO"),
  ];
}
