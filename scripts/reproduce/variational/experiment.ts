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

/** One update of size 1 from the prior, from draws, repeated with other draws. */
export interface SampledStep {
  readonly fisher: "empirical" | "exact";
  readonly draws: number;
  readonly baseline: "ELBO" | "none";
  /** KL(q ‖ posterior) after it, in nats, of each repetition; a refused step leaves that of the prior. */
  readonly divergences: readonly number[];
  readonly refused: number;
}

/** Repetitions with streams of their own. */
export const REPETITIONS = 50;

export function sampledSteps(model: Model): SampledStep[] {
  return [
    sampledStep(model, { fisher: "empirical", draws: 8, baseline: "ELBO" }),
    sampledStep(model, { fisher: "empirical", draws: 1000, baseline: "none" }),
    sampledStep(model, { fisher: "exact", draws: 1000, baseline: "ELBO" }),
  ];
}

type SampledPlan = Pick<SampledStep, "fisher" | "draws" | "baseline">;

function sampledStep(model: Model, plan: SampledPlan): SampledStep {
  const models: Record<SampledPlan["fisher"], FisherModel<LinearOperator>> = {
    empirical: empiricalFisher(),
    exact: exactFisher(),
  };
  const lowered = plan.baseline === "ELBO" ? elboOf(model, model.prior) : 0;
  const network = natural(model.prior);
  const parts = { network, fisher: models[plan.fisher], solver: cholesky(), stepSize: 1 };
  const divergences: number[] = [];
  let refused = 0;
  for (let i = 0; i < REPETITIONS; i++) {
    const inference = createInference(model, parts);
    const random = createRandom(`variational/${i}`);
    const { stepSize } = inference.updateFromDraws(random, plan.draws, lowered);
    if (stepSize === 0) refused++;
    divergences.push(klOf(inference.eta(), model.posterior));
  }
  return { ...plan, divergences, refused };
}
